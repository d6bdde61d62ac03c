-- A call to a member who is not arriving carries a note like any other. It is for whoever wrote it, and for those who read the memberships of
-- the division and whose office has its notes; whoever reads memberships alone sees that there was a call.
create policy reach_member on welcome.care_note for select using (exists (select from welcome.call c join organisation.person p on p.id = c.person_id
  where c.id = call_id and c.arrival_id is null and p.division_id = any ((select access.divisions_for('P4', 'care-notes', 'read'))::integer[])));
