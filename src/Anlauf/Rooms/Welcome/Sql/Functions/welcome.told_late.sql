-- The same as one line for each office that is told: how many, and who waits longest. Whom the acting person welcomes is told as a call.
create or replace function welcome.told_late() returns table (level text, seen_by integer, people integer, divisions integer, late integer, promised_on date, short_name text, arrival_id integer, step text)
language sql stable security definer set search_path = '' as $$
  with e as materialized (
    select x.* from welcome.escalated() x where x.arrival_id <> all (array(select a.id from welcome.arrival a where a.contact_person_id = access.person_id() and a.closed_on is null)))
  select g.level, g.seen_by, g.people, g.divisions, g.late, g.promised_on, d.short_name, f.arrival_id, f.step
  from (select e.level, e.seen_by, count(*)::integer as people, count(distinct e.division_id)::integer as divisions, max(e.late) as late, min(e.promised_on) as promised_on from e group by 1, 2) g
  join (select distinct on (e.level, e.seen_by) e.* from e order by e.level, e.seen_by, e.late desc, e.arrival_id) f using (level, seen_by)
  join organisation.division d on d.id = f.division_id
$$;
revoke execute on function welcome.told_late() from public;
grant execute on function welcome.told_late() to anlauf_app;
