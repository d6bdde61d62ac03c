-- ids of one page in the order of the list, and how many there are, counted up to a number: one more stands for „more than that“. Null
-- counts nothing beyond what the page needs. Sorted by last contact, whoever was never reached is first, and last the other way round; where
-- the acting person does not see all contacts of a long list, it is sorted by name instead of by what they may not see.
create or replace function members.page_of(filter jsonb, sort text, down boolean, skip integer, most integer, counted integer, out total integer, out ids integer[])
  language plpgsql stable security definer set search_path = '' set max_parallel_workers_per_gather = 0 as $$
declare
  seen integer[]; by_contact text; never text; at integer;
  q record; d record; part integer[]; start integer := greatest(skip, 0); few integer := least(coalesce(counted, 2000), 2000);
  direction text := case when down then 'desc' else 'asc' end;
  by_name text := replace('p.family_name collate "de-x-icu" @, p.given_name collate "de-x-icu" @, p.id @', '@', direction);
  by_division text := replace('d.short_name collate "de-x-icu" @, d.id @', '@', direction);
begin
  total := 0; ids := '{}';
  -- without a filter on memberships it is the register of persons
  if sort <> 'zuletzt' and filter - '{search,division}'::text[] = '{}' then
    select f.total + (not f.exact)::int, f.ids into total, ids from organisation.page_of_persons(coalesce(filter->>'search', ''), (filter->>'division')::integer, sort, down, skip, most) f;
    return;
  end if;
  q := members.asked(filter);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  if sort = 'zuletzt' then
    seen := members.contacts_seen();
    by_contact := 'case when $7 = ''{0}'' or p.division_id = any ($7) then l.day end ' || case when down then 'desc nulls last' else 'asc nulls first' end || ', p.family_name collate "de-x-icu", p.given_name collate "de-x-icu", p.id';
  end if;
  -- few: all of them are found once, counted and sorted; names are read only then
  execute format('with hit as materialized (select p.id from organisation.person p where %s limit %s), counted as materialized (select count(*)::int as n from hit)
      select n, case when n <= %s then array(select p.id from hit h join organisation.person p on p.id = h.id join organisation.division d on d.id = p.division_id%s order by %s offset $5 limit $6) end from counted',
      q.condition, few + 1, few, case when sort = 'zuletzt' then ' left join members.last_contact l on l.person_id = p.id' else '' end, case sort when 'zuletzt' then by_contact when 'gliederung' then by_division || ', ' || by_name else by_name end)
    into total, ids using q.reach, q.patterns, q.hidden, q.kept, start, most, seen;
  if total <= few then return; end if;
  -- many: read in the order of the list until the page is full
  if sort = 'gliederung' then
    ids := '{}';
    for d in execute 'select d.id from organisation.division d where $1 = ''{0}'' or d.id = any ($1) order by ' || by_division using q.reach loop
      execute 'select array(select p.id from organisation.person p where p.division_id = $7 and ' || q.condition || ' order by ' || by_name || ' limit $6)'
        into part using q.reach, q.patterns, q.hidden, q.kept, start, start + most - cardinality(ids), d.id;
      ids := ids || part;
      exit when cardinality(ids) >= start + most;
    end loop;
    ids := ids[start + 1 : start + most];
  elsif sort = 'zuletzt' and (seen = '{0}' or q.reach <> '{0}' and q.reach <@ seen) then
    -- who never was is found by name. $5 is where to begin, $6 how many
    never := format('select array(select p.id from organisation.person p where %s and not exists (select from members.last_contact l where l.person_id = p.id) order by p.family_name collate "de-x-icu", p.given_name collate "de-x-icu", p.id offset $5 limit $6)', q.condition);
    if down then ids := members.reached_in_order(q.reach, q.patterns, q.hidden, q.kept, q.condition, down, start, most);
    else execute never into ids using q.reach, q.patterns, q.hidden, q.kept, start, most; end if;
    if cardinality(ids) < most then
      -- the end of the first part, or beyond it: how long it is says where in the second the page begins
      execute case when down then 'select count(*)::int from members.last_contact l join organisation.person p on p.id = l.person_id where ' || q.condition
        else 'select count(*)::int from organisation.person p where not exists (select from members.last_contact l where l.person_id = p.id) and ' || q.condition end into at using q.reach, q.patterns, q.hidden, q.kept;
      at := greatest(start - at, 0);
      if down then execute never into part using q.reach, q.patterns, q.hidden, q.kept, at, most - cardinality(ids);
      else part := members.reached_in_order(q.reach, q.patterns, q.hidden, q.kept, q.condition, down, at, most - cardinality(ids)); end if;
      ids := ids || part;
    end if;
  else
    execute format('select array(select p.id from organisation.person p where %s order by %s offset $5 limit $6)', q.condition, by_name) into ids using q.reach, q.patterns, q.hidden, q.kept, start, most;
  end if;
  if sort = 'zuletzt' and filter - '{search,division}'::text[] = '{}' then
    select f.total + (not f.exact)::int into total from organisation.page_of_persons(coalesce(filter->>'search', ''), (filter->>'division')::integer, 'name', false, 0, 0) f;
  elsif counted > few then
    execute format('select count(*)::int from (select from organisation.person p where %s limit %s) x', q.condition, counted + 1) into total using q.reach, q.patterns, q.hidden, q.kept;
  end if;
end $$;
revoke execute on function members.page_of(jsonb, text, boolean, integer, integer, integer) from public;
grant execute on function members.page_of(jsonb, text, boolean, integer, integer, integer) to anlauf_app;
