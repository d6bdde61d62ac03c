-- What somebody has an office for is asked once, and not for each division of the found.
create or replace function members.count_by_district(filter jsonb) returns table (division_id integer, name text, n integer, own boolean) language plpgsql stable security definer set search_path = '' as $$
declare q record; mine integer[] := access.own_divisions('people', 'read');
begin
  q := members.asked(filter);
  if coalesce(cardinality(q.reach), 0) = 0 then return; end if;
  return query execute format($sql$
    with found as (select p.division_id, count(*)::int as n from organisation.person p where %s group by 1)
    select d.id, d.short_name, sum(f.n)::int, coalesce(d.id = any ($5), false) from found f
    join lateral (select k.id, k.short_name from organisation.division_closure c join organisation.division k on k.id = c.ancestor_id
      where c.descendant_id = f.division_id and (k.kind in ('DistrictAssociation', 'CityAssociation') or c.depth = 0) order by k.kind in ('DistrictAssociation', 'CityAssociation') desc, c.depth limit 1) d on true
    group by 1, 2, 4 order by 3 desc, 2 $sql$, q.condition) using q.reach, q.patterns, q.hidden, q.kept, mine;
end $$;
