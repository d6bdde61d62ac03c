-- Calls: what came of it and what is next. The id is made by the device that wrote it, so that a note sent twice is kept once.
create table welcome.call (
  id uuid primary key,
  -- the order in which the notes came in
  number bigint generated always as identity,
  arrival_id integer not null references welcome.arrival on delete cascade,
  person_id integer not null references organisation.person on delete cascade,
  by_person_id integer,
  -- when it was, by the clock of the device
  at timestamptz not null default now(),
  outcome text not null check (outcome in ('reached', 'missed', 'voicemail', 'wrong-number', 'invited', 'met', 'task', 'declined', 'mailed')),
  -- not before this day again
  next_on date
);
create index on welcome.call (arrival_id, at desc);
create index on welcome.call (person_id, at desc);
-- the note beside it, encrypted, of a class of its own: fewer may read it than may see that there was a call
create table welcome.care_note (
  call_id uuid primary key references welcome.call on delete cascade,
  person_id integer not null references organisation.person on delete cascade,
  note bytea not null
);

-- who works on an arrival: the named contact, or whoever welcomes new members in its division
create function welcome.mine(arrival integer) returns boolean language sql stable security definer set search_path = '' as $$
  select access.is_system() or exists (select from welcome.arrival a where a.id = arrival and a.closed_on is null and not a.person_id = any (privacy.hidden_persons())
    and (a.contact_person_id = access.person_id() or a.division_id = any (access.divisions_for('P2', 'welcome', 'edit'))))
$$;
grant execute on function welcome.mine(integer) to anlauf_app;

alter table welcome.call enable row level security;
alter table welcome.care_note enable row level security;
create policy reach on welcome.call for select using (by_person_id = (select access.person_id()) or exists (select from welcome.arrival a where a.id = arrival_id));
create policy note on welcome.call for insert with check (welcome.mine(arrival_id) and (by_person_id is not distinct from (select access.person_id()) or access.is_system())
  and person_id = (select a.person_id from welcome.arrival a where a.id = arrival_id));
-- the note is for whoever wrote it, the contact of now, and those whose office has the notes of the division; a division may close it to those above
create policy reach on welcome.care_note for select using (exists (select from welcome.call c left join welcome.arrival a on a.id = c.arrival_id where c.id = call_id
  and (c.by_person_id = (select access.person_id()) or a.contact_person_id = (select access.person_id()) or a.division_id = any ((select access.divisions_for('P4', 'care-notes', 'read'))::integer[]))));
create policy note on welcome.care_note for insert with check (exists (select from welcome.call c where c.id = call_id and c.person_id = care_note.person_id and c.by_person_id is not distinct from (select access.person_id())));
create policy restricted on welcome.care_note as restrictive for select using (person_id <> all ((select privacy.hidden_persons())::integer[]));
create policy restricted on welcome.call as restrictive for select using (person_id <> all ((select privacy.hidden_persons())::integer[]));
grant select, insert on welcome.call, welcome.care_note to anlauf_app;

-- what a call changes: the step it kept, the wish not to be called
create function welcome.follow_call() returns trigger language plpgsql security definer set search_path = '' as $$
declare said date := least((new.at at time zone 'Europe/Berlin')::date, current_date);
begin
  update welcome.step s set done_on = said, done_by = new.by_person_id where s.arrival_id = new.arrival_id and s.done_on is null
    and (s.step = 'first-contact' and new.outcome in ('reached', 'invited', 'met', 'task', 'declined') or s.step = 'first-meeting' and new.outcome = 'met' or s.step = 'first-task' and new.outcome = 'task');
  update welcome.duty d set done_on = said, done_by = new.by_person_id where d.arrival_id = new.arrival_id and d.done_on is null and d.duty = 'first-meeting' and new.outcome = 'met';
  if new.outcome = 'declined' then
    update welcome.arrival a set declined_on = said where a.id = new.arrival_id;
    insert into privacy.person_flag (person_id, kind) values (new.person_id, 'no-contact') on conflict do nothing;
    insert into organisation.person_history (person_id, by_person_id, sentence) values (new.person_id, new.by_person_id, 'Wünscht keine Ansprache, gesagt am Telefon');
  end if;
  return null;
end $$;
create trigger follow after insert on welcome.call for each row execute function welcome.follow_call();

-- all open arrivals of one contact to another, in one step: by the contact, or by whoever welcomes new members there
create function welcome.hand_over(giver integer, taker integer) returns integer language plpgsql security definer set search_path = '' as $$
declare n integer;
begin
  if giver = taker or not exists (select from welcome.contact c where c.person_id = taker and current_date between c.valid_from and coalesce(c.valid_to, 'infinity'::date)) then return 0; end if;
  update welcome.arrival a set contact_person_id = taker, way = 'by-hand' where a.contact_person_id = giver and a.closed_on is null and a.person_id <> taker
    and (access.is_system() or giver = access.person_id() or a.division_id = any (access.divisions_for('P2', 'welcome', 'edit')))
    -- within one association only
    and exists (select from welcome.contact c join organisation.division_closure x on x.descendant_id = c.division_id join organisation.division_closure y on y.ancestor_id = x.ancestor_id where c.person_id = taker and y.descendant_id = a.division_id);
  get diagnostics n = row_count;
  return n;
end $$;
grant execute on function welcome.hand_over(integer, integer) to anlauf_app;

-- open steps that nobody took up, as they rise: the Kreis sees them after some days, the Land later. One row for each division that looks
-- at them through an office of the acting person
create function welcome.escalated() returns table (level text, seen_by integer, division_id integer, arrival_id integer, step text, promised_on date, late integer) language sql stable security definer set search_path = '' as $$
  with late as (
    select distinct on (a.id) a.id, a.division_id, s.step, s.promised_on, current_date - s.promised_on as days, a.received_on
    from welcome.arrival a join welcome.step s on s.arrival_id = a.id
    where a.closed_on is null and s.done_on is null and s.promised_on < current_date
      and not a.person_id = any ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[])
    order by a.id, s.promised_on)
  select distinct case when c.depth = 0 then 'own' when d.kind = 'StateAssociation' then 'state' else 'district' end, o.division_id, l.division_id, l.id, l.step, l.promised_on, l.days
  from late l join organisation.division_closure c on c.descendant_id = l.division_id
  join access.offices_of(access.person_id()) o on o.division_id = c.ancestor_id
  join access.role_right r on r.role_id = o.role_id and r.feature = 'welcome' and r.action = 'edit' and r.data_class = 'P2' and (c.depth = 0 or r.reach = 'subtree')
  join organisation.division d on d.id = c.ancestor_id
  where c.depth = 0
    or d.kind <> 'StateAssociation' and l.days >= (select w.days from welcome.rule w where w.id = 'district')
    or d.kind = 'StateAssociation' and (l.days >= (select w.days from welcome.rule w where w.id = 'state')
      -- entering takes nowhere longer than this, whatever was promised
      or l.step = 'entered' and current_date - l.received_on > (select w.days from welcome.rule w where w.id = 'entry'))
$$;
grant execute on function welcome.escalated() to anlauf_app;

insert into privacy.retention_rule (id, name, starts, period, outcome, basis, sort) values
  ('care-note', 'Notizen aus Anrufen', 'letztes Gespräch; mit dem Austritt sofort', interval '24 months', 'gelöscht', 'Art. 5 Abs. 1 Buchst. e DSGVO, Vorschlag', 21);
insert into privacy.retention_job (rule_id, table_name, begins_sql) values
  ('care-note', 'welcome.care_note', $$coalesce((select max(m.left_on) - (select r.period from privacy.retention_rule r where r.id = 'care-note') from members.party_membership m where m.person_id = t.person_id
      and not exists (select from members.party_membership n where n.person_id = m.person_id and n.left_on is null))::date, (select max(c.at)::date from welcome.call c where c.person_id = t.person_id))$$),
  ('care', 'welcome.call', '(select max(c.at)::date from welcome.call c where c.person_id = t.person_id)');
select privacy.personal('welcome.call', 'Anruf', 'care', 'care', 'person_id',
  '{"person_id": "Person / P2 / delete", "by_person_id": "wer anrief / P1 / keep", "at": "wann / P2 / delete", "outcome": "Ergebnis / P2 / delete", "next_on": "nicht vor / P2 / delete"}', '{id,number,arrival_id}');
select privacy.personal('welcome.care_note', 'Notiz aus einem Anruf', 'care', 'care-note', 'person_id',
  '{"person_id": "Person / P4 / delete", "note": "Notiz / P4 / delete / encrypted"}', '{call_id}');

-- who may take over: contacts of the associations in which the acting person welcomes
create function welcome.takers() returns table (person_id integer, name text, division text) language sql stable security definer set search_path = '' as $$
  select distinct c.person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), d.short_name
  from welcome.contact c join organisation.person p on p.id = c.person_id join organisation.division d on d.id = c.division_id
  join organisation.division_closure x on x.descendant_id = c.division_id join organisation.division r on r.id = x.ancestor_id and r.parent_id is null
  where current_date between c.valid_from and coalesce(c.valid_to, 'infinity'::date) and c.person_id is distinct from access.person_id()
    and exists (select from organisation.division_closure y where y.ancestor_id = r.id and (y.descendant_id = any (access.divisions_for('P2', 'welcome', 'edit'))
      or exists (select from welcome.contact m where m.person_id = access.person_id() and m.division_id = y.descendant_id)))
$$;
grant execute on function welcome.takers() to anlauf_app;

-- whoever waits without a contact gets one as soon as there is one; by those who welcome there
create function welcome.give_out() returns integer language plpgsql security definer set search_path = '' as $$
declare a record; r record; n integer := 0;
begin
  for a in select x.id, x.person_id, x.area_key, m.division_id as home from welcome.arrival x join members.party_membership m on m.id = x.membership_id
      where x.closed_on is null and x.contact_person_id is null and (access.is_system() or x.division_id = any (access.divisions_for('P2', 'welcome', 'edit'))) order by x.received_on, x.id loop
    r := welcome.route(a.home, a.area_key, a.person_id);
    if r.contact is not null then
      update welcome.arrival x set division_id = r.division, contact_person_id = r.contact, way = r.way where x.id = a.id;
      n := n + 1;
    end if;
  end loop;
  return n;
end $$;
grant execute on function welcome.give_out() to anlauf_app;
