-- Every column is declared once: as personal with purpose, legal basis, data class, retention and what an erasure does to it, or as
-- holding nothing of a person. Record of processing, notices, subject access, erasure, retention and audit all read these rows.
create schema privacy;
grant usage on schema privacy to anlauf_app;

-- a processing activity (Art. 30)
create table privacy.process (
  id text primary key,
  name text not null,
  purpose text not null,
  basis text not null check (basis in ('consent', 'contract', 'law', 'interest')),
  basis_text text not null,
  persons text not null,
  recipients text not null,
  -- where the data come from, for the notices: the person (Art. 13) or somebody else (Art. 14)
  source text not null,
  sort integer not null default 100
);

-- how long something is kept; values are settings, to be confirmed by the data protection officer
create table privacy.retention_rule (
  id text primary key,
  name text not null,
  -- when the period begins, in words
  starts text not null,
  -- null: kept as long as the association exists
  period interval,
  outcome text not null,
  basis text not null,
  paused_until date,
  pause_reason text check (paused_until is null or trim(pause_reason) <> ''),
  sort integer not null default 100
);

-- what a rule does by itself, every night: rows whose day plus period is over are deleted, or some columns are emptied
create table privacy.retention_job (
  rule_id text not null references privacy.retention_rule,
  table_name text not null,
  -- SQL over the row t: the day the period begins, null while it has not
  begins_sql text not null,
  clear_columns text[],
  primary key (rule_id, table_name)
);

create table privacy.declared_table (
  table_name text primary key,
  title text not null,
  -- column with the id of the person the row is about
  subject_column text,
  -- every change is written to the audit
  audited boolean not null
);

create table privacy.declared_column (
  table_name text not null references privacy.declared_table,
  column_name text not null,
  -- null: nothing of a person in it
  data_class text references access.data_class,
  label text not null default '',
  process_id text references privacy.process,
  retention_id text references privacy.retention_rule,
  encrypted boolean not null default false,
  -- keep: a number that says nothing without the person; clear: emptied; replace: „Gelöschte Person 17“ instead; delete: the row goes;
  -- redact: mentions in the text are blackened
  on_erasure text check (on_erasure in ('keep', 'clear', 'replace', 'delete', 'redact')),
  primary key (table_name, column_name),
  check ((data_class is null) = (process_id is null) and (data_class is null) = (retention_id is null) and (data_class is null) = (on_erasure is null))
);

-- a table with data of persons. Columns: {"given_name": "Vorname / P2 / clear", "iban": "IBAN / P3 / clear / encrypted"}; all others
-- are named in plain. A column that does not exist fails the migration
create function privacy.personal(wanted text, title text, process text, retention text, subject text, columns jsonb, plain text[]) returns void
  language plpgsql set search_path = '' as $$
declare c record; parts text[];
begin
  insert into privacy.declared_table values (wanted, title, subject, true)
    on conflict (table_name) do update set title = excluded.title, subject_column = coalesce(excluded.subject_column, privacy.declared_table.subject_column), audited = true;
  for c in select key, value from jsonb_each_text(columns) union all select p, null from unnest(plain) p loop
    if not exists (select from pg_catalog.pg_attribute a where a.attrelid = wanted::regclass and a.attname = c.key and a.attnum > 0 and not a.attisdropped) then
      raise exception 'declared for privacy, but % has no column %', wanted, c.key;
    end if;
    parts := string_to_array(c.value, ' / ');
    insert into privacy.declared_column (table_name, column_name, label, data_class, process_id, retention_id, on_erasure, encrypted)
      values (wanted, c.key, coalesce(parts[1], ''), parts[2], case when c.value is not null then process end, case when c.value is not null then retention end, parts[3], coalesce(parts[4] = 'encrypted', false));
  end loop;
end $$;

-- tables without anything of a person: every column they have today. A column added later has to be declared by itself
create function privacy.impersonal(variadic tables text[]) returns void language plpgsql set search_path = '' as $$
begin
  insert into privacy.declared_table select t, '', null, false from unnest(tables) t;
  insert into privacy.declared_column (table_name, column_name)
    select t, a.attname from unnest(tables) t join pg_catalog.pg_attribute a on a.attrelid = t::regclass and a.attnum > 0 and not a.attisdropped;
end $$;

-- tables that decide who may see persons are audited like the persons themselves
create function privacy.audit_too(variadic tables text[]) returns void language sql set search_path = '' as $$
  update privacy.declared_table set audited = true where table_name = any (tables)
$$;

-- what nobody has declared; a test fails where this is not empty
create function privacy.undeclared() returns table (table_name text, column_name text) language sql stable security definer set search_path = '' as $$
  select n.nspname || '.' || c.relname, a.attname::text
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relpersistence = 'p' and n.nspname !~ '^(pg_|information_schema$|public$)'
    and not exists (select from privacy.declared_column d where d.table_name = n.nspname || '.' || c.relname and d.column_name = a.attname)
  order by 1, 2
$$;
-- tables with data of persons whose changes nobody would notice
create function privacy.unaudited() returns table (table_name text) language sql stable security definer set search_path = '' as $$
  select distinct d.table_name from privacy.declared_column d
  where d.data_class is not null and d.table_name not like 'audit.%'
    and (select count(*) from pg_catalog.pg_trigger g where g.tgrelid = d.table_name::regclass and g.tgname in ('audit_insert', 'audit_update', 'audit_delete') and g.tgenabled = 'O') < 3
$$;
grant execute on function privacy.undeclared(), privacy.unaudited() to anlauf_app;

do $$ declare t text; begin
  foreach t in array array['process', 'retention_rule', 'retention_job', 'declared_table', 'declared_column'] loop
    execute format('alter table privacy.%I enable row level security', t);
    -- what is processed and why is no secret: the notices show it to everybody
    execute format('create policy readable on privacy.%I for select using (true)', t);
    execute format('grant select on privacy.%I to anlauf_app', t);
  end loop;
end $$;
-- the officer may change a period or pause a rule, nothing else of it
grant update (period, paused_until, pause_reason) on privacy.retention_rule to anlauf_app;

insert into privacy.process (id, name, purpose, basis, basis_text, persons, recipients, source, sort) values
  ('people', 'Personen, Ämter und Mitgliedschaft', 'Mitglieder, Amtsinhaberinnen und Amtsinhaber des Verbands führen, einladen, erreichen', 'contract', 'Art. 6 Abs. 1 Buchst. b und Art. 9 Abs. 2 Buchst. d DSGVO', 'Mitglieder, frühere Mitglieder, Menschen in regelmäßigem Kontakt', 'Vorstände und Geschäftsstellen der eigenen Gliederung und der darüber', 'von der Person selbst oder aus einer Wahl', 10),
  ('dues', 'Beiträge und Bankverbindungen', 'Beiträge einziehen und abrechnen', 'law', 'Art. 6 Abs. 1 Buchst. b und c, Art. 9 Abs. 2 Buchst. d DSGVO, § 24 PartG', 'Mitglieder', 'Schatzmeisterei, Bank, Rechnungsprüfung', 'von der Person selbst', 20),
  ('meetings', 'Sitzungen und Beschlüsse', 'Niederschriften, Beschlüsse und Aufgaben des Verbands führen und aufbewahren', 'interest', 'Art. 6 Abs. 1 Buchst. f und Art. 9 Abs. 2 Buchst. d DSGVO, §§ 9, 11, 15 PartG', 'Teilnehmende, Gäste, Zuständige', 'Gremien der Gliederung, Mitglieder im Rahmen der Satzung', 'aus Niederschriften und Eingaben der Protokollführung', 30),
  ('work', 'Ziele, Aufträge und Anlaufstellen', 'Festhalten, wer was übernommen hat', 'interest', 'Art. 6 Abs. 1 Buchst. f und Art. 9 Abs. 2 Buchst. d DSGVO', 'Amtsinhaberinnen und Amtsinhaber, Zuständige', 'die eigene Gliederung und die darüber', 'von der Person selbst oder von der Stelle, die den Auftrag gibt', 40),
  ('accounts', 'Konten und Anmeldung', 'Zugang nur für Berechtigte, Schutz vor Missbrauch', 'contract', 'Art. 6 Abs. 1 Buchst. b und f, Art. 32 DSGVO', 'Menschen mit einem Konto', 'Systemverwaltung ohne Einsicht in Inhalte', 'von der Person selbst', 50),
  ('audit', 'Protokoll der Zugriffe und Änderungen', 'Nachweisen, wer was gesehen oder geändert hat', 'law', 'Art. 5 Abs. 2, Art. 32 DSGVO', 'Menschen mit einem Konto; Betroffene nur als Nummer', 'Datenschutzbeauftragte', 'entsteht bei der Nutzung', 60),
  ('privacy', 'Anfragen zum Datenschutz und Vorfälle', 'Auskunft, Berichtigung, Löschung, Widerspruch und Meldung von Verletzungen', 'law', 'Art. 6 Abs. 1 Buchst. c in Verbindung mit Art. 12 bis 22, 33, 34 DSGVO', 'Menschen, die eine Anfrage stellen oder betroffen sind', 'Datenschutzbeauftragte, Aufsichtsbehörde', 'von der Person selbst', 70);

insert into privacy.retention_rule (id, name, starts, period, outcome, basis, sort) values
  ('person', 'Personen', 'Ende der Mitgliedschaft und aller Ämter', interval '3 years', 'ohne Namen weitergeführt', '§ 195 BGB (Ansprüche), Vorschlag', 10),
  ('care', 'Angaben zur Person', 'Ende der Mitgliedschaft oder 24 Monate ohne Kontakt', interval '24 months', 'gelöscht', 'Art. 5 Abs. 1 Buchst. e DSGVO, Vorschlag', 20),
  ('finance', 'Bankverbindungen und Belege', 'Ende des Rechnungsjahres', interval '10 years', 'gelöscht, der Abschluss bleibt', '§ 24 Abs. 2 PartG', 30),
  ('archive', 'Niederschriften und Beschlüsse', 'Tag der Sitzung', null, 'Parteiarchiv, Persönliches geprüft', 'Satzung', 40),
  ('work', 'Aufträge und Meldungen', 'Ende des Auftrags', interval '5 years', 'gelöscht, die Zahl bleibt', 'Vorschlag', 50),
  ('draft', 'Verworfene Dokumente', 'Tag des Einlesens', interval '30 days', 'gelöscht', 'Vorschlag', 60),
  ('account', 'Konten', 'Ende aller Ämter', interval '6 months', 'gelöscht', 'Vorschlag', 70),
  ('audit-change', 'Protokoll der Änderungen', 'Tag des Eintrags', interval '24 months', 'gelöscht', 'Vorschlag 12 bis 24 Monate', 80),
  ('audit-access', 'Protokoll der Einsicht und Ausgaben', 'Tag des Eintrags', interval '12 months', 'gelöscht', 'Vorschlag 12 bis 24 Monate', 81),
  ('request', 'Anfragen zum Datenschutz', 'Ende des Jahres der Antwort', interval '3 years', 'gelöscht', '§ 31 OWiG, Vorschlag', 90),
  ('breach', 'Vorfälle', 'Abschluss des Vorfalls', interval '5 years', 'gelöscht', 'Art. 33 Abs. 5 DSGVO, Vorschlag', 91);

select privacy.impersonal('platform.migration', 'platform.setting', 'access.data_class', 'access.role', 'access.role_right', 'identity.protection_key',
  'audit.reason', 'audit.reason_rule', 'audit.chain', 'audit.sealing', 'audit.anchor',
  'privacy.process', 'privacy.retention_rule', 'privacy.retention_job', 'privacy.declared_table', 'privacy.declared_column');
select privacy.audit_too('access.role', 'access.role_right', 'audit.reason_rule', 'privacy.retention_rule');
select privacy.personal('audit.entry', 'Protokoll', 'audit', 'audit-change', 'subject_id',
  '{"actor": "wer / P8 / keep", "subject_id": "wen es betrifft / P8 / keep", "key": "Schlüssel der Zeile / P8 / keep", "origin": "woher / P8 / keep", "at": "wann / P8 / keep"}',
  '{chain,position,action,object,columns,division_id,reason_id,hash}');
select privacy.personal('audit.waiting', 'Protokoll, noch nicht verkettet', 'audit', 'audit-change', 'subject_id',
  '{"actor": "wer / P8 / keep", "subject_id": "wen es betrifft / P8 / keep", "key": "Schlüssel der Zeile / P8 / keep", "origin": "woher / P8 / keep", "at": "wann / P8 / keep"}',
  '{id,xact,chain,action,object,columns,division_id,reason_id}');
update privacy.declared_table set audited = false where table_name like 'audit.%' and table_name <> 'audit.reason_rule';
select privacy.personal('identity.account', 'Konto', 'accounts', 'account', null,
  '{"person_id": "Person / P2 / delete", "user_name": "Benutzername / P2 / delete", "normalized_user_name": "Benutzername, vereinheitlicht / P2 / delete", "email": "E-Mail / P2 / delete", "normalized_email": "E-Mail, vereinheitlicht / P2 / delete",
    "phone_number": "Telefon / P2 / delete", "password_hash": "Kennwort, nicht lesbar / P8 / delete", "security_stamp": "Sicherheitsmerkmal / P8 / delete"}',
  '{id,email_confirmed,concurrency_stamp,phone_number_confirmed,two_factor_enabled,lockout_end,lockout_enabled,access_failed_count}');
select privacy.personal('identity.account_claim', 'Merkmale des Kontos', 'accounts', 'account', null, '{"claim_value": "Merkmal / P8 / delete"}', '{id,user_id,claim_type}');
select privacy.personal('identity.account_login', 'Anmeldung über andere Dienste', 'accounts', 'account', null, '{"provider_key": "Kennung beim Dienst / P8 / delete", "provider_display_name": "Dienst / P8 / delete"}', '{login_provider,user_id}');
select privacy.personal('identity.account_token', 'Code-App und Ersatzcodes', 'accounts', 'account', null, '{"value": "Geheimnis der Code-App / P8 / delete"}', '{user_id,login_provider,name}');
select privacy.personal('identity.account_passkey', 'Geräte zum Anmelden', 'accounts', 'account', null, '{"data": "Gerät / P8 / delete", "credential_id": "Kennung des Geräts / P8 / delete"}', '{user_id}');
update privacy.declared_table set subject_column = 'person_id' where table_name = 'identity.account';
