-- What was corrected in a preview that nobody read in goes with its file after a day; only of a file that was read in is it a record.
insert into privacy.retention_job (rule_id, table_name, begins_sql) values
  ('import-preview', 'members.people_import_fix', 'case when (select i.state from members.people_import i where i.id = t.import_id) = ''preview'' then t.fixed_on end');
