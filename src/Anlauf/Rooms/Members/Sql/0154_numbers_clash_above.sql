-- Whether a number can be read in must not tell a district that a member of another one bears it: every number is taken, and a number that
-- two people bear is shown to whoever sees both, up to those who exchange the federal register's files.
drop index members.party_membership_member_number_idx;
create index on members.party_membership (member_number) where member_number is not null;
