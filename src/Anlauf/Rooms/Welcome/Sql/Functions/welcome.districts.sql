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
  -- the steps before the districts: with those the planner expects few, and looks up each step by itself
  with here as materialized (
    select a.division_id, coalesce(a.area_key, '') as area, coalesce(e.done_on, today) - a.received_on as days, f.done_on <= f.promised_on as in_time, e.promised_on - a.received_on as promised
    from welcome.arrival a join welcome.step e on e.arrival_id = a.id and e.step = 'entered' left join welcome.step f on f.arrival_id = a.id and f.step = 'first-contact'
    where a.opened_on > today - 90 and (everywhere or a.division_id = any (reach) or a.closed_on is null and a.contact_person_id = me) and a.person_id <> all (hidden)),
  -- districts are numbers while thousands are sorted
  place as materialized (
    select x.area, x.division_id, coalesce(t.key, '') as key, coalesce(t.label, d.short_name) as name, dense_rank() over (order by coalesce(t.key, '') collate "C", coalesce(t.label, d.short_name) collate "C") as n
    from (select distinct h.area, h.division_id from here h) x join organisation.division d on d.id = x.division_id left join territory.municipality m on m.ags = x.area left join territory.district t on t.key = m.district_key),
  entered as (select p.n, h.days, h.in_time, h.promised from here h join place p on p.area = h.area and p.division_id = h.division_id),
  placed as (select x.*, row_number() over (partition by x.n order by x.days) as at, count(*) over (partition by x.n) as members from entered x),
  counted as (
    select x.n, max(x.members)::integer as arrivals, min(x.days) filter (where x.at >= ceil(0.5::float8 * x.members)) as median, min(x.days) filter (where x.at >= ceil(0.9::float8 * x.members)) as p90,
      (count(*) filter (where x.in_time))::integer as in_time, min(x.promised) as promised from placed x group by 1)
  select p.key, p.name, c.arrivals, c.median, c.p90, c.in_time, c.promised from counted c join (select distinct y.n, y.key, y.name from place y) p on p.n = c.n;
end $$;
revoke execute on function welcome.districts(date) from public;
grant execute on function welcome.districts(date) to anlauf_app;
