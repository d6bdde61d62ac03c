-- What somebody may come to or take part in (H6): meetings open to members, contact points, groups, tasks that look for somebody, a talk.
-- What fits the person's interests comes first, then what is near or online. Whether the contact who offers it holds an office changes
-- nothing: all of it is open to members, and nothing confidential is in it.
create function welcome.kilometres(from_area text, to_area text) returns double precision language sql stable security definer set search_path = '' as $$
  select 111.2 * sqrt((b.latitude - a.latitude) ^ 2 + ((b.longitude - a.longitude) * cos(radians(a.latitude))) ^ 2)
  from territory.municipality a, territory.municipality b where a.ags = from_area and b.ags = to_area
$$;

create function welcome.near(who integer, home integer, area text) returns table (kind text, title text, on_day date, place text, km double precision, fits text[], href text) language sql stable security definer set search_path = '' as $$
  with above as (
    select distinct c.ancestor_id as id from organisation.division_closure c where c.descendant_id in (home, (select p.division_id from organisation.person p where p.id = who))
  ), trait as (select t.label, lower(t.label) as word from members.trait t where t.person_id = who and t.kind in ('interest', 'skill', 'offer')),
  found as (
    (select 'meeting' as kind, m.title, m.held_on as on_day, m.place, t.km, lower(m.title || ' ' || b.name) as about, '{}'::text[] as wanted, null::text as href
      from above u join meetings.meeting m on m.division_id = u.id join organisation.body b on b.id = m.body_id
      left join lateral (select welcome.kilometres(area, x.ags) as km from territory.current_municipality x where lower(x.short_name) = lower(m.place) order by 1 limit 1) t on true
      where m.held_on >= current_date and not m.confidential and b.kind in ('GeneralAssembly', 'DistrictConvention', 'StateConvention', 'WorkingParty', 'StateWorkingGroup', 'StatewideCaucus', 'CampaignCouncil')
      order by m.held_on limit 3)
    union all
    -- nobody's home is offered
    (select case p.kind_id when 'phone-hour' then 'online' else 'point' end, p.name || coalesce(', ' || p.opening, ''), null, case p.kind_id when 'phone-hour' then 'online' else t.short_name end, case when p.kind_id <> 'phone-hour' then welcome.kilometres(area, p.ags) end, '', '{}', null
      from presence.contact_point p join territory.municipality t on t.ags = p.ags
      where p.opened_on <= current_date and (p.closed_on is null or p.closed_on > current_date) and p.kind_id <> 'private-home'
        and exists (select from organisation.division_closure x join above u on u.id = x.ancestor_id join organisation.division r on r.id = u.id and r.parent_id is null where x.descendant_id = p.division_id)
      order by 5 nulls last, p.id limit 3)
    union all
    (select 'group', b.name, null, 'landesweit, auch online', null, lower(b.name), '{}', null from above u join organisation.body b on b.division_id = u.id where b.kind in ('WorkingParty', 'StateWorkingGroup', 'StatewideCaucus')
      order by exists (select from trait t where strpos(lower(b.name), t.word) > 0) desc, b.name collate "de-x-icu" limit 5)
    union all
    (select 'task', t.text, t.due, case when o.online then coalesce(o.place || ' oder online', 'online') else o.place end, case when o.area_key is not null then welcome.kilometres(area, o.area_key) end, lower(t.text || ' ' || o.details), o.skills, '/menschen/mitmachen/' || o.id
      from offers.offer o join meetings.task t on t.id = o.task_id
      where o.state = 'open' and o.answer_by >= current_date and o.id = any ((select offers.addressed_to(who))::integer[]) and not exists (select from offers.answer a where a.offer_id = o.id and a.person_id = who)
      order by exists (select from trait i where i.word = any (select lower(w) from unnest(o.skills) w)) desc, o.online desc, 5 nulls last, o.id limit 5)
    union all
    select 'online', 'Kennenlernen am Telefon oder im Videogespräch mit ' || p.given_name || ' ' || p.family_name, null, 'online', null, '', '{}', null
      from welcome.arrival a join organisation.person p on p.id = a.contact_person_id where a.person_id = who and a.closed_on is null
  ), fitting as (
    select f.*, array(select t.label from trait t where t.word = any (select lower(w) from unnest(f.wanted) w) or (length(t.word) >= 4 and strpos(f.about, t.word) > 0) order by t.label collate "de-x-icu") as fits from found f
  )
  select f.kind, f.title, f.on_day, f.place, f.km, f.fits, f.href from fitting f
  order by cardinality(f.fits) desc, f.kind <> 'meeting', case when f.kind = 'online' then 0 else coalesce(f.km, 25) end, f.on_day nulls last, f.title collate "de-x-icu"
$$;

drop function welcome.offers(integer);
create function welcome.offers(arrival integer) returns table (kind text, title text, on_day date, place text, km double precision, fits text[], href text) language sql stable security definer set search_path = '' as $$
  select n.* from welcome.arrival a cross join lateral welcome.near(a.person_id, a.division_id, a.area_key) n
  where a.id = arrival and not a.person_id = any (privacy.hidden_persons())
    and (a.closed_on is null and a.contact_person_id = access.person_id() or a.division_id = any (access.divisions_for('P2', 'welcome', 'read')))
$$;
-- the same for oneself, new or not
create function welcome.offers_for_me() returns table (kind text, title text, on_day date, place text, km double precision, fits text[], href text) language sql stable security definer set search_path = '' as $$
  select n.* from organisation.person p left join lateral (select m.area_key from members.party_membership m where m.person_id = p.id and m.left_on is null order by m.kind = 'member' desc, m.id desc limit 1) m on true
    cross join lateral welcome.near(p.id, p.division_id, coalesce(m.area_key, (select a.area_key from organisation.division_area a where a.division_id = p.division_id and length(a.area_key) = 8 limit 1))) n
  where p.id = access.person_id()
$$;
grant execute on function welcome.offers(integer), welcome.offers_for_me() to anlauf_app;
