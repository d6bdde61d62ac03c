-- Half a million persons: a page of members and its number are found in one go, from indexes that hold all that a filter asks of a
-- membership, without parallel workers, whose start takes longer than the page on a machine that others use as well.
create index on members.party_membership (kind, state) include (person_id, division_id, left_on);
drop index members.party_membership_kind_state_person_id_division_id_idx;
create index on members.party_membership (received_on) include (person_id, division_id, kind, state, left_on);
drop index members.party_membership_received_on_person_id_division_id_idx;
create index on members.party_membership (division_id, person_id) include (kind, state, left_on, received_on);
drop index members.party_membership_division_id_received_on_idx;
-- the former in the order of persons: they are compared with all memberships that hold
create index on members.party_membership (person_id) include (division_id, kind, received_on, left_on) where state in ('left', 'refused');

-- ids of one page in the order of the list, and how many there are, counted up to a number: one more stands for „more than that“. Null
-- counts nothing beyond what the page needs
create function members.page_of(filter jsonb, sort text, down boolean, skip integer, most integer, counted integer, out total integer, out ids integer[])
  language plpgsql stable security definer set search_path = '' set max_parallel_workers_per_gather = 0 as $$
declare
  q record; d record; part integer[]; start integer := greatest(skip, 0); few integer := least(coalesce(counted, 2000), 2000);
  direction text := case when down then 'desc' else 'asc' end;
  by_name text := replace('p.family_name collate "de-x-icu" @, p.given_name collate "de-x-icu" @, p.id @', '@', direction);
  by_division text := replace('d.short_name collate "de-x-icu" @, d.id @', '@', direction);
begin
  total := 0; ids := '{}';
  -- without a filter on memberships it is the register of persons
  if filter - '{search,division}'::text[] = '{}' then
    select f.total + (not f.exact)::int, f.ids into total, ids from organisation.page_of_persons(coalesce(filter->>'search', ''), (filter->>'division')::integer, sort, down, skip, most) f;
    return;
  end if;
  q := members.asked(filter);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  -- few: all of them are found once, counted and sorted; names are read only then
  execute format('with hit as materialized (select p.id from organisation.person p where %s limit %s), counted as materialized (select count(*)::int as n from hit)
      select n, case when n <= %s then array(select p.id from hit h join organisation.person p on p.id = h.id join organisation.division d on d.id = p.division_id order by %s offset $5 limit $6) end from counted',
      q.condition, few + 1, few, case when sort = 'gliederung' then by_division || ', ' else '' end || by_name)
    into total, ids using q.reach, q.patterns, q.hidden, q.kept, start, most;
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
  else
    execute format('select array(select p.id from organisation.person p where %s order by %s offset $5 limit $6)', q.condition, by_name) into ids using q.reach, q.patterns, q.hidden, q.kept, start, most;
  end if;
  if counted > few then
    execute format('select count(*)::int from (select from organisation.person p where %s limit %s) x', q.condition, counted + 1) into total using q.reach, q.patterns, q.hidden, q.kept;
  end if;
end $$;
revoke execute on function members.page_of(jsonb, text, boolean, integer, integer, integer) from public;
grant execute on function members.page_of(jsonb, text, boolean, integer, integer, integer) to anlauf_app;

-- ids of one page; null instead of a limit gives all, by name
create or replace function members.find(filter jsonb, sort text, down boolean, skip integer, most integer) returns table (id integer, place bigint) language plpgsql stable security definer set search_path = '' rows 25 as $$
declare q record;
begin
  if most is not null then
    return query select i.id, i.n from unnest((members.page_of(filter, sort, down, skip, most, null)).ids) with ordinality i (id, n);
    return;
  end if;
  q := members.asked(filter);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  return query execute format('select x.id, row_number() over () from (select p.id from organisation.person p where %s order by p.family_name collate "de-x-icu", p.given_name collate "de-x-icu", p.id) x', q.condition)
    using q.reach, q.patterns, q.hidden, q.kept;
end $$;
alter function members.count_found(jsonb, integer) set max_parallel_workers_per_gather = 0;

-- where the acting person reads memberships; „everything“ is the single 0, which is no division: nothing has to be compared then
create function members.kept() returns integer[] language sql stable set search_path = '' as $$
  select case when access.whole('P2', 'membership', 'read') then '{0}'::integer[] else coalesce(access.divisions_for('P2', 'membership', 'read'), '{}') end
$$;
revoke execute on function members.kept() from public;
create or replace function members.kept_where(kept integer[]) returns text language plpgsql stable security definer set search_path = '' as $$
declare others integer[];
begin
  if kept = '{0}' then return 'true'; end if;
  if cardinality(kept) > 100 then
    others := array(select d.id from organisation.division d except all select unnest(kept));
    if cardinality(others) = 0 then return 'true'; end if;
    if cardinality(others) < cardinality(kept) then return format('m.division_id <> all (%L::integer[])', others); end if;
  end if;
  return 'm.division_id = any ($4)';
end $$;

create or replace function members.asked(filter jsonb, out reach integer[], out patterns text[], out hidden integer[], out kept integer[], out condition text)
  language plpgsql stable security definer set search_path = '' as $$
declare base record;
begin
  base := organisation.persons_asked(coalesce(filter->>'search', ''), (filter->>'division')::integer);
  reach := base.reach; patterns := base.patterns; hidden := base.hidden;
  kept := members.kept();
  condition := base.condition || members.wanted(filter, members.kept_where(kept));
end $$;

-- whoever reads all memberships is asked nothing about each, as with persons
drop policy reach on members.party_membership;
create policy reach on members.party_membership for select using (
  (select access.whole('P2', 'membership', 'read')) or division_id = any ((select access.divisions_for('P2', 'membership', 'read'))::integer[]) or person_id = (select access.person_id()));
