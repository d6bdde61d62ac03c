-- What a kept filter is called, and what it asks for, may name somebody: an erasure finds it there now as in every other text. It is kept as it
-- reads, because nobody finds „Otto%20Kontur“; only what parts a query stays written in signs.
update members.saved_filter f set query = (
  select string_agg(case when m[1] ~ '^%' and m[1] !~* '^%(25|26|2B|3D|23)?$' then convert_from(decode(replace(m[1], '%', ''), 'hex'), 'UTF8') else m[1] end, '' order by n)
  from regexp_matches(f.query, '((?:%(?!25|26|2[Bb]|3[Dd]|23)[0-9A-Fa-f]{2})+|%(?:25|26|2[Bb]|3[Dd]|23)|[^%]+|%)', 'g') with ordinality r (m, n))
where f.query ~ '%[0-9A-Fa-f]{2}';
update privacy.declared_column set on_erasure = 'redact' where table_name = 'members.saved_filter' and column_name in ('name', 'query');
-- two names may read the same once they are blackened
alter table members.saved_filter drop constraint saved_filter_person_id_name_key;
create index on members.saved_filter (person_id);

-- the offer that a list was made for is a text as well
update privacy.declared_column c set label = 'Auswahl', data_class = 'P8', process_id = x.process_id, retention_id = x.retention_id, on_erasure = 'redact'
  from privacy.declared_column x where c.table_name = 'members.list_issue' and c.column_name = 'filter' and x.table_name = 'members.list_issue' and x.column_name = 'sentence';
-- and whoever reads the log of one district reads which lists its people gave out, not which those of others did
create function members.issued_within(issuer integer) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from organisation.person p where p.id = issuer and p.division_id = any (access.divisions_for('P8', 'audit', 'read')))
$$;
revoke execute on function members.issued_within(integer) from public;
grant execute on function members.issued_within(integer) to anlauf_app;
drop policy supervised on members.list_issue;
create policy supervised on members.list_issue for select using (members.issued_within(person_id));
