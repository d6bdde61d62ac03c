-- Gives those of them that may go over to a contact and keeps what was before, under the number of the giving; how many went. What is older than
-- a day is taken back by nobody and goes.
create or replace function welcome.give_to(giving uuid, persons integer[], taker integer) returns integer language plpgsql security definer set search_path = '' as $$
declare n integer;
begin
  -- a giving is written once, by whoever gives: under a number that is there already somebody else's would be given again
  if exists (select from welcome.giving g where g.id = giving) then return 0; end if;
  delete from welcome.giving g where g.given_at < now() - interval '1 day';
  insert into welcome.giving (id, arrival_id, by_person_id, from_person_id, from_way, to_person_id)
    select giving, a.id, access.person_id(), a.contact_person_id, a.way, taker from welcome.givable(persons, taker) g join welcome.arrival a on a.id = g.arrival_id;
  update welcome.arrival a set contact_person_id = taker, way = 'by-hand' from welcome.giving g where g.id = giving and a.id = g.arrival_id;
  get diagnostics n = row_count;
  return n;
end $$;
grant execute on function welcome.give_to(uuid, integer[], integer) to anlauf_app;
