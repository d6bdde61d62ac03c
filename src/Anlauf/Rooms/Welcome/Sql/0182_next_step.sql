-- What is due next of somebody who is arriving stands with the arrival: lists are ordered by it, whoever waits for a call is found by it, and
-- the number in the head of every page asks for it. Among the steps lie those of all who ever arrived, and whoever looked there went
-- through them all.
alter table welcome.arrival
  -- the first promised step that is not done, and of those done by phone the first
  add column next_on date, add column next_step text, add column call_on date, add column call_step text,
  -- the last day on which a step by phone was done
  add column spoken_on date;
select privacy.personal('welcome.arrival', 'Ankommen', 'care', 'care', 'person_id',
  '{"next_on": "nächster Schritt versprochen bis / P2 / keep", "next_step": "nächster Schritt / P2 / keep", "call_on": "nächster Schritt am Telefon versprochen bis / P2 / keep", "call_step": "nächster Schritt am Telefon / P2 / keep", "spoken_on": "zuletzt gesprochen / P2 / keep"}', '{}');

-- of two steps promised for the same day the one that comes first by its name, as everywhere; nothing is written where it stays the same
create function welcome.keep_next(arrivals integer[]) returns void language sql security definer set search_path = '' as $$
  update welcome.arrival a set next_on = n.next_on, next_step = n.next_step, call_on = n.call_on, call_step = n.call_step, spoken_on = n.spoken_on
  from (select x.id, f.promised_on as next_on, f.step as next_step, c.promised_on as call_on, c.step as call_step, (select max(s.done_on) from welcome.step s where s.arrival_id = x.id and s.step <> 'entered') as spoken_on
    from unnest(arrivals) x (id)
    left join lateral (select s.promised_on, s.step from welcome.step s where s.arrival_id = x.id and s.done_on is null order by s.promised_on, s.step limit 1) f on true
    left join lateral (select s.promised_on, s.step from welcome.step s where s.arrival_id = x.id and s.done_on is null and s.step <> 'entered' order by s.promised_on, s.step limit 1) c on true) n
  where a.id = n.id and (a.next_on, a.next_step, a.call_on, a.call_step, a.spoken_on) is distinct from (n.next_on, n.next_step, n.call_on, n.call_step, n.spoken_on)
$$;
create function welcome.note_next() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then perform welcome.keep_next(array(select distinct n.arrival_id from new_rows n));
  elsif tg_op = 'DELETE' then perform welcome.keep_next(array(select distinct o.arrival_id from old_rows o));
  else perform welcome.keep_next(array(select n.arrival_id from new_rows n union select o.arrival_id from old_rows o));
  end if;
  return null;
end $$;
create trigger next_insert after insert on welcome.step referencing new table as new_rows for each statement execute function welcome.note_next();
create trigger next_update after update on welcome.step referencing old table as old_rows new table as new_rows for each statement execute function welcome.note_next();
create trigger next_delete after delete on welcome.step referencing old table as old_rows for each statement execute function welcome.note_next();

-- from the steps themselves: at first, and where rows came in past the triggers
create function welcome.renew_next() returns void language sql security definer set search_path = '' as $$
  select welcome.keep_next(array(select a.id from welcome.arrival a))
$$;
revoke execute on function welcome.keep_next(integer[]), welcome.note_next(), welcome.renew_next() from public;
alter table welcome.arrival disable trigger user;
select welcome.renew_next();
alter table welcome.arrival enable trigger user;

-- open arrivals in the order of their lists, and those of a division with all that is asked of them
create index arrival_due on welcome.arrival (next_on, received_on, id) include (person_id, division_id, contact_person_id, next_step) where closed_on is null;
create index arrival_due_here on welcome.arrival (division_id, next_on) include (id, person_id, contact_person_id, received_on, next_step, call_on, call_step, spoken_on, declined_on) where closed_on is null;
drop index welcome.arrival_division_id_id_person_id_received_on_contact_person_idx;
-- who is late was read from here
drop index welcome.step_promised_on_arrival_id_step_idx;
-- first contacts of ninety days, and what is still open of one step and of the duties
create index on welcome.step (step, promised_on) include (arrival_id, done_on);
create index on welcome.step (step, arrival_id) where done_on is null;
create index on welcome.duty (arrival_id) where done_on is null;
