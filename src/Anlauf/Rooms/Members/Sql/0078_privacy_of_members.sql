-- counts only; below five they are shown within the own division alone (see 0050)
select privacy.impersonal('members.member_count');
