-- Whether the acting person may take a call back: noted by her within a quarter of an hour, and nothing noted after it.
create or replace function welcome.may_undo(wanted uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from welcome.call c where c.id = wanted and c.by_person_id = access.person_id() and c.outcome not in ('mailed', 'undone') and c.noted_at > now() - interval '15 minutes'
    and not exists (select from welcome.call l where l.person_id = c.person_id and l.outcome <> 'undone' and l.number > c.number))
$$;
grant execute on function welcome.may_undo(uuid) to anlauf_app;
