-- What is open near by is told to members: whoever signs in without being one reads contact points by the right of an office.
create or replace function welcome.offers_for_me() returns table (kind text, title text, on_day date, place text, km double precision, fits text[], href text) language sql stable security definer set search_path = '' as $$
  select n.* from organisation.person p join lateral (select m.area_key from members.party_membership m where m.person_id = p.id and m.left_on is null and m.state not in ('left', 'refused') order by m.kind = 'member' desc, m.id desc limit 1) m on true
    cross join lateral welcome.near(p.id, p.division_id, coalesce(m.area_key, (select a.area_key from organisation.division_area a where a.division_id = p.division_id and length(a.area_key) = 8 limit 1))) n
  where p.id = access.person_id()
$$;
