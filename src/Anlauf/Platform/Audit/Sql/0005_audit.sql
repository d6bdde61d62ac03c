-- Who changed, read or took out what. Append-only and hash-chained: the database writes every change by triggers (see attach below),
-- the program writes protected reads and exports. No value of a person stands here, only keys and names of columns, so that an
-- erasure leaves nothing behind in it.
create schema audit;
grant usage on schema audit to anlauf_app;

-- why somebody looks: one click instead of free text, which would be personal data itself
create table audit.reason (
  id text primary key,
  name text not null,
  sort integer not null default 100
);
insert into audit.reason values
  ('request', 'Die Person hat darum gebeten', 10), ('duty', 'Laufende Aufgabe meines Amtes', 20), ('meeting', 'Einladung, Sitzung oder Wahl vorbereiten', 30),
  ('error', 'Fehler oder Doppelung klären', 40), ('privacy', 'Anfrage oder Prüfung zum Datenschutz', 50), ('incident', 'Vorfall untersuchen', 60), ('revision', 'Prüfung der Finanzen', 70);

-- where a reason must be given: a right (feature, action) from a data class on
create table audit.reason_rule (
  feature text not null,
  action text not null,
  data_class text not null references access.data_class,
  primary key (feature, action, data_class)
);

-- two chains: changes are kept longer than the record of who looked
create table audit.chain (
  name text primary key,
  position bigint not null default 0,
  hash bytea not null default '\x00',
  -- the newest entry that retention has removed; the chain begins after it
  start_position bigint not null default 0,
  start_hash bytea not null default '\x00'
);
insert into audit.chain (name) values ('access'), ('change');

create table audit.entry (
  chain text not null references audit.chain,
  position bigint not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  object text not null,
  key text,
  columns text[],
  subject_id integer,
  division_id integer,
  reason_id text references audit.reason,
  origin text not null default '',
  hash bytea not null,
  primary key (chain, position)
);
create index on audit.entry (at desc);
create index on audit.entry (subject_id, at desc) where subject_id is not null;
create index on audit.entry (actor, at desc);

-- entries of transactions that are not finished; they get their place in the chain at the commit. A lock during the transaction
-- would queue all writers behind one another and lead to deadlocks
create table audit.waiting (
  id bigint generated always as identity primary key,
  xact xid8 not null default pg_current_xact_id(),
  chain text not null,
  at timestamptz not null default clock_timestamp(),
  actor text not null default coalesce(access.actor(), 'database'),
  action text not null,
  object text not null,
  key text,
  columns text[],
  subject_id integer,
  division_id integer,
  reason_id text,
  origin text not null default coalesce(translate(current_setting('anlauf.origin', true), chr(31), ''), '')
);
create index on audit.waiting (xact);
create table audit.sealing (xact xid8 primary key);

-- the ends of the chains, signed with a key that the database does not have: one row for each chain and day
create table audit.anchor (
  chain text not null references audit.chain,
  day date not null,
  position bigint not null,
  hash bytea not null,
  start_position bigint not null,
  start_hash bytea not null,
  signed_at timestamptz not null,
  key_id integer not null,
  signature bytea not null,
  primary key (chain, day)
);

-- the link: SHA-256 over the previous hash and the entry's fields, joined by the unit separator, which none of them contains.
-- AuditChain.Link computes the same outside the database
create function audit.link(previous bytea, e audit.entry) returns bytea language sql immutable set search_path = '' as $$
  select sha256(previous || convert_to(array_to_string(array[e.chain, e.position::text, ((extract(epoch from e.at) * 1000000)::bigint)::text, e.actor, e.action, e.object,
    coalesce(e.key, ''), coalesce(array_to_string(e.columns, ','), ''), coalesce(e.subject_id::text, ''), coalesce(e.division_id::text, ''), coalesce(e.reason_id, ''), e.origin], chr(31)), 'UTF8'))
$$;

create function audit.seal() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  head record; waiting record; e audit.entry;
begin
  for head in select distinct w.chain as name from audit.waiting w where w.xact = new.xact order by 1 loop
    select c.position, c.hash into e.position, e.hash from audit.chain c where c.name = head.name for update;
    for waiting in select * from audit.waiting w where w.xact = new.xact and w.chain = head.name order by w.id loop
      e.chain := waiting.chain; e.position := e.position + 1; e.at := waiting.at; e.actor := waiting.actor; e.action := waiting.action; e.object := waiting.object;
      e.key := waiting.key; e.columns := waiting.columns; e.subject_id := waiting.subject_id; e.division_id := waiting.division_id; e.reason_id := waiting.reason_id; e.origin := waiting.origin;
      e.hash := audit.link(e.hash, e);
      insert into audit.entry select e.*;
    end loop;
    update audit.chain c set position = e.position, hash = e.hash where c.name = head.name;
  end loop;
  delete from audit.waiting w where w.xact = new.xact;
  delete from audit.sealing s where s.xact = new.xact;
  return null;
end $$;
create constraint trigger seal after insert on audit.sealing deferrable initially deferred for each row execute function audit.seal();

-- what the program notes: a protected read, an export, a run. The acting person comes from the session, never from the caller
create function audit.note(wanted_chain text, wanted_action text, wanted_object text, wanted_key text, subject integer, reason text, division integer default null)
  returns void language plpgsql security definer set search_path = '' as $$
begin
  if access.actor() is null then raise exception 'nobody acts' using errcode = '42501'; end if;
  if division is null then
    select p.division_id into division from organisation.person p where p.id = coalesce(subject, access.person_id());
  end if;
  insert into audit.waiting (chain, action, object, key, subject_id, division_id, reason_id)
    values (wanted_chain, wanted_action, translate(wanted_object, chr(31), ''), translate(wanted_key, chr(31), ''), subject, division, reason);
  insert into audit.sealing values (pg_current_xact_id()) on conflict do nothing;
end $$;
grant execute on function audit.note(text, text, text, text, integer, text, integer) to anlauf_app;

-- writes the trigger of one table: its own function, so that columns are compared as what they are and nothing is guessed at run time
create function audit.attach_to(wanted regclass, subject text) returns void language plpgsql set search_path = '' as $$
declare
  place text; plain text; fn text; keys text; same text; changed text; division text; written text; event text;
begin
  select format('%I.%I', n.nspname, c.relname), n.nspname || '.' || c.relname, format('audit.%I', 'note_' || n.nspname || '_' || c.relname)
    into place, plain, fn from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = wanted;
  -- @ stands for the row's name until the statement is put together
  select string_agg(format('%L, @.%I', a.attname, a.attname), ', ' order by k.n), string_agg(format('o.%1$I = n.%1$I', a.attname), ' and ' order by k.n)
    into keys, same
    from pg_catalog.pg_index i cross join lateral unnest(i.indkey::smallint[]) with ordinality k (attnum, n)
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where i.indrelid = wanted and i.indisprimary;
  if keys is null then raise exception '% has no primary key and cannot be audited', place; end if;
  select string_agg(format('case when o.%1$I%2$s is distinct from n.%1$I%2$s then %1$L end', a.attname, case when a.atttypid = 'json'::regtype then '::text' else '' end), ', ' order by a.attnum),
    coalesce(max(case when a.attname = 'division_id' then '@.division_id' end), case when plain = 'organisation.division' then '@.id' else 'null::integer' end)
    into changed, division from pg_catalog.pg_attribute a where a.attrelid = wanted and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
  written := format('jsonb_build_object(%s)::text, %s, %s', keys, case when subject is null then 'null::integer' else format('@.%I', subject) end, division);
  execute format($sql$
    create or replace function %s() returns trigger language plpgsql security definer set search_path = '' as $body$
    begin
      if tg_op = 'INSERT' then
        insert into audit.waiting (chain, action, object, key, subject_id, division_id) select 'change', 'insert', %L, %s from new_rows n;
      elsif tg_op = 'DELETE' then
        insert into audit.waiting (chain, action, object, key, subject_id, division_id) select 'change', 'delete', %L, %s from old_rows o;
      else
        insert into audit.waiting (chain, action, object, columns, key, subject_id, division_id)
          select 'change', 'update', %L, c.names, %s from old_rows o join new_rows n on %s cross join lateral (select array_remove(array[%s], null) as names) c where c.names <> '{}';
        -- a changed key: the old row went, another came
        insert into audit.waiting (chain, action, object, key, subject_id, division_id)
          select 'change', 'delete', %L, %s from old_rows o where not exists (select from new_rows n where %s)
          union all select 'change', 'insert', %L, %s from new_rows n where not exists (select from old_rows o where %s);
      end if;
      if exists (select from audit.waiting w where w.xact = pg_current_xact_id()) then
        insert into audit.sealing values (pg_current_xact_id()) on conflict do nothing;
      end if;
      return null;
    end $body$ $sql$,
    fn, plain, replace(written, '@.', 'n.'), plain, replace(written, '@.', 'o.'), plain, replace(written, '@.', 'n.'), same, changed,
    plain, replace(written, '@.', 'o.'), same, plain, replace(written, '@.', 'n.'), same);
  foreach event in array array['insert', 'update', 'delete'] loop
    execute format('create or replace trigger audit_%s after %s on %s %s for each statement execute function %s()', event, event, place,
      case event when 'insert' then 'referencing new table as new_rows' when 'delete' then 'referencing old table as old_rows' else 'referencing old table as old_rows new table as new_rows' end, fn);
  end loop;
end $$;

-- every table that holds data of persons, and those that decide who may see them; called by the migrator after the last migration
create function audit.attach() returns void language plpgsql set search_path = '' as $$
begin
  perform audit.attach_to(t.table_name::regclass, t.subject_column) from privacy.declared_table t where t.audited order by t.table_name;
end $$;
-- nobody but the owner attaches, links or seals
revoke execute on all functions in schema audit from public;

do $$ declare t text; begin
  foreach t in array array['reason', 'reason_rule', 'chain', 'entry', 'waiting', 'sealing', 'anchor'] loop
    execute format('alter table audit.%I enable row level security', t);
  end loop;
end $$;
create policy readable on audit.reason for select using (access.actor() is not null);
create policy readable on audit.reason_rule for select using (access.actor() is not null);
create policy by_system on audit.chain for select using (access.is_system());
create policy by_system on audit.entry for select using (access.is_system());
create policy by_system on audit.waiting for select using (access.is_system());
create policy by_system on audit.anchor using (access.is_system()) with check (access.is_system());
grant select on audit.reason, audit.reason_rule, audit.chain, audit.entry, audit.waiting to anlauf_app;
grant select, insert, update on audit.anchor to anlauf_app;
-- what is written stays as it is; only retention takes the oldest away (audit.forget)
create function audit.refuse() returns trigger language plpgsql set search_path = '' as $$
begin
  if coalesce(current_setting('anlauf.audit_retention', true), '') = 'on' and tg_op = 'DELETE' then return null; end if;
  raise exception 'entries of the audit are never changed' using errcode = '42501';
end $$;
create trigger append_only before update or delete on audit.entry for each statement execute function audit.refuse();

-- removes the oldest entries of a chain up to a day, and remembers where it begins now; returns how many went
create function audit.forget(wanted text, before timestamptz) returns bigint language plpgsql security definer set search_path = '' as $$
declare last record; gone bigint;
begin
  if not access.is_system() then raise exception 'only the system forgets' using errcode = '42501'; end if;
  perform from audit.chain c where c.name = wanted for update;
  -- the newest entry that may go: everything before the first one that must stay
  select e.position, e.hash into last from audit.entry e
    where e.chain = wanted and e.position < coalesce((select min(k.position) from audit.entry k where k.chain = wanted and k.at >= before), 'infinity'::numeric) order by e.position desc limit 1;
  if last.position is null then return 0; end if;
  perform set_config('anlauf.audit_retention', 'on', true);
  delete from audit.entry e where e.chain = wanted and e.position <= last.position;
  get diagnostics gone = row_count;
  perform set_config('anlauf.audit_retention', '', true);
  update audit.chain c set start_position = last.position, start_hash = last.hash where c.name = wanted;
  return gone;
end $$;
grant execute on function audit.forget(text, timestamptz) to anlauf_app;
