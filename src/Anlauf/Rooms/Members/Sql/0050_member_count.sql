-- Members as counts by municipality. The register of persons is a room of its own to come; a count below five is personal data.
create schema members;
grant usage on schema members to anlauf_app;
create table members.member_count (
  area_key text not null references territory.municipality,
  as_of date not null,
  members integer not null check (members >= 0),
  primary key (area_key, as_of)
);
alter table members.member_count enable row level security;
create policy by_system on members.member_count using (access.is_system()) with check (access.is_system());
grant select, insert, update, delete on members.member_count to anlauf_app;

-- latest count; below five only for those who may read contact data of the members of that area (P2), null for all others
create function members.count_by_municipality() returns table (area_key text, members integer, as_of date)
  language sql stable security definer set search_path = '' as $$
  with own as (
    select a.area_key from organisation.division_area a where a.division_id = any ((select access.reachable_divisions('P2', 'people'))::integer[])
  ), latest as (select distinct on (c.area_key) c.* from members.member_count c order by c.area_key, c.as_of desc)
  select l.area_key, case when l.members >= 5 or l.members = 0 or access.is_system() or exists (select from own o where l.area_key like o.area_key || '%') then l.members end, l.as_of
  from latest l where access.actor() is not null
$$;
grant execute on function members.count_by_municipality() to anlauf_app;
