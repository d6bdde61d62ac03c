-- every page says how much waits: the steps that are not done and the arrivals that are open answer from their indexes alone
create index on welcome.step (promised_on) include (arrival_id, step) where done_on is null;
drop index welcome.step_promised_on_idx;
create index on welcome.arrival (division_id) include (id, person_id, received_on, contact_person_id) where closed_on is null;
drop index welcome.arrival_division_id_idx;

-- whoever reads all arrivals is asked nothing about each, as with persons and memberships
drop policy reach on welcome.arrival;
create policy reach on welcome.arrival for select using (
  (select access.whole('P2', 'welcome', 'read')) or division_id = any ((select access.divisions_for('P2', 'welcome', 'read'))::integer[]) or (closed_on is null and contact_person_id = (select access.person_id())));

-- who is asked on paper
create index on organisation.person (id) where email is null;
