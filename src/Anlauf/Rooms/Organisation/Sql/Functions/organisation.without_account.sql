-- People with an office who cannot sign in yet, as far as the acting person would keep their account. It is organisation.keeps_account_of,
-- asked of all at once: a state has thousands of offices.
create or replace function organisation.without_account() returns table (id integer, name text) language sql stable security definer set search_path = '' as $$
  with given as materialized (select unnest(access.divisions_for('P1', 'organisation', 'administer')) as id),
  held as materialized (select h.person_id, h.id as holding_id, o.role_id, o.division_id from organisation.office_holding h join organisation.office o on o.id = h.office_id where coalesce(h.valid_to, 'infinity'::date) >= current_date),
  -- whose rights are not the keeper's to give, and those for whom the keeper stands in
  refused as materialized (
    select x.person_id from (select h.person_id, h.role_id, h.division_id from held h
        union all select g.person_id, h.role_id, h.division_id from held h join organisation.delegation g on g.holding_id = h.holding_id where g.valid_to >= current_date) x
      where x.role_id is not null and x.division_id not in (select g.id from given g)
    union select access.person_id() union select o.deputy_for from access.offices_of(access.person_id()) o)
  select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) || ' (' || d.short_name || ')'
  from organisation.person p join organisation.division d on d.id = p.division_id
  where p.id in (select h.person_id from held h) and not exists (select from identity.account a where a.person_id = p.id)
    and (access.is_system() or p.division_id in (select g.id from given g) and not exists (select from refused r where r.person_id = p.id))
  order by lower(p.family_name), lower(p.given_name), p.id
$$;
