-- Persons whom taking a file back left as they are, wholly or in part: what happened since is not undone, and is said.
alter table members.people_import add column kept_persons integer not null default 0;
select privacy.personal('members.people_import', 'Eingelesene Datei', 'people', 'import', null, '{}', '{kept_persons}');
