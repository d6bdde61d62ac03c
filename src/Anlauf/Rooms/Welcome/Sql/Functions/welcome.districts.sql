-- How long entering took by district, of those who came within ninety days and whom the acting person sees (as the policies of welcome.arrival
-- say it). Sorted once: the days stand where percentile_disc finds them, which would sort anew for each district.
create or replace function welcome.districts(today date) returns table (key text, name text, arrivals integer, median integer, p90 integer, in_time integer, promised integer)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
declare
  me integer := access.person_id();
  everywhere boolean := access.whole('P2', 'welcome', 'read');
  reach integer[] := case when everywhere then '{}' else coalesce(access.divisions_for('P2', 'welcome', 'read'), '{}') || coalesce(access.divisions_for('P2', 'welcome', 'edit'), '{}') end;
  hidden integer[] := privacy.hidden_persons();
begin
  return query
  with here as materialized (
    select a.id, a.received_on, a.division_id, a.area_key from welcome.arrival a where a.opened_on > today - 90 and (everywhere or a.division_id = any (reach) or a.closed_on is null and a.contact_person_id = me) and a.person_id <> all (hidden)),
  entered as (
    select coalesce(t.key, '') collate "C" as key, coalesce(t.label, d.short_name) collate "C" as name, coalesce(e.done_on, today) - h.received_on as days, f.done_on <= f.promised_on as in_time, e.promised_on - h.received_on as promised
    from here h join organisation.division d on d.id = h.division_id left join territory.municipality m on m.ags = h.area_key left join territory.district t on t.key = m.district_key
    join welcome.step e on e.arrival_id = h.id and e.step = 'entered' left join welcome.step f on f.arrival_id = h.id and f.step = 'first-contact'),
  placed as (select x.*, row_number() over (partition by x.key, x.name order by x.days) as place, count(*) over (partition by x.key, x.name) as n from entered x)
  select x.key, x.name, max(x.n)::integer, min(x.days) filter (where x.place >= ceil(0.5::float8 * x.n)), min(x.days) filter (where x.place >= ceil(0.9::float8 * x.n)), (count(*) filter (where x.in_time))::integer, min(x.promised) from placed x group by 1, 2;
end $$;
revoke execute on function welcome.districts(date) from public;
grant execute on function welcome.districts(date) to anlauf_app;
