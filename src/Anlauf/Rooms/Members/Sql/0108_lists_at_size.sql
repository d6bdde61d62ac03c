-- Half a million persons: what the page counts beside the list is asked in one go, over one reach; the people of a membership are told by a
-- short list of divisions, as in organisation.persons_asked; and what is ticked in the list is a filter like any other.

-- the narrower of two ways to say where a membership must be kept, over $4
create function members.kept_where(kept integer[]) returns text language plpgsql stable security definer set search_path = '' as $$
declare others integer[];
begin
  if cardinality(kept) > 100 then
    others := array(select d.id from organisation.division d except all select unnest(kept));
    if cardinality(others) = 0 then return 'true'; end if;
    if cardinality(others) < cardinality(kept) then return format('m.division_id <> all (%L::integer[])', others); end if;
  end if;
  return 'm.division_id = any ($4)';
end $$;

-- what a filter asks beyond name and division, as a condition over p; place is where memberships must be kept
create function members.wanted(filter jsonb, place text) returns text language plpgsql stable security definer set search_path = '' as $$
declare
  condition text := ''; m text; kind text := filter->>'kind'; standing text := filter->>'standing'; days integer := (filter->>'days')::integer;
begin
  if filter ? 'ids' then condition := format(' and p.id = any (%L::integer[])', array(select jsonb_array_elements_text(filter->'ids')::integer)); end if;
  if kind = 'none' then
    condition := condition || ' and not exists (select from members.party_membership m where m.person_id = p.id and m.left_on is null and ' || place || ')';
  elsif kind is not null or standing is not null or days is not null then
    m := place;
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
  return condition;
end $$;

create or replace function members.asked(filter jsonb, out reach integer[], out patterns text[], out hidden integer[], out kept integer[], out condition text)
  language plpgsql stable security definer set search_path = '' as $$
declare base record;
begin
  base := organisation.persons_asked(coalesce(filter->>'search', ''), (filter->>'division')::integer);
  reach := base.reach; patterns := base.patterns; hidden := base.hidden;
  kept := coalesce(access.divisions_for('P2', 'membership', 'read'), '{}');
  condition := base.condition || members.wanted(filter, members.kept_where(kept));
end $$;

-- how many for each of several filters, each counted up to its own number, over one reach
create function members.count_each(filters jsonb[], most integer[]) returns table (n integer) language plpgsql stable security definer set search_path = '' as $$
declare
  base record; kept integer[]; place text; asked jsonb; last jsonb;
begin
  kept := coalesce(access.divisions_for('P2', 'membership', 'read'), '{}');
  place := members.kept_where(kept);
  for i in 1 .. coalesce(cardinality(filters), 0) loop
    asked := jsonb_build_array(coalesce(filters[i]->>'search', ''), filters[i]->'division');
    if last is distinct from asked then
      base := organisation.persons_asked(coalesce(filters[i]->>'search', ''), (filters[i]->>'division')::integer);
      last := asked;
    end if;
    n := 0;
    if coalesce(cardinality(base.reach), 0) > 0 then
      execute format('select count(*)::int from (select from organisation.person p where %s limit %s) x', base.condition || members.wanted(filters[i], place), most[i]) into n using base.reach, base.patterns, base.hidden, kept;
    end if;
    return next;
  end loop;
end $$;
revoke execute on all functions in schema members from public;
grant execute on function members.count_each(jsonb[], integer[]) to anlauf_app;
