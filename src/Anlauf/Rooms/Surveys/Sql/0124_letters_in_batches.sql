-- Letters with links leave in batches: whoever runs the survey asks for them once, the program writes to those who are left, some at a time.
alter table surveys.survey add column links_wanted_on date;
insert into privacy.declared_column (table_name, column_name) values ('surveys.survey', 'links_wanted_on');

-- new personal links for those who have not taken part and got none since they were asked for; as many as there are hashes. Gives who gets which
create or replace function surveys.give_links(wanted integer, hashes bytea[]) returns table (place integer, email text, name text, person integer) language plpgsql security definer set search_path = '' as $$
begin
  if not surveys.may_run(wanted) then raise exception 'not yours' using errcode = '42501'; end if;
  return query with waiting as (
    select e.person_id, row_number() over (order by e.number)::integer as n from surveys.elector e join surveys.survey s on s.id = e.survey_id join organisation.person p on p.id = e.person_id
    where e.survey_id = wanted and not e.took_part and p.email is not null and privacy.may_contact(p.id) and (e.sent_on is null or e.sent_on < s.links_wanted_on) order by e.number limit cardinality(hashes)
  ), given as (
    update surveys.elector e set token_hash = hashes[w.n], sent_on = current_date from waiting w where e.survey_id = wanted and e.person_id = w.person_id
    returning e.person_id, w.n
  ) select g.n, p.email, concat_ws(' ', p.given_name, p.family_name), p.id from given g join organisation.person p on p.id = g.person_id;
end $$;
