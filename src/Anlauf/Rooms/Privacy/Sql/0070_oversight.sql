-- The data protection officer: sees what was done, not what was written; contents only in a case.
insert into access.role (id, name, description) values
  ('data-protection-officer', 'Datenschutzbeauftragte', 'Sieht das Protokoll, führt Anfragen und Vorfälle; Inhalte nur im Einzelfall')
on conflict do nothing;
insert into access.role_right (role_id, feature, action, data_class, reach) values
  ('data-protection-officer', 'audit', 'read', 'P8', 'subtree'), ('data-protection-officer', 'audit', 'export', 'P8', 'subtree'),
  ('data-protection-officer', 'privacy', 'read', 'P8', 'subtree'), ('data-protection-officer', 'privacy', 'edit', 'P8', 'subtree'), ('data-protection-officer', 'privacy', 'export', 'P8', 'subtree'),
  ('data-protection-officer', 'organisation', 'read', 'P1', 'subtree'), ('data-protection-officer', 'situation', 'read', 'P1', 'subtree'),
  -- an erasure needs a second person
  ('data-protection-officer', 'erasure', 'edit', 'P1', 'subtree'), ('state-manager', 'erasure', 'edit', 'P1', 'subtree'), ('district-chair', 'erasure', 'edit', 'P1', 'subtree')
on conflict do nothing;

-- the log is read within the reach of P8; what belongs to no division only by those who reach a whole association; everybody reads what
-- concerns themself
create policy reach on audit.entry for select using (
  division_id = any ((select access.divisions_for('P8', 'audit', 'read'))::integer[])
  or (division_id is null and (select exists (select from organisation.division d where d.parent_id is null and d.id = any (access.divisions_for('P8', 'audit', 'read')))))
  or subject_id = (select access.person_id()));

-- a file with the log leaves the house: why?
insert into audit.reason_rule values ('audit', 'export', 'P1'), ('people', 'export', 'P2'), ('people', 'export', 'P1');
