-- Of those a condition over p finds ($1 to $4 as in members.asked), who was ever reached, by the day of it: so many from a place on. Where
-- the reach holds few of them their order is found first and they are looked at in that order, a few hundred at a time; else the index of
-- all days is walked until the page is full.
create or replace function members.reached_in_order(reach integer[], patterns text[], hidden integer[], kept integer[], condition text, down boolean, skip integer, most integer) returns integer[]
  language plpgsql stable security definer set search_path = '' set max_parallel_workers_per_gather = 0 as $$
declare
  found integer[] := '{}'; part integer[]; all_reached integer[]; place integer := 1; step integer;
  sorted text := replace('order by l.day @, l.person_id @', '@', case when down then 'desc' else 'asc' end);
begin
  if reach = '{0}' or (select count(*) > 20000 from (select from members.last_contact l where l.division_id = any (reach) limit 20001) x) then
    execute format('select array(select l.person_id from members.last_contact l join organisation.person p on p.id = l.person_id where %s %s offset $5 limit $6)', condition, sorted) into found using reach, patterns, hidden, kept, skip, most;
    return found;
  end if;
  execute 'select array(select l.person_id from members.last_contact l where l.division_id = any ($1) ' || sorted || ')' into all_reached using reach;
  while place <= cardinality(all_reached) and cardinality(found) < skip + most loop
    step := greatest(200, 2 * (skip + most - cardinality(found)));
    execute 'select array(select p.id from unnest($5) with ordinality u (id, place) join organisation.person p on p.id = u.id where ' || condition || ' order by u.place)'
      into part using reach, patterns, hidden, kept, all_reached[place : place + step - 1];
    found := found || part;
    place := place + step;
  end loop;
  return found[skip + 1 : skip + most];
end $$;
revoke execute on function members.reached_in_order(integer[], text[], integer[], integer[], text, boolean, integer, integer) from public;
