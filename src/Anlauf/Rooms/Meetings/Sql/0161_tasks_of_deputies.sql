-- Whoever stands in for an office has its tasks too, as long as they stand in: what is given to an office waited until the holder was back.
create function access.my_offices() returns table (office_id integer, standing_in boolean) language sql stable security definer set search_path = '' as $$
  select o.office_id, bool_and(o.deputy_for is not null) from access.offices_of(access.person_id()) o group by 1
$$;
grant execute on function access.my_offices() to anlauf_app;

drop policy own on meetings.task;
create policy own on meetings.task for select using (person_id = (select access.person_id()) or office_id in (select o.office_id from access.my_offices() o));
-- also one that comes from an internal item: it was given to them
drop policy level on meetings.task;
create policy level on meetings.task as restrictive for select using (agenda_item_id is null or agenda_item_id <> all ((select meetings.inner_items())::integer[])
  or person_id = (select access.person_id()) or office_id in (select o.office_id from access.my_offices() o));

create or replace function meetings.report_task(wanted integer, said text) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update meetings.task t set state = said
    where t.id = wanted and (t.division_id = any (access.divisions_for('P1', 'resolutions', 'edit')) or t.person_id = access.person_id() or t.office_id in (select o.office_id from access.my_offices() o));
  return found;
end $$;
