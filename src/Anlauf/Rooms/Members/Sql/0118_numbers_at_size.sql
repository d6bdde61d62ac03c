-- What the report counts, found set by set: the policies of the details ask once for each row, which for a whole association takes longer
-- than the counting. The reach is the one of the policies: memberships one reads or keeps, details likewise.
create function members.spells() returns table (id integer, person_id integer, place text, began date, ended date, reason text, birth bytea) language sql stable security definer set search_path = '' as $$
  with kept as materialized (select coalesce(access.divisions_for('P2', 'membership', 'read') || access.divisions_for('P2', 'membership', 'edit'), access.divisions_for('P2', 'membership', 'read'), access.divisions_for('P2', 'membership', 'edit')) as ids),
  open as materialized (select coalesce(access.divisions_for('P2', 'person-detail', 'read') || access.divisions_for('P2', 'person-detail', 'edit'), access.divisions_for('P2', 'person-detail', 'read'), access.divisions_for('P2', 'person-detail', 'edit'), '{}') as ids),
  place as materialized (
    select distinct on (c.descendant_id) c.descendant_id as id, k.short_name from organisation.division_closure c join organisation.division k on k.id = c.ancestor_id
    where k.kind in ('DistrictAssociation', 'CityAssociation') or c.depth = 0 order by c.descendant_id, k.kind in ('DistrictAssociation', 'CityAssociation') desc, c.depth)
  select m.id, m.person_id, x.short_name, m.effective_on, m.left_on, m.left_reason, case when p.division_id = any ((select o.ids from open o)::integer[]) then e.birth_date end
  from members.party_membership m join place x on x.id = m.division_id join organisation.person p on p.id = m.person_id left join members.person_detail e on e.person_id = m.person_id
  where m.division_id = any ((select k.ids from kept k)::integer[]) and m.person_id <> all ((select privacy.hidden_persons())::integer[])
    and m.kind = 'member' and m.effective_on <= current_date and m.state in ('active', 'suspended', 'transfer-pending', 'left')
$$;
create function members.completeness(out members integer, out email integer, out phone integer, out birth integer, out address integer, out place integer) language sql stable security definer set search_path = '' as $$
  with kept as materialized (select coalesce(access.divisions_for('P2', 'membership', 'read') || access.divisions_for('P2', 'membership', 'edit'), access.divisions_for('P2', 'membership', 'read'), access.divisions_for('P2', 'membership', 'edit')) as ids),
  open as materialized (select coalesce(access.divisions_for('P2', 'person-detail', 'read') || access.divisions_for('P2', 'person-detail', 'edit'), access.divisions_for('P2', 'person-detail', 'read'), access.divisions_for('P2', 'person-detail', 'edit'), '{}') as ids)
  select count(*)::int, count(p.email)::int, count(p.phone)::int, (count(e.birth_date) filter (where p.division_id = any ((select o.ids from open o)::integer[])))::int,
    (count(e.address) filter (where p.division_id = any ((select o.ids from open o)::integer[])))::int, count(m.area_key)::int
  from members.party_membership m join organisation.person p on p.id = m.person_id left join members.person_detail e on e.person_id = p.id
  where m.division_id = any ((select k.ids from kept k)::integer[]) and m.person_id <> all ((select privacy.hidden_persons())::integer[]) and m.kind = 'member' and m.state = 'active'
$$;
revoke execute on all functions in schema members from public;
grant execute on function members.spells(), members.completeness() to anlauf_app;
