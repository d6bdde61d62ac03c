-- Who waits for a call: the one definition behind „Heute“, „Anrufe“ and „Ankommen“. Somebody waits whose next promised step is done by
-- phone, who may be addressed and is not to be called on a later day: entrusted to the acting person, or, where nobody is, within the
-- divisions in which they welcome new members. They wait since they were last spoken to, before that since the declaration came in.
create function welcome.waiting(only_mine boolean default false) returns table (arrival_id integer, mine boolean, step text, promised_on date, since date, called_today boolean) language sql stable security definer set search_path = '' as $$
  with me as materialized (
    select access.person_id() as id, access.divisions_for('P2', 'welcome', 'edit') as divisions, privacy.flagged('no-contact') || privacy.flagged('restricted') || privacy.hidden_persons() as silent
  ), work as materialized (
    select a.id, coalesce(a.contact_person_id = me.id, false) as mine, n.step, n.promised_on, greatest(a.received_on, s.spoken_on) as since, coalesce(c.day = current_date, false) as called_today
    from me join welcome.arrival a on a.contact_person_id = me.id or not only_mine and a.division_id = any (me.divisions)
    join lateral (select x.step, x.promised_on from welcome.step x where x.arrival_id = a.id and x.done_on is null and x.step <> 'entered' order by x.promised_on, x.step limit 1) n on true
    cross join lateral (select max(x.done_on) as spoken_on from welcome.step x where x.arrival_id = a.id and x.step <> 'entered') s
    left join lateral (select x.next_on, (x.at at time zone 'Europe/Berlin')::date as day from welcome.call x where x.arrival_id = a.id and x.outcome <> 'undone' order by x.at desc, x.number desc limit 1) c on true
    where a.closed_on is null and a.declined_on is null and a.person_id <> all (me.silent) and coalesce(c.next_on, current_date) <= current_date)
  select w.id, w.mine, w.step, w.promised_on, w.since, w.called_today from work w where w.mine or not exists (select from work x where x.mine)
$$;
grant execute on function welcome.waiting(boolean) to anlauf_app;

-- A call noted by mistake is taken back by whoever noted it, within a quarter of an hour, as long as nothing was noted after it. The call
-- stays with the outcome 'undone', so that the audit and a device that sends it again find it and nothing counts it; what it changed is as before.
alter table welcome.call add column noted_at timestamptz, add column taken_back text;
alter table welcome.call drop constraint call_outcome_check, add constraint call_outcome_check check (outcome in ('reached', 'missed', 'voicemail', 'wrong-number', 'invited', 'met', 'task', 'declined', 'mailed', 'undone') and (outcome = 'undone') = (taken_back is not null));
alter table welcome.call alter column noted_at set default now();
alter table welcome.step add column call_id uuid references welcome.call on delete set null;
alter table welcome.duty add column call_id uuid references welcome.call on delete set null;
create index on welcome.step (call_id) where call_id is not null;
create index on welcome.duty (call_id) where call_id is not null;
select privacy.personal('welcome.call', 'Anruf', 'care', 'care', 'person_id', '{"noted_at": "wann notiert / P2 / delete", "taken_back": "zurückgenommenes Ergebnis / P2 / delete"}', '{}');
select privacy.personal('welcome.step', 'Schritte beim Ankommen', 'care', 'care', null, '{}', '{call_id}');
select privacy.personal('welcome.duty', 'Wartezeit', 'care', 'care', null, '{}', '{call_id}');
create policy undone on welcome.call as restrictive for select using (outcome <> 'undone' or access.is_system());

-- A wish not to be addressed that a call brought goes with the call; said a second time, in whatever way, it stands on its own.
alter table privacy.person_flag add column call_id uuid;
select privacy.personal('privacy.person_flag', 'Einschränkung oder Widerspruch', 'privacy', 'request', 'person_id', '{}', '{call_id}');
create function privacy.say_again() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update privacy.person_flag f set call_id = null, request_id = coalesce(new.request_id, f.request_id)
    where f.person_id = new.person_id and f.kind = new.kind and f.call_id is not null and f.call_id is distinct from new.call_id;
  return new;
end $$;
create trigger say_again before insert on privacy.person_flag for each row execute function privacy.say_again();
create or replace function welcome.follow_call() returns trigger language plpgsql security definer set search_path = '' as $$
declare said date := least((new.at at time zone 'Europe/Berlin')::date, current_date);
begin
  update welcome.step s set done_on = said, done_by = new.by_person_id, call_id = new.id where s.arrival_id = new.arrival_id and s.done_on is null
    and (s.step = 'first-contact' and new.outcome in ('reached', 'invited', 'met', 'task', 'declined') or s.step = 'first-meeting' and new.outcome = 'met' or s.step = 'first-task' and new.outcome = 'task');
  update welcome.duty d set done_on = said, done_by = new.by_person_id, call_id = new.id where d.arrival_id = new.arrival_id and d.done_on is null and d.duty = 'first-meeting' and new.outcome = 'met';
  if new.outcome = 'declined' then
    update welcome.arrival a set declined_on = said where a.id = new.arrival_id;
    insert into privacy.person_flag (person_id, kind, call_id) values (new.person_id, 'no-contact', new.id) on conflict do nothing;
    insert into organisation.person_history (person_id, by_person_id, sentence) values (new.person_id, new.by_person_id, 'Wünscht keine Ansprache, gesagt am Telefon');
  end if;
  return null;
end $$;

create function welcome.undo_call(wanted uuid) returns integer language plpgsql security definer set search_path = '' as $$
declare c welcome.call;
begin
  select * into c from welcome.call x where x.id = wanted and x.by_person_id = access.person_id() and x.outcome <> 'mailed' for update;
  if c.id is null then return null; end if;
  -- sent twice is undone once
  if c.outcome = 'undone' then return c.arrival_id; end if;
  if c.noted_at is null or c.noted_at < now() - interval '15 minutes' or exists (select from welcome.call l where l.arrival_id = c.arrival_id and l.outcome <> 'undone' and l.number > c.number) then return null; end if;
  update welcome.call set taken_back = outcome, outcome = 'undone', next_on = null where id = wanted;
  delete from welcome.care_note n where n.call_id = wanted;
  update welcome.step s set done_on = null, done_by = null, call_id = null where s.call_id = wanted;
  update welcome.duty d set done_on = null, done_by = null, call_id = null where d.call_id = wanted;
  -- whoever had arrived by this call arrives still
  update welcome.arrival a set closed_on = null, outcome = null where a.id = c.arrival_id and a.outcome = 'arrived' and exists (select from welcome.step s where s.arrival_id = a.id and s.done_on is null);
  if c.outcome = 'declined' then
    update welcome.arrival a set declined_on = null where a.id = c.arrival_id;
    delete from privacy.person_flag f where f.person_id = c.person_id and f.kind = 'no-contact' and f.call_id = c.id;
    insert into organisation.person_history (person_id, by_person_id, sentence) values (c.person_id, c.by_person_id, 'Der Wunsch nach keiner Ansprache war ein Versehen beim Notieren und ist zurückgenommen');
  end if;
  return c.arrival_id;
end $$;
grant execute on function welcome.undo_call(uuid) to anlauf_app;
