-- Half a million persons again: a page and its number found in one go, from indexes that hold the name, with a reach that costs no planning.

-- name and division stand in the index, so that a search reads no row it does not show
create index on organisation.person (division_id, family_name collate "de-x-icu", given_name collate "de-x-icu", id) include (search);
create index on organisation.person (family_name collate "de-x-icu", given_name collate "de-x-icu", id) include (division_id, search);
drop index organisation.person_division_id_family_name_given_name_id_idx;
drop index organisation.person_family_name_given_name_id_idx;

-- whose offices: asked with every statement (rights) and every row of a list. The index alone answers; with the plain one the planner
-- took the one behind the exclusion constraint, which looks at all of it for each person
create index on organisation.office_holding (person_id) include (office_id, valid_from, valid_to, id);
drop index organisation.office_holding_person_id_idx;

drop function organisation.persons_asked(text, integer);
-- condition: the rows p that the acting person sees, over $1 reach, $2 patterns, $3 hidden; narrowed: the same for one division after another
create function organisation.persons_asked(asked text, wanted_division integer, out reach integer[], out patterns text[], out hidden integer[], out condition text, out narrowed text)
  language plpgsql stable security definer set search_path = '' as $$
declare others integer[];
begin
  reach := access.divisions_for('P2', 'people', 'read');
  if wanted_division is not null then
    reach := array(select c.descendant_id from organisation.division_closure c where c.ancestor_id = wanted_division and c.descendant_id = any (reach));
  end if;
  patterns := array(select '%' || regexp_replace(w, '([%_\\])', '\\\1', 'g') || '%' from unnest(string_to_array(lower(asked collate "de-x-icu"), ' ')) w where w <> '' order by length(w) desc);
  hidden := privacy.hidden_persons();
  narrowed := ' and p.id <> all ($3)' || case cardinality(patterns) when 0 then '' when 1 then ' and p.search like ($2)[1]' else ' and p.search like ($2)[1] and p.search like all ($2)' end;
  condition := 'p.division_id = any ($1)' || narrowed;
  -- the planner weighs every number of a list, and 2,000 of them take longer than the query: who reaches most divisions is told the others
  if cardinality(reach) > 100 then
    others := array(select d.id from organisation.division d except all select unnest(reach));
    if cardinality(others) < cardinality(reach) then condition := format('p.division_id <> all (%L::integer[])', others) || narrowed; end if;
  end if;
end $$;

-- ids of one page in the order of the list, and how many there are: counted up to 10,000, with a name up to 2,000 (then exact is false);
-- nobody turns to page 80 of a search, and the exact number of a whole state takes longer than the list
create function organisation.page_of_persons(asked text, wanted_division integer, sort text, down boolean, skip integer, most integer, out total integer, out exact boolean, out ids integer[])
  language plpgsql stable security definer set search_path = '' as $$
declare
  q record; d record; part integer[]; start integer := greatest(skip, 0);
  direction text := case when down then 'desc' else 'asc' end;
  by_name text := replace('p.family_name collate "de-x-icu" @, p.given_name collate "de-x-icu" @, p.id @', '@', direction);
  by_division text := replace('d.short_name collate "de-x-icu" @, d.id @', '@', direction);
begin
  total := 0; exact := true; ids := '{}';
  q := organisation.persons_asked(asked, wanted_division);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  -- few: all of them are found once, counted and sorted
  execute format('with hit as materialized (select p.id, p.family_name, p.given_name, p.division_id from organisation.person p where %s limit 2001),
        counted as materialized (select count(*)::int as n from hit)
      select n, case when n <= 2000 then array(select p.id from hit p %s order by %s offset $4 limit $5) end from counted', q.condition,
      case when sort = 'gliederung' then 'join organisation.division d on d.id = p.division_id' else '' end, case when sort = 'gliederung' then by_division || ', ' else '' end || by_name)
    into total, ids using q.reach, q.patterns, q.hidden, start, most;
  if total <= 2000 then return; end if;
  -- many: read in the order of the list until the page is full
  if sort = 'gliederung' then
    ids := '{}';
    for d in execute 'select d.id from organisation.division d where d.id = any ($1) order by ' || by_division using q.reach loop
      execute 'select array(select p.id from organisation.person p where p.division_id = $1' || q.narrowed || ' order by ' || by_name || ' limit $4)' into part using d.id, q.patterns, q.hidden, start + most - cardinality(ids);
      ids := ids || part;
      exit when cardinality(ids) >= start + most;
    end loop;
    ids := ids[start + 1 : start + most];
  else
    execute format('select array(select p.id from organisation.person p where %s order by %s offset $4 limit $5)', q.condition, by_name) into ids using q.reach, q.patterns, q.hidden, start, most;
  end if;
  total := 2000; exact := false;
  if cardinality(q.patterns) = 0 then
    total := organisation.count_persons(asked, wanted_division, 10001);
    exact := total <= 10000; total := least(total, 10000);
  end if;
end $$;
grant execute on function organisation.page_of_persons(text, integer, text, boolean, integer, integer) to anlauf_app;

-- ids of one page; null instead of a limit gives all, by name
create or replace function organisation.find_persons(asked text, wanted_division integer, sort text, down boolean, skip integer, most integer) returns table (id integer, place bigint)
  -- a page, so that the rows behind the ids are fetched one by one instead of read all
  language plpgsql stable security definer set search_path = '' rows 25 as $$
declare q record;
begin
  if most is not null then
    return query select i.id, i.n from unnest((organisation.page_of_persons(asked, wanted_division, sort, down, skip, most)).ids) with ordinality i (id, n);
    return;
  end if;
  q := organisation.persons_asked(asked, wanted_division);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  return query execute format('select x.id, row_number() over () from (select p.id from organisation.person p where %s order by p.family_name collate "de-x-icu", p.given_name collate "de-x-icu", p.id) x', q.condition)
    using q.reach, q.patterns, q.hidden;
end $$;
