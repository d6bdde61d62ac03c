-- When which area came to meet a goal's target and when it ceased to, kept like situation.goal_count whenever figures or the goal
-- change: the trend and the news read a few rows instead of the whole history of an indicator.
create table situation.goal_step (
  goal_id integer not null references situation.goal on delete cascade,
  area_key text collate "C" not null,
  day date not null,
  -- +1 comes to meet the target, -1 ceases to; 0 only on an area's first day
  by smallint not null check (by between -1 and 1),
  primary key (goal_id, area_key, day)
);
create index on situation.goal_step (goal_id, day) include (area_key, by);
-- read by the functions below alone
alter table situation.goal_step enable row level security;
select privacy.impersonal('situation.goal_step');

create function situation.retrace(goals integer[]) returns void language sql security definer set search_path = '' as $$
  delete from situation.goal_step s where s.goal_id = any (goals);
  -- the history is looked up area by area: the planner knows nothing about tables just filled, and would try every pair
  insert into situation.goal_step
    select g.id, a.area_key, t.day, t.by
    from situation.goal g join situation.indicator i on i.id = g.indicator_id
    cross join lateral situation.areas_of(g.level, g.area_filter, g.area_key) a
    cross join lateral (
      select v.day, m.now::integer - coalesce(lag(m.now) over w, case when g.comparison = 'at-least' then i.absent >= g.target else i.absent <= g.target end is true)::integer as by, row_number() over w = 1 as first
      from situation.indicator_value v cross join lateral (select case when g.comparison = 'at-least' then v.value >= g.target else v.value <= g.target end is true as now) m
      where v.indicator_id = g.indicator_id and v.area_key = a.area_key window w as (order by v.day)) t
    where g.id = any (goals) and g.closed_on is null and (t.by <> 0 or t.first)
$$;
grant execute on function situation.retrace(integer[]) to anlauf_app;
select situation.retrace(array(select id from situation.goal));

create or replace function situation.recount_goal() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform situation.recount(array[new.id]), situation.retrace(array[new.id]);
  return null;
end $$;

create or replace function situation.recount_after_change_of_districts() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  goals integer[] := array(select id from situation.goal where area_filter = 'rural-districts');
begin
  perform situation.recount(goals), situation.retrace(goals);
  return null;
end $$;

-- trend of a goal the asking person may see: how many areas met today's target, week by week back to the first value, at most a
-- year. Counts only, and over at least ten areas where persons are counted, so that nobody narrows it down to one small cell
create or replace function situation.reached_by_week(wanted integer, within text) returns table (day date, reached integer)
  language sql stable security definer set search_path = '' as $$
  with g as materialized (
    select x.id, case when case when x.comparison = 'at-least' then i.absent >= x.target else i.absent <= x.target end
      then (select count(*) from situation.areas_of(x.level, x.area_filter, within)) else 0 end as from_the_start
    from situation.goal x join situation.indicator i on i.id = x.indicator_id
    where x.id = wanted and starts_with(within, x.area_key) and x.division_id = any ((select access.reachable_divisions('P1', 'goals'))::integer[])
      and (not i.hides_small or (select count(*) from situation.areas_of(x.level, x.area_filter, within)) >= 10)),
  day as materialized (select s.day, sum(s.by) as by from g join situation.goal_step s on s.goal_id = g.id where starts_with(s.area_key, within) group by s.day)
  select w.day, (g.from_the_start + coalesce((select sum(d.by) from day d where d.day <= w.day), 0))::integer
  from g cross join (select current_date - 7 * n as day from generate_series(0, 52) n) w where w.day >= (select min(d.day) from day d) order by w.day
$$;

-- areas that met a goal's target lately and did not before; not for counts of persons
create or replace function situation.newly_reached(wanted integer, within text, since date) returns table (area_key text, day date)
  language sql stable security definer set search_path = '' as $$
  select s.area_key, max(s.day)
  from situation.goal g join situation.indicator i on i.id = g.indicator_id and not i.hides_small join situation.goal_step s on s.goal_id = g.id
  where g.id = wanted and starts_with(within, g.area_key) and s.day >= since and starts_with(s.area_key, within)
    and g.division_id = any ((select access.reachable_divisions('P1', 'goals'))::integer[])
    -- the very first values are no news
    and exists (select from situation.goal_step f where f.goal_id = g.id and f.day < since)
  group by s.area_key having sum(s.by) > 0
$$;

-- whether the acting person may see the persons of an area one by one, so that nothing has to be hidden from them
create function situation.knows_persons_in(key text) returns boolean language sql stable security definer set search_path = '' as $$
  select access.is_system() or exists (
    select from organisation.division_area a where starts_with(key, a.area_key) and a.division_id = any ((select access.reachable_divisions('P2', 'people'))::integer[]))
$$;
grant execute on function situation.knows_persons_in(text) to anlauf_app;

-- as before; the reach is asked for only where something may have to be hidden
create or replace function situation.values_of(wanted text, key text) returns table (area_key text, value numeric)
  language sql stable security definer set search_path = '' as $$
  with i as materialized (
    select *, access.is_system() as all_of_it,
      case when hides_small then (select array_agg(distinct a.area_key) from organisation.division_area a where a.division_id = any ((select access.reachable_divisions('P2', 'people'))::integer[])) end as own
    from situation.indicator where id = wanted and access.actor() is not null)
  select v.area_key, case when not i.hides_small then v.value else privacy.shown_count(v.value, i.all_of_it
      or coalesce(v.area_key = any (i.own) or left(v.area_key, 5) = any (i.own) or left(v.area_key, 2) = any (i.own), false)) end
  from i join situation.current_value v on v.indicator_id = i.id where starts_with(v.area_key, key)
$$;
