-- How many of chosen persons are arriving, as far as the acting person sees it.
create or replace function welcome.arriving(persons integer[]) returns integer language sql stable security definer set search_path = '' as $$
  select count(*)::int from welcome.arrival a where a.person_id = any (persons) and a.closed_on is null and not a.person_id = any (privacy.hidden_persons())
    and (access.is_system() or a.contact_person_id = access.person_id() or a.division_id = any (access.divisions_for('P2', 'welcome', 'read')))
$$;
grant execute on function welcome.arriving(integer[]) to anlauf_app;
