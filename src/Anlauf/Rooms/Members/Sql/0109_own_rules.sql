-- What a division promises to those who come, and which statute holds, is decided by the division itself. A rule of its own stands above
-- the pack, with day and name; the rows of the packs stay untouched, so that it can be taken back at any time.
insert into access.feature values
  ('house-rules', 'Eigene Regeln', 'festlegen, was neuen Mitgliedern versprochen ist und ab wann jemand nachfragt', 99),
  ('statutes', 'Satzung wählen', 'festlegen, welche Satzung im Verband gilt', 100);
insert into access.role_right (role_id, feature, action, data_class, reach) values
  ('state-manager', 'house-rules', 'edit', 'P1', 'subtree'), ('state-manager', 'statutes', 'edit', 'P1', 'subtree'), ('district-chair', 'house-rules', 'edit', 'P1', 'subtree')
on conflict do nothing;

create table members.own_step (
  division_id integer not null references organisation.division,
  step text not null check (step in ('entered', 'first-contact', 'first-meeting', 'first-task')),
  days integer not null check (days between 1 and 730),
  whose text not null check (trim(whose) <> '' and length(whose) <= 120),
  changed_on date not null default current_date,
  by_person_id integer,
  primary key (division_id, step)
);
alter table members.own_step enable row level security;
create policy readable on members.own_step for select using (access.actor() is not null);
create policy edit on members.own_step using (division_id = any ((select access.divisions_for('P1', 'house-rules', 'edit'))::integer[]));
grant select, insert, update, delete on members.own_step to anlauf_app;
create policy choose on members.division_pack using (division_id = any ((select access.divisions_for('P1', 'statutes', 'edit'))::integer[]));
select privacy.personal('members.own_step', 'Eigenes Versprechen', 'people', 'archive', null, '{"by_person_id": "festgelegt von / P1 / keep"}', '{division_id,step,days,whose,changed_on}');

-- what is promised in a division: its own, that of the nearest above that has one, else the pack's
create function members.steps_of(division integer) returns table (step text, days integer, whose text, source text, own boolean) language sql stable security definer set search_path = '' as $$
  select distinct on (s.step) s.step, s.days, s.whose, s.source, s.own from (
    select o.step, o.days, o.whose, 'eigene Regel: ' || d.name || ', ' || to_char(o.changed_on, 'FMDD.FMMM.YYYY') || coalesce(', ' || (select concat_ws(' ', p.given_name, p.family_name) from organisation.person p where p.id = o.by_person_id), '') as source, true as own, c.depth
      from organisation.division_closure c join members.own_step o on o.division_id = c.ancestor_id join organisation.division d on d.id = o.division_id where c.descendant_id = division
    union all select p.step, p.days, p.whose, p.source, false, 1000 from members.promised_step p where p.pack_id = members.pack_of(division)) s
  order by s.step, s.depth
$$;

create function members.step_words(step text) returns text language sql immutable
  return case step when 'entered' then 'erfasst' when 'first-contact' then 'erster Kontakt' when 'first-meeting' then 'erstes Treffen' else 'erste Aufgabe' end;
create function members.keep_step_history() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  row record := case when tg_op = 'DELETE' then old else new end;
begin
  insert into organisation.history (division_id, person_id, sentence) values (row.division_id, access.person_id(),
    'Neuen Mitgliedern versprochen: ' || members.step_words(row.step) || case tg_op when 'DELETE' then ' wieder wie in der Satzung' else ' nach ' || new.days || ' Tagen (' || new.whose || ')' || case when tg_op = 'UPDATE' and old.days <> new.days then ', bisher ' || old.days else '' end end);
  return null;
end $$;
create trigger history after insert or update or delete on members.own_step for each row execute function members.keep_step_history();
create function members.keep_pack_history() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if access.is_system() and tg_op = 'INSERT' then return null; end if; -- a first filling is no history
  insert into organisation.history (division_id, person_id, sentence) select new.division_id, access.person_id(),
    'Satzung gewählt: ' || p.name || case when tg_op = 'UPDATE' then ', bisher ' || (select q.name from members.pack q where q.id = old.pack_id) else '' end from members.pack p where p.id = new.pack_id;
  return null;
end $$;
create trigger history after insert or update on members.division_pack for each row execute function members.keep_pack_history();
revoke execute on all functions in schema members from public;
grant execute on function members.steps_of(integer), members.step_words(text) to anlauf_app;
