-- The one predicate, readable from both ends: what may somebody see, and who may see something. Each row is one path: person → office
-- (held or deputised) → right of its role → division it reaches. Never granted; the functions below look through it.

-- the offices through which somebody acts today: held, or in Vertretung
create view access.acting_office as
  select h.person_id, h.id as holding_id, o.id as office_id, o.division_id, o.role_id, true as may_export, null::integer as deputy_for, h.valid_from, h.valid_to
  from organisation.office_holding h join organisation.office o on o.id = h.office_id
  where current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)
  union all
  select g.person_id, h.id, o.id, o.division_id, o.role_id, g.with_export, h.person_id, g.valid_from, least(g.valid_to, h.valid_to)
  from organisation.delegation g join organisation.office_holding h on h.id = g.holding_id join organisation.office o on o.id = h.office_id
  where current_date between g.valid_from and g.valid_to and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date);

create view access.path as
  select o.person_id, o.office_id, o.division_id as office_division_id, o.deputy_for, o.valid_from, o.valid_to, r.role_id, r.feature, r.action, r.data_class, r.reach, t.division_id
  from access.acting_office o
  join access.role_right r on r.role_id = o.role_id and (r.action <> 'export' or o.may_export)
  join organisation.division_closure c on
       (r.reach = 'subtree' and c.ancestor_id = o.division_id)
    or (r.reach = 'own' and c.ancestor_id = o.division_id and c.depth = 0)
    or (r.reach = 'chain' and c.descendant_id = o.division_id),
  lateral (select case when r.reach = 'chain' then c.ancestor_id else c.descendant_id end as division_id) t
  where not exists (
    select from organisation.shield s
    join organisation.division_closure above on above.descendant_id = s.division_id and above.ancestor_id = o.division_id and above.depth > 0
    join organisation.division_closure below on below.ancestor_id = s.division_id and below.descendant_id = t.division_id
    where s.feature = r.feature and s.data_class = r.data_class);

create or replace function access.offices_of(who integer) returns table (holding_id integer, office_id integer, division_id integer, role_id text, may_export boolean, deputy_for integer, valid_from date, valid_to date)
  language sql stable security definer set search_path = '' as $$
  select o.holding_id, o.office_id, o.division_id, o.role_id, o.may_export, o.deputy_for, o.valid_from, o.valid_to from access.acting_office o where o.person_id = who
$$;

create or replace function access.divisions_for(class text, wanted_feature text, wanted_action text) returns integer[]
  language sql stable security definer set search_path = '' as $$
  select case when access.is_system() then (select array_agg(id) from organisation.division) else (
    select array_agg(distinct p.division_id) from access.path p
    where p.person_id = access.person_id() and p.data_class = class and p.feature = wanted_feature and p.action = wanted_action) end
$$;

-- Who can see this person, and by which path. Told to the person, and to whoever sees the person anyway. Rights on data of persons are
-- those of class P2 to P6 and P8, and the two of P1 that open something about a person: keeping accounts and confirming erasures. What
-- strangers wrote is about nobody in the register.
create function organisation.who_sees(wanted integer) returns table (
    person_id integer, name text, office text, office_division text, deputy_for text, valid_from date, valid_to date, feature text, feature_name text, purpose text, action text, data_class text, reach text)
  language sql stable security definer set search_path = '' as $$
  select p.person_id, concat_ws(' ', nullif(v.title, ''), v.given_name, v.family_name), o.name, d.name, concat_ws(' ', nullif(h.title, ''), h.given_name, h.family_name), p.valid_from, p.valid_to,
    p.feature, f.name, f.purpose, p.action, p.data_class, p.reach
  from organisation.person s
  join access.path p on p.division_id = s.division_id and (p.data_class in ('P2', 'P3', 'P4', 'P5', 'P6', 'P8') and p.feature <> 'inbox' or (p.feature, p.action) in (('organisation', 'administer'), ('erasure', 'edit')))
  join access.feature f on f.id = p.feature
  join organisation.person v on v.id = p.person_id
  join organisation.office o on o.id = p.office_id
  join organisation.division d on d.id = o.division_id
  left join organisation.person h on h.id = p.deputy_for
  where s.id = wanted
    -- letters of strangers are about nobody in the register
    and p.feature <> 'inbox'
    -- a restricted person is shown in no list, whatever the rights say
    and (p.feature <> 'people' or not s.id = any (privacy.flagged('restricted')))
    and (access.is_system() or s.id = access.person_id()
      or (s.division_id = any (access.divisions_for('P2', 'people', 'read')) and not s.id = any (privacy.hidden_persons())))
  order by 2, p.person_id, o.sort, o.id, p.deputy_for nulls first, p.data_class, f.sort, p.action
$$;
grant execute on function organisation.who_sees(integer) to anlauf_app;

-- a restricted person is not told by a question about namesakes either
create or replace function organisation.namesakes(given text, family text, other_than integer) returns table (name text, division text) language sql stable security definer set search_path = '' as $$
  select concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), d.short_name
  from organisation.person p join organisation.division d on d.id = p.division_id
  where p.search = lower((given || ' ' || family) collate "de-x-icu") and p.id is distinct from other_than and p.division_id = any (access.divisions_for('P2', 'people', 'read'))
    and not p.id = any (privacy.hidden_persons())
  order by p.id limit 5
$$;
