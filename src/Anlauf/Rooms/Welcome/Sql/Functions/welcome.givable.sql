-- Of chosen persons those arrivals that go over to a contact when the acting person says so, with whoever has them now: each where she welcomes or
-- has them herself, within one association.
create or replace function welcome.givable(persons integer[], taker integer) returns table (arrival_id integer, from_person_id integer) language sql stable security definer set search_path = '' as $$
  select a.id, a.contact_person_id from welcome.arrival a
  where a.person_id = any (persons) and a.closed_on is null and a.person_id <> taker and a.contact_person_id is distinct from taker and not a.person_id = any (privacy.hidden_persons())
    and (access.is_system() or a.contact_person_id = access.person_id() or a.division_id = any (access.divisions_for('P2', 'welcome', 'edit')))
    and exists (select from welcome.contact c join organisation.division_closure x on x.descendant_id = c.division_id join organisation.division_closure y on y.ancestor_id = x.ancestor_id
      where c.person_id = taker and current_date between c.valid_from and coalesce(c.valid_to, 'infinity'::date) and y.descendant_id = a.division_id)
$$;
grant execute on function welcome.givable(integer[], integer) to anlauf_app;
