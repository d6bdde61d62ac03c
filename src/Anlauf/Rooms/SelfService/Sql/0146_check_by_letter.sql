-- Whoever has no address of mail is asked on paper: the office prints the letter and notes that it went out. Such a check has no reminder;
-- it counts as not answered after the days of both.
alter table selfservice.data_check add column by_letter boolean not null default false;
select privacy.personal('selfservice.data_check', 'Jährliche Prüfung', 'data-check', 'data-check', 'person_id', '{"by_letter": "auf Papier gefragt / P2 / delete"}', '{}');
create policy by_letter on selfservice.data_check for insert with check (by_letter and members.divisions_of(person_id) = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]));
