-- The divisions are asked once, not once for each of the people who are entrusted to somebody.
create or replace function access.entrusted_persons() returns integer[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(distinct e.person_id), '{}') from access.entrustment e
  where e.to_person_id = (select access.person_id()) or e.division_id = any ((select access.divisions_for('P2', 'welcome', 'read'))::integer[])
$$;
