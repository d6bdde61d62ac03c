-- members by how long they belong, of the whole association and of one division: the plans of care begin with the oldest
create index on members.party_membership (coalesce(effective_on, received_on), person_id) include (division_id) where kind = 'member' and state = 'active' and left_on is null;
create index on members.party_membership (division_id, coalesce(effective_on, received_on), person_id) where kind = 'member' and state = 'active' and left_on is null;

-- whom somebody spoke to or met, and who is just arriving; read by welcome.care alone
create view welcome.sighting as
  select c.person_id, c.at::date as day, false as arriving from welcome.call c where c.outcome in ('reached', 'invited', 'met', 'task')
  union all select a.person_id, g.held_on, false from meetings.attendance a join meetings.meeting g on g.id = a.meeting_id where a.status in ('present', 'late', 'left', 'guest') and a.person_id is not null
  union all select a.person_id, null, true from welcome.arrival a where a.closed_on is null;
