-- Functions that the program may call without anybody's right told where a person belongs and what is held for her; they are the house's own now.
revoke execute on function privacy.division_of(integer), privacy.held(integer) from anlauf_app;
-- Periods hold for the whole association: whoever is in charge of one district does not change them for the others.
drop policy by_officer on privacy.retention_rule;
create policy by_officer on privacy.retention_rule for update using (
  access.is_system() or exists (select from organisation.division d where d.parent_id is null and d.id = any ((select access.divisions_for('P8', 'privacy', 'edit'))::integer[])));
