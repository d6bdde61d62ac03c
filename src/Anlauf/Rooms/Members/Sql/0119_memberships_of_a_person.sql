-- Whoever asks about a person's memberships, as every list of members does for each row, finds the answer in the index.
create index on members.party_membership (person_id) include (division_id, kind, state, left_on, received_on);
drop index members.party_membership_person_id_idx;
