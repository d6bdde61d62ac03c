-- One rule for numbers of people in every room: from 1 to 4 they are not said, unless the reader may see the persons. What is added up
-- from such numbers is added up from what this gives; SmallCounts.Sum says it in words.
create function privacy.shown_count(n numeric, exact boolean) returns numeric language sql immutable
  return case when exact or n is null or n <= 0 or n >= 5 then n end;
grant execute on function privacy.shown_count(numeric, boolean) to anlauf_app;

create or replace function members.count_by_municipality() returns table (area_key text, members integer, as_of date)
  language sql stable security definer set search_path = '' as $$
  with own as (
    select a.area_key from organisation.division_area a where a.division_id = any ((select access.reachable_divisions('P2', 'people'))::integer[])
  ), latest as (select distinct on (c.area_key) c.* from members.member_count c order by c.area_key, c.as_of desc)
  select l.area_key, privacy.shown_count(l.members, access.is_system() or exists (select from own o where l.area_key like o.area_key || '%'))::integer, l.as_of
  from latest l where access.actor() is not null
$$;

-- values of an indicator as the asking person may see them
create or replace function situation.values_of(wanted text, key text) returns table (area_key text, value numeric)
  language sql stable security definer set search_path = '' as $$
  with i as materialized (
    select *, access.is_system() as all_of_it,
      (select array_agg(distinct a.area_key) from organisation.division_area a where a.division_id = any ((select access.reachable_divisions('P2', 'people'))::integer[])) as own
    from situation.indicator where id = wanted and access.actor() is not null)
  select v.area_key, privacy.shown_count(v.value, not i.hides_small or i.all_of_it
      or coalesce(v.area_key = any (i.own) or left(v.area_key, 5) = any (i.own) or left(v.area_key, 2) = any (i.own), false))
  from i join situation.current_value v on v.indicator_id = i.id where v.area_key like key || '%'
$$;
