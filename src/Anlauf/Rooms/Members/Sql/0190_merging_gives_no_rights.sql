-- A merge is seen and taken back by those who keep both divisions. What the program filled in on the kept entry is known by name, so
-- that parting takes it away again.
alter table members.merge_record add column gone_division_id integer references organisation.division, add column filled text[] not null default '{}';
update members.merge_record set gone_division_id = (journal->'person'->>'division_id')::integer where journal is not null;
update members.merge_record set gone_name = 'getrennt' where undone_at is not null;
drop policy keepers on members.merge_record;
create policy keepers on members.merge_record for select using (members.divisions_of(kept_id) = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[])
  and (gone_division_id is null or gone_division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[])));
create policy noted on members.merge_record for update using (members.divisions_of(kept_id) = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]));
grant update (filled) on members.merge_record to anlauf_app;
select privacy.personal('members.merge_record', 'Zusammenführung', 'people', 'merge', 'kept_id', '{}', '{gone_division_id,filled}');
