-- Only a late page of a district is merged: planning the branches costs more than the first pages do.
-- ids of one page in the order of the list, and how many there are: counted up to 10,000, with a name up to 1,000 (then exact is false);
-- nobody turns to page 40 of a search, and the exact number of a whole state takes longer than the list
create or replace function organisation.page_of_persons(asked text, wanted_division integer, sort text, down boolean, skip integer, most integer, out total integer, out exact boolean, out ids integer[])
  language plpgsql stable security definer set search_path = '' as $$
declare
  q record; d record; part integer[]; start integer := greatest(skip, 0); few integer;
  direction text := case when down then 'desc' else 'asc' end;
  by_name text := replace('p.family_name collate "de-x-icu" @, p.given_name collate "de-x-icu" @, p.id @', '@', direction);
  by_division text := replace('d.short_name collate "de-x-icu" @, d.id @', '@', direction);
begin
  total := 0; exact := true; ids := '{}';
  q := organisation.persons_asked(asked, wanted_division);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  few := case when cardinality(q.patterns) = 0 then 2000 else 1000 end;
  -- few: all of them are found once, counted and sorted
  execute format('with hit as materialized (select p.id, p.family_name, p.given_name, p.division_id from organisation.person p where %s limit %s),
        counted as materialized (select count(*)::int as n from hit)
      select n, case when n <= %s then array(select p.id from hit p %s order by %s offset $4 limit $5) end from counted', q.condition, few + 1, few,
      case when sort = 'gliederung' then 'join organisation.division d on d.id = p.division_id' else '' end, case when sort = 'gliederung' then by_division || ', ' else '' end || by_name)
    into total, ids using q.reach, q.patterns, q.hidden, start, most;
  if total <= few then return; end if;
  -- many: read in the order of the list until the page is full
  if sort = 'gliederung' then
    ids := '{}';
    for d in execute 'select d.id from organisation.division d where d.id = any ($1) order by ' || by_division using q.reach loop
      execute 'select array(select p.id from organisation.person p where p.division_id = $1' || q.narrowed || ' order by ' || by_name || ' limit $4)' into part using d.id, q.patterns, q.hidden, start + most - cardinality(ids);
      ids := ids || part;
      exit when cardinality(ids) >= start + most;
    end loop;
    ids := ids[start + 1 : start + most];
  elsif start >= 500 and cardinality(q.reach) <= 100 then
    -- far inside: each division lies in the index in this order already; what is left is to merge them
    execute format('select array(select p.id from (%s) p order by %s offset $4 limit $5)',
        (select string_agg(format('(select p.id, p.family_name, p.given_name from organisation.person p where p.division_id = %s%s order by %s)', r, q.narrowed, by_name), ' union all ') from unnest(q.reach) r), by_name)
      into ids using q.reach, q.patterns, q.hidden, start, most;
  else
    execute format('select array(select p.id from organisation.person p where %s order by %s offset $4 limit $5)', q.condition, by_name) into ids using q.reach, q.patterns, q.hidden, start, most;
  end if;
  total := few; exact := false;
  if cardinality(q.patterns) = 0 then
    execute format('select count(*)::int from (select from organisation.person p where %s limit 10001) x', q.condition) into total using q.reach, q.patterns, q.hidden;
    exact := total <= 10000; total := least(total, 10000);
  end if;
end $$;
