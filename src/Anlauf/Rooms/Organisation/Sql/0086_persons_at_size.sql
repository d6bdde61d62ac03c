-- Half a million persons in two thousand divisions: the reach is computed once and stands in the statement as a value, so that the
-- planner knows whether it is a branch or a whole state and takes the index of the one or the other.
-- each reach joined by its own index instead of one condition over all of them: a third of the time for a state of 2,000 divisions
create or replace view access.path as
  select o.person_id, o.office_id, o.division_id as office_division_id, o.deputy_for, o.valid_from, o.valid_to, r.role_id, r.feature, r.action, r.data_class, r.reach, t.division_id
  from access.acting_office o
  join access.role_right r on r.role_id = o.role_id and (r.action <> 'export' or o.may_export)
  cross join lateral (
    select o.division_id where r.reach = 'own'
    union all select c.descendant_id from organisation.division_closure c where r.reach = 'subtree' and c.ancestor_id = o.division_id
    union all select c.ancestor_id from organisation.division_closure c where r.reach = 'chain' and c.descendant_id = o.division_id) t
  where not exists (
    select from organisation.shield s
    join organisation.division_closure above on above.descendant_id = s.division_id and above.ancestor_id = o.division_id and above.depth > 0
    join organisation.division_closure below on below.ancestor_id = s.division_id and below.descendant_id = t.division_id
    where s.feature = r.feature and s.data_class = r.data_class);

create index on organisation.person (division_id, family_name collate "de-x-icu", given_name collate "de-x-icu", id);
-- served by the longer one
drop index organisation.person_division_id_idx;

-- the rows of the register that the acting person sees: condition and values for both functions below
create function organisation.persons_asked(asked text, wanted_division integer, out reach integer[], out patterns text[], out hidden integer[], out condition text)
  language plpgsql stable security definer set search_path = '' as $$
begin
  reach := access.divisions_for('P2', 'people', 'read');
  if wanted_division is not null then
    reach := array(select c.descendant_id from organisation.division_closure c where c.ancestor_id = wanted_division and c.descendant_id = any (reach));
  end if;
  patterns := array(select '%' || regexp_replace(w, '([%_\\])', '\\\1', 'g') || '%' from unnest(string_to_array(lower(asked collate "de-x-icu"), ' ')) w where w <> '' order by length(w) desc);
  hidden := privacy.hidden_persons();
  condition := 'p.division_id = any ($1) and p.id <> all ($3)' || case cardinality(patterns) when 0 then '' when 1 then ' and p.search like ($2)[1]' else ' and p.search like ($2)[1] and p.search like all ($2)' end;
end $$;

-- ids of one page in the order of the list; null instead of a limit gives all
create function organisation.find_persons(asked text, wanted_division integer, sort text, down boolean, skip integer, most integer) returns table (id integer, place bigint)
  -- a page, so that the rows behind the ids are fetched one by one instead of read all
  language plpgsql stable security definer set search_path = '' rows 25 as $$
declare
  q record; d record; ids integer[] := '{}'; part integer[]; last integer := greatest(skip, 0) + most;
  direction text := case when down then 'desc' else 'asc' end;
  by_name text := replace('p.family_name collate "de-x-icu" @, p.given_name collate "de-x-icu" @, p.id @', '@', direction);
begin
  q := organisation.persons_asked(asked, wanted_division);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  -- a long list by division is read division after division until the page is full; sorting all of it takes the time of a whole state
  if sort = 'gliederung' and most is not null and organisation.count_persons(asked, wanted_division, 2000) = 2000 then
    for d in execute 'select d.id from organisation.division d where d.id = any ($1) order by ' || replace('d.short_name collate "de-x-icu" @, d.id @', '@', direction) using q.reach loop
      execute 'select array(select p.id from organisation.person p where ' || q.condition || ' order by ' || by_name || ' limit $4)' into part using array[d.id], q.patterns, q.hidden, last - cardinality(ids);
      ids := ids || part;
      exit when cardinality(ids) >= last;
    end loop;
    return query select i.id, i.n from unnest(ids) with ordinality i (id, n) where i.n > greatest(skip, 0);
  else
    return query execute format('select x.id, row_number() over () from (select p.id from organisation.person p %s where %s order by %s offset %s limit %s) x',
        case when sort = 'gliederung' then 'join organisation.division d on d.id = p.division_id' else '' end, q.condition,
        case when sort = 'gliederung' then replace('d.short_name collate "de-x-icu" @, d.id @, ', '@', direction) else '' end || by_name, greatest(skip, 0), coalesce(most::text, 'null'))
      using q.reach, q.patterns, q.hidden;
  end if;
end $$;

-- how many there are, counted up to a number: nobody turns to page 8,000, and the exact number of a whole state takes longer than the list
create function organisation.count_persons(asked text, wanted_division integer, most integer) returns integer language plpgsql stable security definer set search_path = '' as $$
declare q record; found integer;
begin
  q := organisation.persons_asked(asked, wanted_division);
  if coalesce(cardinality(q.reach), 0) = 0 then return 0; end if;
  execute format('select count(*)::int from (select from organisation.person p where %s limit %s) x', q.condition, most) into found using q.reach, q.patterns, q.hidden;
  return found;
end $$;
grant execute on function organisation.find_persons(text, integer, text, boolean, integer, integer), organisation.count_persons(text, integer, integer) to anlauf_app;
drop function organisation.find_persons(text);

-- giving out lists of persons is a right of its own, and asks for a reason (audit.reason_rule has it)
insert into access.role_right (role_id, feature, action, data_class, reach) values ('district-chair', 'people', 'export', 'P2', 'subtree') on conflict do nothing;
