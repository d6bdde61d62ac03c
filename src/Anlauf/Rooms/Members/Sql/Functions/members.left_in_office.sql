-- Offices with rights that are still held by somebody who has left the association within 90 days: an office does not end with the membership, and
-- whoever keeps the offices there, or one level above, decides. Nobody decides about themself, and the restricted are in no list.
create or replace function members.left_in_office() returns table (holding_id integer, person text, office text, division text, left_on date) language sql stable security definer set search_path = '' as $$
  with mine as materialized (select unnest(access.own_divisions('organisation', 'edit')) as id)
  select h.id, concat_ws(' ', p.given_name, p.family_name), o.name, d.short_name, l.left_on
  from organisation.division d join organisation.office o on o.division_id = d.id and o.role_id is not null join organisation.office_holding h on h.office_id = o.id join organisation.person p on p.id = h.person_id
  cross join lateral (select max(m.left_on) as left_on from members.party_membership m where m.person_id = p.id and m.kind = 'member' having count(*) > 0 and bool_and(m.left_on is not null)) l
  where (d.id in (select m.id from mine m) or d.parent_id in (select m.id from mine m)) and coalesce(h.valid_to, 'infinity'::date) >= current_date and l.left_on > current_date - 90
    and h.person_id is distinct from access.person_id() and p.id <> all (privacy.hidden_persons())
$$;
revoke execute on function members.left_in_office() from public;
grant execute on function members.left_in_office() to anlauf_app;
