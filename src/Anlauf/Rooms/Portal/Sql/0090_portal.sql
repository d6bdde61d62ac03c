-- What strangers write to the association. They write it to a process of its own, which comes here as a role of its own: that role
-- may put one sealed message into the box by one function, and may read nothing, not even what it has just written.
create schema portal;
grant usage on schema portal to anlauf_app, anlauf_portal;

-- which division's public keys are in use outside; the private halves are derived from the key file and are never here
create table portal.key (
  division_id integer not null references organisation.division,
  key_id integer not null,
  public_key bytea not null check (octet_length(public_key) = 65),
  handed_out_at timestamptz not null default now(),
  -- a public key that another has replaced is taken a few days longer, so that the form outside is never without one
  ended_at timestamptz,
  primary key (division_id, key_id)
);

create table portal.message (
  -- chosen by the sender's process, because the sealed text is bound to it
  id uuid primary key,
  -- whose box it lies in; passing it on changes this
  division_id integer not null references organisation.division,
  received_at timestamptz not null default now(),
  content bytea not null,
  -- by whom stands in the audit
  answered_at timestamptz
);
create index on portal.message (division_id, received_at desc);

alter table portal.key enable row level security;
alter table portal.message enable row level security;
create policy readable on portal.key for select using (access.actor() is not null);
create policy by_system on portal.key using (access.is_system()) with check (access.is_system());
create policy reach on portal.message for select using (division_id = any ((select access.divisions_for('P2', 'inbox', 'read'))::integer[]));
create policy edit on portal.message using (division_id = any ((select access.divisions_for('P2', 'inbox', 'edit'))::integer[]));
grant select, insert, update on portal.key to anlauf_app;
-- the program never puts a message in: only the function below does
grant select, update, delete on portal.message to anlauf_app;

-- the only thing the public side may do. Whoever has taken it over can fill the box, but not beyond a measure, and learns nothing
create function portal.leave(message uuid, division integer, used_key integer, sealed bytea) returns void
  language plpgsql security definer set search_path = '' as $$
begin
  if octet_length(sealed) not between 87 and 24000 or get_byte(sealed, 0) <> 2 or substring(sealed from 2 for 4) <> int4send(used_key) then
    raise exception 'not a sealed message' using errcode = '22023';
  end if;
  if not exists (select from portal.key k where k.division_id = division and k.key_id = used_key and (k.ended_at is null or k.ended_at > now())) then
    raise exception 'no such box' using errcode = '22023';
  end if;
  if (select count(*) from portal.message m where m.division_id = division and m.received_at > now() - interval '1 hour') >= 500 then
    raise exception 'the box is full for this hour' using errcode = '53400';
  end if;
  -- whatever the caller has set: the audit says that it came from outside
  perform set_config('anlauf.actor', 'portal', true), set_config('anlauf.origin', 'öffentliches Formular', true);
  insert into portal.message (id, division_id, content) values (message, division, sealed);
end $$;
grant execute on function portal.leave(uuid, integer, integer, bytea) to anlauf_portal;

insert into access.feature values ('inbox', 'Zuschriften', 'Menschen antworten, die Kontakt suchen oder mitmachen möchten', 150);
-- a role that is held is given its part; an association takes it away or gives it to others as it likes
insert into access.role_right (role_id, feature, action, data_class, reach)
select r.role, 'inbox', a.action, 'P2', r.reach from (values ('state-manager', 'subtree'), ('district-chair', 'subtree'), ('local-chair', 'own')) as r (role, reach), (values ('read'), ('edit')) as a (action)
on conflict do nothing;

insert into privacy.process (id, name, purpose, basis, basis_text, persons, recipients, source, sort) values
  ('contact', 'Zuschriften über das öffentliche Formular', 'Antworten, wenn jemand Kontakt sucht oder mitmachen möchte', 'consent', 'Art. 6 Abs. 1 Buchst. a und Art. 9 Abs. 2 Buchst. a DSGVO (ausdrückliche Einwilligung)', 'Menschen, die uns schreiben', 'Landesgeschäftsführung; nach Weitergabe der Vorsitz der Gliederung am Wohnort', 'von der Person selbst', 45);
insert into privacy.retention_rule (id, name, starts, period, outcome, basis, sort) values
  ('contact', 'Zuschriften', 'Tag der Antwort, ohne Antwort Tag des Eingangs', interval '6 months', 'gelöscht', 'Art. 5 Abs. 1 Buchst. e DSGVO, Vorschlag', 65);
insert into privacy.retention_job (rule_id, table_name, begins_sql) values ('contact', 'portal.message', 'coalesce(t.answered_at, t.received_at)::date');
select privacy.impersonal('portal.key');
select privacy.personal('portal.message', 'Zuschrift', 'contact', 'contact', null,
  '{"content": "Name, Kontakt, Postleitzahl, Text / P2 / delete / encrypted", "received_at": "eingegangen / P2 / keep"}',
  '{id,division_id,answered_at}');
