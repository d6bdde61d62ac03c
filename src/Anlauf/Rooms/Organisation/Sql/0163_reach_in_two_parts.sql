-- What somebody reaches is remembered in two parts: a short one that says for whom, when and whether it is everything, and the list. A
-- state with 2,000 divisions paid for copying nine kilobytes with each question, also where „everything“ was the whole answer.

-- „*“ every division, „+“ some, „-“ none, null where nobody acts; worked out where it is not remembered. As before: whoever could write
-- what is remembered could as well write who acts
create function access.known_reach(class text, wanted_feature text, wanted_action text) returns text
  language plpgsql stable security definer set search_path = '' as $$
declare
  place text := translate(class || '_' || wanted_feature || '_' || wanted_action, '-.', '__');
  holds text; kept text; found integer[];
begin
  if access.actor() is null then return null; end if;
  holds := concat_ws('|', access.actor(), current_date, (select sum(t.changes) from access.turn t), current_setting('anlauf.turn', true), class, wanted_feature, wanted_action) || '=';
  kept := current_setting('anlauf.reach_' || place, true);
  if not coalesce(starts_with(kept, holds), false) then
    found := access.work_out_divisions(class, wanted_feature, wanted_action);
    kept := holds || case when coalesce(cardinality(found), 0) = 0 then '-' when cardinality(found) = (select count(*) from organisation.division) then '*' else '+' end;
    perform set_config('anlauf.reach_' || place, kept, false), set_config('anlauf.divisions_' || place, coalesce(found::text, ''), false);
  end if;
  return right(kept, 1);
end $$;

create or replace function access.divisions_for(class text, wanted_feature text, wanted_action text) returns integer[] language plpgsql stable as $$
begin
  if coalesce(access.known_reach(class, wanted_feature, wanted_action), '-') = '-' then return null; end if;
  return current_setting('anlauf.divisions_' || translate(class || '_' || wanted_feature || '_' || wanted_action, '-.', '__'))::integer[];
end $$;
create or replace function access.whole(class text, wanted_feature text, wanted_action text) returns boolean
  language sql stable return coalesce(access.known_reach(class, wanted_feature, wanted_action) = '*', false);
drop function access.remembered(text, text, text);
revoke execute on function access.known_reach(text, text, text) from public;
grant execute on function access.known_reach(text, text, text) to anlauf_app;

create or replace function organisation.persons_asked(asked text, wanted_division integer, out reach integer[], out patterns text[], out hidden integer[], out condition text, out narrowed text)
  language plpgsql stable security definer set search_path = '' as $$
declare others integer[];
begin
  -- „everything“ needs no list: reach is then the single 0, which is no division, so that whoever compares with it all the same sees nobody
  if wanted_division is null and access.whole('P2', 'people', 'read') then reach := '{0}'; else reach := access.divisions_for('P2', 'people', 'read'); end if;
  if wanted_division is not null then
    reach := array(select c.descendant_id from organisation.division_closure c where c.ancestor_id = wanted_division and c.descendant_id = any (reach));
  end if;
  patterns := array(select '%' || regexp_replace(w, '([%_\\])', '\\\1', 'g') || '%' from unnest(string_to_array(lower(asked collate "de-x-icu"), ' ')) w where w <> '' order by length(w) desc);
  hidden := privacy.hidden_persons();
  narrowed := ' and p.id <> all ($3)' || case cardinality(patterns) when 0 then '' when 1 then ' and p.search like ($2)[1]' else ' and p.search like ($2)[1] and p.search like all ($2)' end;
  condition := case when reach = '{0}' then 'true' else 'p.division_id = any ($1)' end || narrowed;
  -- the planner weighs every number of a list, and 2,000 of them take longer than the query: who reaches most divisions is told the others
  if cardinality(reach) > 100 then
    others := array(select d.id from organisation.division d except all select unnest(reach));
    if cardinality(others) < cardinality(reach) then condition := case when cardinality(others) = 0 then 'true' else format('p.division_id <> all (%L::integer[])', others) end || narrowed; end if;
  end if;
end $$;

-- as before, but for „everything“, and without parallel workers
create or replace function organisation.page_of_persons(asked text, wanted_division integer, sort text, down boolean, skip integer, most integer, out total integer, out exact boolean, out ids integer[])
  language plpgsql stable security definer set search_path = '' set max_parallel_workers_per_gather = 0 as $$
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
    for d in execute 'select d.id from organisation.division d where $1 = ''{0}'' or d.id = any ($1) order by ' || by_division using q.reach loop
      execute 'select array(select p.id from organisation.person p where p.division_id = $1' || q.narrowed || ' order by ' || by_name || ' limit $4)' into part using d.id, q.patterns, q.hidden, start + most - cardinality(ids);
      ids := ids || part;
      exit when cardinality(ids) >= start + most;
    end loop;
    ids := ids[start + 1 : start + most];
  elsif start >= 500 and cardinality(q.reach) <= 100 and q.reach <> '{0}' then
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
