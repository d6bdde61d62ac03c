-- Whether a part is closed is looked up shield by shield, by key. As a join the planner, knowing nothing of an empty table, walked the
-- whole tree for each division: a state with 200 divisions paid ten milliseconds in every statement.
create or replace view access.path as
  select o.person_id, o.office_id, o.division_id as office_division_id, o.deputy_for, o.valid_from, o.valid_to, r.role_id, r.feature, r.action, r.data_class, r.reach, t.division_id
  from access.acting_office o
  join access.role_right r on r.role_id = o.role_id and (r.action <> 'export' or o.may_export)
  cross join lateral (
    select o.division_id where r.reach = 'own'
    union all select c.descendant_id from organisation.division_closure c where r.reach = 'subtree' and c.ancestor_id = o.division_id
    union all select c.ancestor_id from organisation.division_closure c where r.reach = 'chain' and c.descendant_id = o.division_id) t
  where not exists (
    select from organisation.shield s where s.feature = r.feature and s.data_class = r.data_class
      and coalesce((select above.depth from organisation.division_closure above where above.ancestor_id = o.division_id and above.descendant_id = s.division_id), 0) > 0
      and (select below.depth from organisation.division_closure below where below.ancestor_id = s.division_id and below.descendant_id = t.division_id) is not null);
