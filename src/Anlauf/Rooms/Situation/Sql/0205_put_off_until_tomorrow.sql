-- What somebody does not want to see on „Heute“ before tomorrow: theirs alone. Nobody else's list changes by it, and nothing that is promised.
create table situation.put_off (
  person_id integer not null references organisation.person on delete cascade,
  -- of the address and the title of the row: whatever changes what it says shows it again
  task text not null check (length(task) = 32),
  until date not null,
  primary key (person_id, task)
);
alter table situation.put_off enable row level security;
create policy own on situation.put_off using (person_id = (select access.person_id()));
grant select, insert, update, delete on situation.put_off to anlauf_app;
insert into privacy.retention_rule (id, name, starts, period, outcome, basis, sort) values
  ('put-off', 'Bis morgen Zurückgestelltes', 'der Tag, an dem es wieder erscheint', interval '1 day', 'gelöscht', 'Art. 5 Abs. 1 Buchst. e DSGVO, Vorschlag', 64);
insert into privacy.retention_job (rule_id, table_name, begins_sql) values ('put-off', 'situation.put_off', 't.until');
select privacy.personal('situation.put_off', 'Bis morgen zurückgestellt', 'accounts', 'put-off', 'person_id', '{"person_id": "Person / P1 / delete", "task": "Kennung der Aufgabe / P1 / delete", "until": "bis / P1 / delete"}', '{}');
