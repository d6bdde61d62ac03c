-- One row for each district association of a state (A14). Members below five are null here already, for everybody who does not see the
-- persons of the district anyway, so that no page, sum or file can give them away; contact points, staff and inhabitants are no secret
-- inside. Inhabitants are found by the key of the district, not by comparing each municipality of the country with each area.
create or replace function members.concentration(root integer) returns table (division_id integer, name text, inhabitants integer, points integer, staff integer, members integer) language sql stable security definer set search_path = '' as $$
  with district as (
    select d.id, d.short_name from organisation.division d join organisation.division_closure c on c.descendant_id = d.id and c.ancestor_id = root
    where d.kind in ('DistrictAssociation', 'CityAssociation') and d.dissolved_on is null and (select members.compares(root))
  ), area as (select d.id, a.area_key from district d join organisation.division_area a on a.division_id = d.id),
  people as (
    select a.id, sum(t.population)::integer as n from area a join lateral (
      select m.population from territory.municipality m where length(a.area_key) = 8 and m.ags = a.area_key and m.valid_to is null
      union all select m.population from territory.municipality m where length(a.area_key) = 5 and m.district_key = a.area_key and m.valid_to is null
      union all select m.population from territory.municipality m where length(a.area_key) not in (5, 8) and m.ags like a.area_key || '%' and m.valid_to is null) t on true group by 1
  ),
  -- an office of the state stands where the state association has its seat
  post as materialized (
    select x.district, count(*)::integer as n from (
      select coalesce((select c.ancestor_id from organisation.division_closure c join district k on k.id = c.ancestor_id where c.descendant_id = o.division_id order by c.depth limit 1),
        (select a.id from organisation.division v join area a on v.seat_ags like a.area_key || '%' where v.id = o.division_id limit 1)) as district
      from organisation.office o join organisation.division_closure c on c.descendant_id = o.division_id and c.ancestor_id = root
      where o.staff and exists (select from organisation.office_holding h where h.office_id = o.id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)) offset 0) x group by 1
  ), own as (select access.divisions_for('P2', 'people', 'read') as ids),
  counted as materialized (
    select c.ancestor_id as id, sum(m.n) as n from members.active_count m join organisation.division_closure c on c.descendant_id = m.division_id join district d on d.id = c.ancestor_id group by 1
  )
  select d.id, d.short_name,
    coalesce((select p.n from people p where p.id = d.id), 0),
    (select count(*)::integer from presence.contact_point p join area a on a.id = d.id and p.ags like a.area_key || '%' join presence.contact_point_kind k on k.id = p.kind_id and k.counts_as_contact_point where p.opened_on <= current_date and (p.closed_on is null or p.closed_on > current_date)),
    coalesce((select p.n from post p where p.district = d.id), 0),
    privacy.shown_count(coalesce((select c.n from counted c where c.id = d.id), 0)::bigint,
      coalesce(d.id = any ((select ids from own)::integer[]), false))::integer
  from district d order by d.short_name collate "de-x-icu"
$$;
