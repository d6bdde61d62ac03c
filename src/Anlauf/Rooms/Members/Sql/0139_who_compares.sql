-- Comparing districts is for those whose office is about all of them; a district sees its own numbers and no other's
create function members.compares(root integer) returns boolean language sql stable security definer set search_path = '' as $$
  select not exists (select from organisation.division_closure c where c.ancestor_id = root and not c.descendant_id = any (coalesce(access.divisions_for('P1', 'situation', 'read'), '{}')))
$$;

-- one row for each district association of a state. Members below five are null here already, for everybody who does not see the persons
-- of the district anyway, so that no page, sum or file can give them away; contact points, staff and inhabitants are no secret inside
create or replace function members.concentration(root integer) returns table (division_id integer, name text, inhabitants integer, points integer, staff integer, members integer) language sql stable security definer set search_path = '' as $$
  with district as (
    select d.id, d.short_name from organisation.division d join organisation.division_closure c on c.descendant_id = d.id and c.ancestor_id = root
    where d.kind in ('DistrictAssociation', 'CityAssociation') and d.dissolved_on is null and (select members.compares(root))
  ), area as (select d.id, a.area_key from district d join organisation.division_area a on a.division_id = d.id),
  -- an office of the state stands where the state association has its seat
  post as (
    select coalesce((select c.ancestor_id from organisation.division_closure c join district k on k.id = c.ancestor_id where c.descendant_id = o.division_id order by c.depth limit 1),
      (select a.id from organisation.division v join area a on v.seat_ags like a.area_key || '%' where v.id = o.division_id limit 1)) as district
    from organisation.office o join organisation.division_closure c on c.descendant_id = o.division_id and c.ancestor_id = root
    where o.staff and exists (select from organisation.office_holding h where h.office_id = o.id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date))
  ), own as (select access.divisions_for('P2', 'people', 'read') as ids)
  select d.id, d.short_name,
    coalesce((select sum(m.population)::integer from territory.municipality m join area a on a.id = d.id and m.ags like a.area_key || '%' where m.valid_to is null), 0),
    (select count(*)::integer from presence.contact_point p join area a on a.id = d.id and p.ags like a.area_key || '%' join presence.contact_point_kind k on k.id = p.kind_id and k.counts_as_contact_point where p.opened_on <= current_date and (p.closed_on is null or p.closed_on > current_date)),
    (select count(*)::integer from post p where p.district = d.id),
    privacy.shown_count((select count(*) from members.party_membership m join organisation.division_closure c on c.descendant_id = m.division_id and c.ancestor_id = d.id where m.kind = 'member' and m.state = 'active'),
      coalesce(d.id = any ((select ids from own)::integer[]), false))::integer
  from district d order by d.short_name collate "de-x-icu"
$$;
grant execute on function members.compares(integer) to anlauf_app;
