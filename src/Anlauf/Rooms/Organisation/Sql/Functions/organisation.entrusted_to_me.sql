-- People whom the acting person sees without an office, because they are entrusted: the row that decides, said to whom it concerns.
create or replace function organisation.entrusted_to_me() returns table (because text, division text, since date, people integer) language sql stable security definer set search_path = '' as $$
  select e.because, d.name, min(e.valid_from), count(distinct e.person_id)::int
  from access.entrustment e join organisation.division d on d.id = e.division_id where e.to_person_id = access.person_id() group by 1, 2
$$;
revoke execute on function organisation.entrusted_to_me() from public;
grant execute on function organisation.entrusted_to_me() to anlauf_app;
