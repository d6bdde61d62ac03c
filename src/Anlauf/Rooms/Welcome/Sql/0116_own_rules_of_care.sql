-- Days and anniversaries of a division's own: they stand above those of the house, with day and name, and go with one step.
create table welcome.own_rule (
  division_id integer not null references organisation.division,
  rule_id text not null references welcome.rule,
  days integer not null check (days between 0 and 36500),
  changed_on date not null default current_date,
  by_person_id integer,
  primary key (division_id, rule_id)
);
-- a division that has one of its own has all of its own
create table welcome.own_jubilee (
  division_id integer not null references organisation.division,
  years integer not null check (years between 1 and 99),
  words text not null check (trim(words) <> '' and length(words) <= 120),
  changed_on date not null default current_date,
  by_person_id integer,
  primary key (division_id, years)
);
do $$ declare t text; begin
  foreach t in array array['own_rule', 'own_jubilee'] loop
    execute format('alter table welcome.%I enable row level security', t);
    execute format('create policy readable on welcome.%I for select using (access.actor() is not null)', t);
    execute format('create policy edit on welcome.%I using (division_id = any ((select access.divisions_for(''P1'', ''house-rules'', ''edit''))::integer[]))', t);
    execute format('grant select, insert, update, delete on welcome.%I to anlauf_app', t);
  end loop;
end $$;
select privacy.personal('welcome.own_rule', 'Eigene Frist', 'care', 'archive', null, '{"by_person_id": "festgelegt von / P1 / keep"}', '{division_id,rule_id,days,changed_on}');
select privacy.personal('welcome.own_jubilee', 'Eigenes Jubiläum', 'care', 'archive', null, '{"by_person_id": "festgelegt von / P1 / keep"}', '{division_id,years,words,changed_on}');

create function welcome.days_of(rule text, division integer) returns integer language sql stable security definer set search_path = '' as $$
  select coalesce((select o.days from organisation.division_closure c join welcome.own_rule o on o.division_id = c.ancestor_id and o.rule_id = rule where c.descendant_id = division order by c.depth limit 1),
    (select r.days from welcome.rule r where r.id = rule))
$$;
create function welcome.jubilees_of(division integer) returns table (years integer, words text) language sql stable security definer set search_path = '' as $$
  with near as (select c.ancestor_id as id from organisation.division_closure c where c.descendant_id = division and exists (select from welcome.own_jubilee o where o.division_id = c.ancestor_id) order by c.depth limit 1)
  select o.years, o.words from welcome.own_jubilee o join near on near.id = o.division_id
  union all select j.years, j.words from welcome.jubilee j where not exists (select from near)
$$;
grant execute on function welcome.days_of(text, integer), welcome.jubilees_of(integer) to anlauf_app;

create function welcome.keep_rule_history() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  row record := case when tg_op = 'DELETE' then old else new end;
begin
  if tg_table_name = 'own_rule' then
    insert into organisation.history (division_id, person_id, sentence) select row.division_id, access.person_id(),
      'Eigene Regel ' || case tg_op when 'DELETE' then 'aufgehoben, wieder ' || r.days else row.days::text end || ': ' || r.words from welcome.rule r where r.id = row.rule_id;
  else
    insert into organisation.history (division_id, person_id, sentence) values (row.division_id, access.person_id(), 'Jubiläum nach ' || row.years || ' Jahren: ' || case tg_op when 'DELETE' then 'nicht mehr eigens geregelt' else row.words end);
  end if;
  return null;
end $$;
create trigger history after insert or update or delete on welcome.own_rule for each row execute function welcome.keep_rule_history();
create trigger history after insert or update or delete on welcome.own_jubilee for each row execute function welcome.keep_rule_history();

create or replace function welcome.follow_membership() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  known welcome.arrival; r record; gone boolean := new.left_on is not null or new.state in ('left', 'refused');
  received date := coalesce(new.received_on, new.declared_on);
begin
  select * into known from welcome.arrival a where a.membership_id = new.id;
  if known.id is null then
    -- the day first: a register that is read in has a hundred thousand rows of which few are new
    if gone or received is null then return null; end if;
    if received < coalesce(nullif(current_setting('anlauf.newcomers_from', true), '')::date, current_date - (welcome.days_of('horizon', new.division_id) - 1)) then return null; end if;
    -- where nothing is promised nothing opens
    if not exists (select from members.steps_of(new.division_id)) then return null; end if;
    r := welcome.route(new.division_id, new.area_key, new.person_id);
    insert into welcome.arrival (membership_id, person_id, division_id, contact_person_id, way, area_key, received_on, effective_on)
      values (new.id, new.person_id, r.division, r.contact, r.way, new.area_key, received, coalesce(new.effective_on, new.objection_until)) returning * into known;
    insert into welcome.step (arrival_id, step, promised_on, done_on)
      select known.id, s.step, received + s.days, case when s.step = 'entered' then new.entered_on end from members.steps_of(new.division_id) s;
    if new.state in ('applied', 'awaiting-decision', 'awaiting-objection') then
      insert into welcome.duty (arrival_id, duty) select known.id, d from unnest(array['congratulation', 'first-meeting', 'rights']) d;
    end if;
    return null;
  end if;
  if known.closed_on is null and gone then
    update welcome.arrival a set closed_on = coalesce(new.left_on, current_date), outcome = case when new.state = 'refused' or new.left_reason = 'refused' then 'refused' else 'left' end where a.id = known.id;
    return null;
  end if;
  update welcome.step s set done_on = new.entered_on where s.arrival_id = known.id and s.step = 'entered' and s.done_on is null and new.entered_on is not null;
  if known.closed_on is null and (new.area_key is distinct from known.area_key or tg_op = 'UPDATE' and new.division_id is distinct from old.division_id) then
    r := welcome.route(new.division_id, new.area_key, new.person_id);
    update welcome.arrival a set division_id = r.division, contact_person_id = r.contact, way = r.way, area_key = new.area_key where a.id = known.id;
  end if;
  update welcome.arrival a set effective_on = coalesce(new.effective_on, new.objection_until) where a.id = known.id and a.effective_on is distinct from coalesce(new.effective_on, new.objection_until);
  return null;
end $$;

create or replace function welcome.escalated() returns table (level text, seen_by integer, division_id integer, arrival_id integer, step text, promised_on date, late integer) language sql stable security definer set search_path = '' as $$
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
    or d.kind <> 'StateAssociation' and l.days >= welcome.days_of('district', l.division_id)
    or d.kind = 'StateAssociation' and (l.days >= welcome.days_of('state', l.division_id)
      -- entering takes nowhere longer than this, whatever was promised
      or l.step = 'entered' and current_date - l.received_on > welcome.days_of('entry', l.division_id))
$$;

-- open arrivals of chosen persons to a contact, in one step: each where the acting person welcomes, or is the contact now. The rest stays,
-- and the numbers say so
create function welcome.give_to(persons integer[], taker integer, out given integer, out arriving integer) language plpgsql security definer set search_path = '' as $$
begin
  select count(*)::int into arriving from welcome.arrival a where a.person_id = any (persons) and a.closed_on is null and not a.person_id = any (privacy.hidden_persons())
    and (access.is_system() or a.contact_person_id = access.person_id() or a.division_id = any (access.divisions_for('P2', 'welcome', 'read')));
  given := 0;
  if not exists (select from welcome.contact c where c.person_id = taker and current_date between c.valid_from and coalesce(c.valid_to, 'infinity'::date)) then return; end if;
  update welcome.arrival a set contact_person_id = taker, way = 'by-hand' where a.person_id = any (persons) and a.closed_on is null and a.person_id <> taker and a.contact_person_id is distinct from taker
    and not a.person_id = any (privacy.hidden_persons())
    and (access.is_system() or a.contact_person_id = access.person_id() or a.division_id = any (access.divisions_for('P2', 'welcome', 'edit')))
    -- within one association only
    and exists (select from welcome.contact c join organisation.division_closure x on x.descendant_id = c.division_id join organisation.division_closure y on y.ancestor_id = x.ancestor_id where c.person_id = taker and y.descendant_id = a.division_id);
  get diagnostics given = row_count;
end $$;
grant execute on function welcome.give_to(integer[], integer) to anlauf_app;
