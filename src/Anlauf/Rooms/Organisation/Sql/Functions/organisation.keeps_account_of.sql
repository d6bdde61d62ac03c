-- Nobody keeps the own account, and none that carries rights which are not the keeper's to give; what somebody may in Vertretung counts like
-- an own office. divisions: those whose offices the keeper administers. Offices held and stood in for are found each by its own index: asked
-- for thousands, both in one condition took a minute.
create or replace function organisation.keeps_account_of(who integer, divisions integer[]) returns boolean language sql stable security definer set search_path = '' as $$
  select access.is_system() or (
    access.person_id() is distinct from who
    and exists (select from organisation.person p where p.id = who and p.division_id = any (divisions))
    and not exists (select from access.offices_of(access.person_id()) o where o.deputy_for = who)
    and not exists (
      select from (
        select h.office_id, h.valid_to from organisation.office_holding h where h.person_id = who
        union all select h.office_id, h.valid_to from organisation.delegation g join organisation.office_holding h on h.id = g.holding_id where g.person_id = who and g.valid_to >= current_date) x
      join organisation.office o on o.id = x.office_id
      where o.role_id is not null and coalesce(x.valid_to, 'infinity'::date) >= current_date and not o.division_id = any (divisions)))
$$;
