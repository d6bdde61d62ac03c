-- A call to a member who is not arriving: the same row without an arrival, by whoever reads memberships where the person belongs. Its steps and
-- duties do not exist, so nothing is kept by it; „möchte keine Ansprache“ counts as everywhere.
alter table welcome.call alter column arrival_id drop not null;
create policy reach_member on welcome.call for select using (arrival_id is null and exists (select from organisation.person p where p.id = person_id and p.division_id = any ((select access.divisions_for('P2', 'membership', 'read'))::integer[])));
create policy note_member on welcome.call for insert with check (arrival_id is null and by_person_id = (select access.person_id())
  and exists (select from organisation.person p where p.id = person_id and p.division_id = any ((select access.divisions_for('P2', 'membership', 'read'))::integer[])));
