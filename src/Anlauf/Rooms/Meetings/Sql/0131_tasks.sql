-- A task is given to an office, filled or vacant, and seen by whoever has it. An office is vacant until somebody holds it: the task stays
-- with the office and is theirs on the first day (I18).
create policy own on meetings.task for select using (person_id = (select access.person_id())
  or office_id in (select h.office_id from organisation.office_holding h where h.person_id = (select access.person_id()) and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)));
create index on meetings.task (person_id) where state in ('open', 'underway');
create index on meetings.task (office_id) where state in ('open', 'underway');

-- the state of a task is told by whoever has it, or by those who edit it anyway
create function meetings.report_task(wanted integer, said text) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update meetings.task t set state = said
    where t.id = wanted and (t.division_id = any (access.divisions_for('P1', 'resolutions', 'edit')) or t.person_id = access.person_id()
      or t.office_id in (select h.office_id from organisation.office_holding h where h.person_id = access.person_id() and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)));
  return found;
end $$;
grant execute on function meetings.report_task(integer, text) to anlauf_app;
