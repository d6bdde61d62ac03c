-- Whom the system asks by mail tonight, at most so many.
create or replace function selfservice.due_checks(today date, most integer) returns table (person_id integer, name text, email text, division text) language sql stable security definer set search_path = '' as $$
  select p.id, concat_ws(' ', p.given_name, p.family_name), p.email, d.name
  from selfservice.turn(today, false) t join organisation.person p on p.id = t.person_id join organisation.division d on d.id = p.division_id
  where access.is_system() and not exists (select from organisation.mail_trouble x where x.person_id = p.id)
  order by not t.left_over, p.id limit most
$$;
