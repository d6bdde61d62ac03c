-- Letters by e-mail. A room puts one in within its own transaction; the sender takes it from here, so that nothing is sent of what was
-- rolled back, and nothing is lost while the server for mail is away.
create schema mail;
grant usage on schema mail to anlauf_app;

create table mail.outbox (
  id uuid primary key,
  recipient text not null check (recipient ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  subject text not null check (subject !~ '[[:cntrl:]]'),
  -- goes when the letter has left or has come to its end
  body bytea,
  -- whom it is about, where the caller knows: an erasure takes it along
  person_id integer,
  caused_by text not null,
  made_at timestamptz not null default now()
);
create index on mail.outbox (person_id);

-- how far a letter is; apart from it, because each try would otherwise be a change of data of a person
create table mail.delivery (
  letter_id uuid primary key references mail.outbox on delete cascade,
  due_at timestamptz not null default now(),
  tries integer not null default 0,
  -- why the last try failed: a code, never a text of the other side
  trouble text,
  ended_at timestamptz,
  outcome text check (outcome in ('sent', 'bounced', 'given up')),
  check ((ended_at is null) = (outcome is null))
);
create index on mail.delivery (due_at) where ended_at is null;

alter table mail.outbox enable row level security;
alter table mail.delivery enable row level security;
create policy by_system on mail.outbox using (access.is_system()) with check (access.is_system());
create policy by_system on mail.delivery using (access.is_system()) with check (access.is_system());
grant select, update, delete on mail.outbox, mail.delivery to anlauf_app;

-- whoever acts may cause a letter by what they do; nobody reads one here
create function mail.put(letter uuid, recipient text, subject text, body bytea, person integer) returns void language plpgsql security definer set search_path = '' as $$
begin
  if access.actor() is null then raise exception 'nobody acts' using errcode = '42501'; end if;
  insert into mail.outbox (id, recipient, subject, body, person_id, caused_by) values (letter, recipient, subject, body, person, access.actor());
  insert into mail.delivery (letter_id) values (letter);
end $$;

-- the next letter that is due. Taking it sets the next try, so that a sender that dies takes nothing with it: 1, 5, 15 minutes, 1, 4, 12, 24 hours
create function mail.take() returns table (id uuid, recipient text, subject text, body bytea, tries integer) language sql as $$
  with next as (select d.letter_id from mail.delivery d where d.ended_at is null and d.due_at <= now() order by d.due_at limit 1 for update skip locked),
  taken as (update mail.delivery d set tries = d.tries + 1, due_at = now() + (array['1 minute', '5 minutes', '15 minutes', '1 hour', '4 hours', '12 hours', '24 hours'])[least(d.tries + 1, 7)]::interval
    from next n where d.letter_id = n.letter_id returning d.letter_id, d.tries)
  select o.id, o.recipient, o.subject, o.body, t.tries from taken t join mail.outbox o on o.id = t.letter_id
$$;

-- what stands and what went wrong, in numbers, for those who administer
create function mail.standing() returns table (waiting bigint, oldest timestamptz, sent bigint, bounced bigint, given_up bigint, trouble text) language plpgsql stable security definer set search_path = '' as $$
begin
  if not access.is_system() and coalesce(array_length(access.divisions_for('P1', 'organisation', 'administer'), 1), 0) = 0 then return; end if;
  return query select count(*) filter (where d.ended_at is null), min(o.made_at) filter (where d.ended_at is null), count(*) filter (where d.outcome = 'sent'),
      count(*) filter (where d.outcome = 'bounced'), count(*) filter (where d.outcome = 'given up'),
      (select l.trouble from mail.delivery l where l.trouble is not null and l.ended_at is null order by l.due_at desc limit 1)
    from mail.delivery d join mail.outbox o on o.id = d.letter_id where d.ended_at is null or d.ended_at > now() - interval '7 days';
end $$;
grant execute on function mail.put(uuid, text, text, bytea, integer), mail.take(), mail.standing() to anlauf_app;

insert into privacy.process (id, name, purpose, basis, basis_text, persons, recipients, source, sort) values
  ('mail', 'Versand von E-Mails', 'Einladungen, Bestätigungen und Nachrichten zustellen, die eine andere Verarbeitung veranlasst', 'interest', 'wie die Verarbeitung, die die E-Mail veranlasst', 'Menschen, denen der Verband schreibt', 'Betreiber des Postausgangs', 'aus der Verarbeitung, die sie veranlasst', 55);
insert into privacy.retention_rule (id, name, starts, period, outcome, basis, sort) values
  ('mail', 'E-Mails', 'Tag des Versands, ohne Versand Tag des Schreibens; der Text geht schon mit dem Versand', interval '30 days', 'gelöscht', 'Art. 5 Abs. 1 Buchst. e DSGVO, Vorschlag', 75);
insert into privacy.retention_job (rule_id, table_name, begins_sql) values
  ('mail', 'mail.outbox', 'coalesce((select d.ended_at from mail.delivery d where d.letter_id = t.id), t.made_at)::date');
select privacy.personal('mail.outbox', 'E-Mail', 'mail', 'mail', 'person_id',
  '{"person_id": "Person / P2 / delete", "recipient": "Adresse / P2 / redact", "subject": "Betreff / P2 / redact", "body": "Text, bis zum Versand / P2 / delete / encrypted", "caused_by": "veranlasst von / P8 / delete"}',
  '{id,made_at}');
select privacy.impersonal('mail.delivery');
