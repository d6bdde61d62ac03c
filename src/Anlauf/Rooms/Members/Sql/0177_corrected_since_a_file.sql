-- When a step was written: whoever came by it and was corrected afterwards is real and stays when the file is taken back.
alter table members.people_import_step add column written_at timestamptz not null default clock_timestamp();
select privacy.personal('members.people_import_step', 'Schritt beim Einlesen', 'people', 'import', null, '{}', '{written_at}');
