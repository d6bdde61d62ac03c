-- Takes a call back that was noted by mistake: it stays with the outcome 'undone', so that the audit and a device that sends it again find it; what it
-- changed is as before. Gives the arrival, 0 where there is none; null where it may not be taken back.
create or replace function welcome.undo_call(wanted uuid) returns integer language plpgsql security definer set search_path = '' as $$
declare c welcome.call;
begin
  select * into c from welcome.call x where x.id = wanted and x.by_person_id = access.person_id() and x.outcome <> 'mailed' for update;
  if c.id is null then return null; end if;
  -- sent twice is undone once
  if c.outcome = 'undone' then return coalesce(c.arrival_id, 0); end if;
  if not welcome.may_undo(wanted) then return null; end if;
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
  return coalesce(c.arrival_id, 0);
end $$;
grant execute on function welcome.undo_call(uuid) to anlauf_app;
