-- the demo association's members have answered before anybody signs in
create policy by_system on offers.answer for insert with check (access.is_system());
grant insert on offers.answer to anlauf_app;
-- whoever has a task sees it, also one that comes from an internal item: it was given to them
drop policy level on meetings.task;
create policy level on meetings.task as restrictive for select using (agenda_item_id is null or agenda_item_id <> all ((select meetings.inner_items())::integer[]) or person_id = (select access.person_id())
  or office_id in (select h.office_id from organisation.office_holding h where h.person_id = (select access.person_id()) and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)));
