-- The list of people with filters by membership. As in organisation.find_persons the reach is computed once and stands in the statement
-- as a value; the filter is a small object so that list, count and export ask the same question.
create index on members.party_membership (kind, state) include (person_id, division_id);
create index on members.party_membership (received_on) include (person_id, division_id);

-- filter: search, division, kind (a kind, or none), standing (active, waiting, left), days (received within), offer (a label, or * for any), contact (yes)
create function members.asked(filter jsonb, out reach integer[], out patterns text[], out hidden integer[], out kept integer[], out condition text)
  language plpgsql stable security definer set search_path = '' as $$
declare
  base record; m text := '';
  kind text := filter->>'kind'; standing text := filter->>'standing'; days integer := (filter->>'days')::integer;
begin
  base := organisation.persons_asked(coalesce(filter->>'search', ''), (filter->>'division')::integer);
  reach := base.reach; patterns := base.patterns; hidden := base.hidden; condition := base.condition;
  kept := coalesce(access.divisions_for('P2', 'membership', 'read'), '{}');
  if kind = 'none' then
    condition := condition || ' and not exists (select from members.party_membership m where m.person_id = p.id and m.left_on is null and m.division_id = any ($4))';
  elsif kind is not null or standing is not null or days is not null then
    m := 'm.division_id = any ($4)';
    if kind is not null then m := m || format(' and m.kind = %L', kind); end if;
    m := m || case standing when 'active' then ' and m.state in (''active'', ''suspended'', ''transfer-pending'')' when 'waiting' then ' and m.state in (''applied'', ''awaiting-decision'', ''awaiting-objection'')'
      when 'left' then ' and m.state in (''left'', ''refused'')' else ' and m.left_on is null' end;
    if days is not null then m := m || format(' and m.received_on > current_date - %s', days); end if;
    condition := condition || ' and p.id in (select m.person_id from members.party_membership m where ' || m || ')';
    -- who was a member and is one again is not a former one
    if standing = 'left' then condition := condition || ' and not exists (select from members.party_membership n where n.person_id = p.id and n.left_on is null)'; end if;
  end if;
  if filter->>'offer' is not null then
    condition := condition || ' and p.id in (select t.person_id from members.trait t where t.kind = ''offer''' || case when filter->>'offer' = '*' then ')' else format(' and t.label = %L)', filter->>'offer') end;
  end if;
  if filter->>'contact' = 'yes' then condition := condition || ' and p.id <> all (privacy.flagged(''no-contact''))'; end if;
end $$;

create function members.find(filter jsonb, sort text, down boolean, skip integer, most integer) returns table (id integer, place bigint) language plpgsql stable security definer set search_path = '' rows 25 as $$
declare
  q record; d record; ids integer[] := '{}'; part integer[]; last integer := greatest(skip, 0) + most; direction text := case when down then 'desc' else 'asc' end;
  by_name text := replace('p.family_name collate "de-x-icu" @, p.given_name collate "de-x-icu" @, p.id @', '@', direction);
begin
  -- without a filter on memberships it is the register of persons
  if filter - '{search,division}'::text[] = '{}' then
    return query select f.id, f.place from organisation.find_persons(coalesce(filter->>'search', ''), (filter->>'division')::integer, sort, down, skip, most) f;
    return;
  end if;
  q := members.asked(filter);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  -- a long list by division is read division after division until the page is full, as in organisation.find_persons
  if sort = 'gliederung' and most is not null and members.count_found(filter, 2000) = 2000 then
    for d in execute 'select d.id from organisation.division d where d.id = any ($1) order by ' || replace('d.short_name collate "de-x-icu" @, d.id @', '@', direction) using q.reach loop
      execute 'select array(select p.id from organisation.person p where ' || q.condition || ' order by ' || by_name || ' limit $5)' into part using array[d.id], q.patterns, q.hidden, q.kept, last - cardinality(ids);
      ids := ids || part;
      exit when cardinality(ids) >= last;
    end loop;
    return query select i.id, i.n from unnest(ids) with ordinality i (id, n) where i.n > greatest(skip, 0);
    return;
  end if;
  return query execute format('select x.id, row_number() over () from (select p.id from organisation.person p %s where %s order by %s offset %s limit %s) x',
      case when sort = 'gliederung' then 'join organisation.division d on d.id = p.division_id' else '' end, q.condition,
      case when sort = 'gliederung' then replace('d.short_name collate "de-x-icu" @, d.id @, ', '@', direction) else '' end || by_name, greatest(skip, 0), coalesce(most::text, 'null'))
    using q.reach, q.patterns, q.hidden, q.kept;
end $$;

create function members.count_found(filter jsonb, most integer) returns integer language plpgsql stable security definer set search_path = '' as $$
declare q record; found integer;
begin
  q := members.asked(filter);
  if coalesce(cardinality(q.reach), 0) = 0 then return 0; end if;
  execute format('select count(*)::int from (select from organisation.person p where %s limit %s) x', q.condition, most) into found using q.reach, q.patterns, q.hidden, q.kept;
  return found;
end $$;

-- the found by district: the division of a district above each, or the person's own division where there is none
create function members.count_by_district(filter jsonb) returns table (division_id integer, name text, n integer, own boolean) language plpgsql stable security definer set search_path = '' as $$
declare q record;
begin
  q := members.asked(filter);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  return query execute format($sql$
    with found as (select p.division_id, count(*)::int as n from organisation.person p where %s group by 1)
    select d.id, d.short_name, sum(f.n)::int, coalesce(d.id = any (access.own_divisions('people', 'read')), false) from found f
    join lateral (select k.id, k.short_name from organisation.division_closure c join organisation.division k on k.id = c.ancestor_id
      where c.descendant_id = f.division_id and (k.kind in ('DistrictAssociation', 'CityAssociation') or c.depth = 0) order by k.kind in ('DistrictAssociation', 'CityAssociation') desc, c.depth limit 1) d on true
    group by 1, 2, 4 order by 3 desc, 2 $sql$, q.condition) using q.reach, q.patterns, q.hidden, q.kept;
end $$;

-- how many of the found do not want to be addressed
create function members.count_silent(filter jsonb) returns integer language plpgsql stable security definer set search_path = '' as $$
declare q record; found integer;
begin
  q := members.asked(filter);
  if coalesce(cardinality(q.reach), 0) = 0 then return 0; end if;
  execute format('select count(*)::int from organisation.person p where p.id = any (privacy.flagged(''no-contact'')) and %s', q.condition) into found using q.reach, q.patterns, q.hidden, q.kept;
  return found;
end $$;

-- a filter somebody wants to find again
create table members.saved_filter (
  id integer generated by default as identity primary key,
  person_id integer not null references organisation.person on delete cascade,
  name text not null check (trim(name) <> '' and length(name) <= 60),
  query text not null check (length(query) <= 400),
  unique (person_id, name)
);
-- a list that was given out: who, when, what for; never the names on it
create table members.list_issue (
  id integer generated by default as identity primary key,
  person_id integer not null references organisation.person,
  at timestamptz not null default now(),
  purpose text not null,
  sentence text not null check (length(trim(sentence)) >= 10),
  fields text[] not null,
  filter text not null,
  rows integer not null default 0
);
alter table members.saved_filter enable row level security;
create policy own on members.saved_filter using (person_id = (select access.person_id()));
alter table members.list_issue enable row level security;
create policy own on members.list_issue using (person_id = (select access.person_id()));
create policy supervised on members.list_issue for select using ((select access.divisions_for('P8', 'audit', 'read')) is not null);
grant select, insert, update, delete on members.saved_filter to anlauf_app;
grant select, insert, update on members.list_issue to anlauf_app;
select privacy.personal('members.saved_filter', 'Gemerkter Filter', 'accounts', 'account', 'person_id', '{"person_id": "Person / P1 / delete", "name": "Name / P1 / delete", "query": "Filter / P1 / delete"}', '{id}');
select privacy.personal('members.list_issue', 'Ausgegebene Liste', 'audit', 'audit-access', 'person_id', '{"person_id": "wer / P8 / keep", "sentence": "wofür / P8 / redact", "at": "wann / P8 / keep"}', '{id,purpose,fields,filter,rows}');
revoke execute on all functions in schema members from public;
grant execute on function members.find(jsonb, text, boolean, integer, integer), members.count_found(jsonb, integer), members.count_by_district(jsonb), members.count_silent(jsonb) to anlauf_app;
