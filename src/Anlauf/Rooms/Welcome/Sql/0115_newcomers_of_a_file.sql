-- Whoever reads in a file says from which day on those in it are newcomers (members.people_import.newcomers_from); a membership that is
-- entered by hand opens an arrival as the rule has it.
create or replace function welcome.follow_membership() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  known welcome.arrival; r record; gone boolean := new.left_on is not null or new.state in ('left', 'refused');
  received date := coalesce(new.received_on, new.declared_on);
begin
  select * into known from welcome.arrival a where a.membership_id = new.id;
  if known.id is null then
    -- the day first: a register that is read in has a hundred thousand rows of which few are new
    if gone or received is null then return null; end if;
    if received < coalesce(nullif(current_setting('anlauf.newcomers_from', true), '')::date, current_date - (select w.days - 1 from welcome.rule w where w.id = 'horizon')) then return null; end if;
    -- without a pack nothing is promised
    if members.pack_of(new.division_id) is null then return null; end if;
    r := welcome.route(new.division_id, new.area_key, new.person_id);
    insert into welcome.arrival (membership_id, person_id, division_id, contact_person_id, way, area_key, received_on, effective_on)
      values (new.id, new.person_id, r.division, r.contact, r.way, new.area_key, received, coalesce(new.effective_on, new.objection_until)) returning * into known;
    insert into welcome.step (arrival_id, step, promised_on, done_on)
      select known.id, s.step, received + s.days, case when s.step = 'entered' then new.entered_on end from members.promised_step s where s.pack_id = members.pack_of(new.division_id);
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
