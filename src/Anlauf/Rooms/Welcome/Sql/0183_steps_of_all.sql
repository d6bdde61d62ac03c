-- Whoever reads all arrivals is asked nothing about each step either, but for those of persons who are shown to nobody: they are few.
create function welcome.hidden_arrivals() returns integer[] language sql stable security definer set search_path = '' as $$
  select array(select a.id from welcome.arrival a where a.person_id = any (privacy.hidden_persons()))
$$;
revoke execute on function welcome.hidden_arrivals() from public;
grant execute on function welcome.hidden_arrivals() to anlauf_app;
drop policy reach on welcome.step;
create policy reach on welcome.step for select using (
  (select access.whole('P2', 'welcome', 'read')) and arrival_id <> all ((select welcome.hidden_arrivals())::integer[]) or exists (select from welcome.arrival a where a.id = arrival_id));
drop policy reach on welcome.duty;
create policy reach on welcome.duty for select using (
  (select access.whole('P2', 'welcome', 'read')) and arrival_id <> all ((select welcome.hidden_arrivals())::integer[]) or exists (select from welcome.arrival a where a.id = arrival_id));

-- what puts a call off, and what was called today
create index on welcome.call (next_on) where next_on is not null;
create index on welcome.call (at);
