-- The promises as figures of the Lage, and what somebody new is offered near by or online.

-- share of first contacts by the promised day, by district, of those promised for the last ninety days. Where they are fewer than ten
-- nothing is said: a share of three would tell about a person
create function welcome.first_contacts_in_time() returns table (area_key text, share numeric) language sql stable security definer set search_path = '' as $$
  select left(a.area_key, 5), round(100.0 * count(*) filter (where s.done_on <= s.promised_on) / count(*), 0)
  from welcome.step s join welcome.arrival a on a.id = s.arrival_id
  where access.actor() is not null and s.step = 'first-contact' and s.promised_on between current_date - 90 and current_date - 1 and a.area_key is not null
  group by 1 having count(*) >= 10
$$;
-- contacts at the place itself: of a division whose area is this municipality, or the city that is its own district
create function welcome.contacts_by_municipality() returns table (ags text, contacts bigint) language sql stable security definer set search_path = '' as $$
  select m.ags, count(distinct c.person_id)
  from welcome.contact c join organisation.division_area a on a.division_id = c.division_id
  join territory.municipality m on m.valid_to is null and (m.ags = a.area_key or length(a.area_key) = 5 and m.district_key = a.area_key and exists (select from territory.district d where d.key = m.district_key and d.is_city))
  where access.actor() is not null and current_date between c.valid_from and coalesce(c.valid_to, 'infinity'::date)
  group by 1
$$;

-- open to somebody new: meetings of bodies that are open to members, contact points near by, groups of the whole state. With the rights of
-- whoever asks: what they may not see themself they cannot offer
create function welcome.offers(arrival integer) returns table (kind text, title text, on_day date, place text, km double precision) language sql stable set search_path = '' as $$
  with here as (
    select a.id, a.division_id, m.latitude, m.longitude from welcome.arrival a left join territory.municipality m on m.ags = a.area_key
    where a.id = arrival
  ), points as (
    select p.name, p.opening, t.short_name, 111.2 * sqrt((t.latitude - h.latitude) ^ 2 + ((t.longitude - h.longitude) * cos(radians(h.latitude))) ^ 2) as km
    from here h cross join presence.contact_point p join territory.municipality t on t.ags = p.ags
    where p.opened_on <= current_date and (p.closed_on is null or p.closed_on > current_date) order by km limit 3
  )
  (select 'meeting', m.title, m.held_on, m.place, null::double precision
    from here h join organisation.division_closure c on c.descendant_id = h.division_id join meetings.meeting m on m.division_id = c.ancestor_id join organisation.body b on b.id = m.body_id
    where m.held_on >= current_date and not m.confidential and b.kind in ('GeneralAssembly', 'DistrictConvention', 'StateConvention', 'WorkingParty', 'StateWorkingGroup', 'StatewideCaucus', 'CampaignCouncil')
    order by m.held_on limit 3)
  union all
  select 'point', p.name || coalesce(', ' || p.opening, ''), null, p.short_name, p.km from points p
  union all
  (select 'group', b.name, null, 'landesweit, auch online', null from here h join organisation.division_closure c on c.descendant_id = h.division_id join organisation.body b on b.division_id = c.ancestor_id
    where b.kind in ('WorkingParty', 'StateWorkingGroup', 'StatewideCaucus') order by b.name collate "de-x-icu" limit 5)
  union all
  select 'online', 'Kennenlernen am Telefon oder im Videogespräch mit ' || n.name, null, 'online', null from here h join welcome.arrival a on a.id = h.id join welcome.named_contact n on n.person_id = a.contact_person_id
$$;
grant execute on function welcome.first_contacts_in_time(), welcome.contacts_by_municipality(), welcome.offers(integer) to anlauf_app;

insert into access.role_right (role_id, feature, action, data_class, reach) values
  ('member-care', 'presence', 'read', 'P1', 'subtree'), ('member-care', 'resolutions', 'read', 'P1', 'subtree'),
  ('member-liaison', 'presence', 'read', 'P1', 'subtree'), ('member-liaison', 'presence', 'read', 'P1', 'chain'), ('member-liaison', 'resolutions', 'read', 'P1', 'chain')
on conflict do nothing;
