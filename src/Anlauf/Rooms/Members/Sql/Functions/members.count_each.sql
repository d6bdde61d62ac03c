-- The numbers beside the list. Of up to 20,000 people they and their memberships are read once for all numbers, instead of once for
-- each; of more, each number stops counting long before everybody is read.
create or replace function members.count_each(filters jsonb[], most integer[]) returns table (n integer) language plpgsql stable security definer set search_path = '' set max_parallel_workers_per_gather = 0 as $$
declare
  base record; kept integer[]; place text; asked jsonb; last jsonb; parts text; few boolean := false; numbers integer[]; plain boolean[] := array(select f - '{kind,standing,days,offer,contact}'::text[] - 'search'::text = '{}' and coalesce(f->>'search', '') = '' from unnest(filters) f);
begin
  kept := members.kept();
  place := members.kept_where(kept);
  base := organisation.persons_asked('', null);
  last := jsonb_build_array('', null);
  if cardinality(base.reach) between 1 and 100 and base.reach <> '{0}' then
    few := (select count(*) <= 20000 from (select from organisation.person p where p.division_id = any (base.reach) limit 20001) x);
  end if;
  if few then
    select string_agg(case when plain[i] then format('(select count(*)::int from (select from reached p where true%s limit %s) x)', replace(members.wanted(filters[i], 'true'), 'members.party_membership m where', 'memberships m where'), most[i]) else 'null' end, ', ' order by i)
      into parts from generate_series(1, cardinality(filters)) i;
    execute format('with reached as materialized (select p.id from organisation.person p where %s),
        memberships as materialized (select m.person_id, m.kind, m.state, m.left_on, m.received_on from members.party_membership m where %s)
      select array[%s]::integer[]', base.condition, place, coalesce(parts, '')) into numbers using base.reach, base.patterns, base.hidden, kept;
  end if;
  for i in 1 .. coalesce(cardinality(filters), 0) loop
    n := coalesce(numbers[i], 0);
    if numbers[i] is null then
      asked := jsonb_build_array(coalesce(filters[i]->>'search', ''), filters[i]->'division');
      if last is distinct from asked then
        base := organisation.persons_asked(coalesce(filters[i]->>'search', ''), (filters[i]->>'division')::integer);
        last := asked;
      end if;
      if coalesce(cardinality(base.reach), 0) > 0 then
        execute format('select count(*)::int from (select from organisation.person p where %s limit %s) x', base.condition || members.wanted(filters[i], place), most[i]) into n using base.reach, base.patterns, base.hidden, kept;
      end if;
    end if;
    return next;
  end loop;
end $$;
