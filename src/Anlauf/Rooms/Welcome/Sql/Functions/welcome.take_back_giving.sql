-- Puts back what the acting person gave within the last quarter of an hour, where it still is with whom she gave it to; how many, and how many
-- stay. Null where there is nothing to take back, or no time.
create or replace function welcome.take_back_giving(giving uuid, out back integer, out stay integer) language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from welcome.giving g where g.id = giving and g.by_person_id = access.person_id() and g.given_at > now() - interval '15 minutes') then return; end if;
  update welcome.arrival a set contact_person_id = g.from_person_id, way = g.from_way from welcome.giving g
    where g.id = giving and a.id = g.arrival_id and a.closed_on is null and a.contact_person_id = g.to_person_id and a.way = 'by-hand'
      -- not to somebody who has stopped welcoming meanwhile
      and (g.from_person_id is null or exists (select from welcome.contact c where c.person_id = g.from_person_id and current_date between c.valid_from and coalesce(c.valid_to, 'infinity'::date)));
  get diagnostics back = row_count;
  delete from welcome.giving g where g.id = giving;
  get diagnostics stay = row_count;
  stay := stay - back;
end $$;
grant execute on function welcome.take_back_giving(uuid) to anlauf_app;
