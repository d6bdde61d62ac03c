-- Who is due by a plan of care: 'inactive' (by facts: nobody spoke to them, no meeting, mail that comes back), 'long-standing',
-- 'anniversary'. Each plan walks members by how long they belong and ends at `most`: over everybody where one reaches many divisions,
-- else division by division.
create or replace function welcome.care(plan text, most integer) returns table (person_id integer, name text, division text, since date, years integer, last_seen date, on_day date, mail_failed date)
language plpgsql stable security definer set search_path = '' as $$
declare
  reach integer[] := access.divisions_for('P2', 'membership', 'read');
  wide boolean := cardinality(reach) > 20;
  quiet integer[] := privacy.flagged('no-contact') || privacy.flagged('restricted');
  due integer[]; least integer; later integer[];
begin
  if plan = 'anniversary' then
    return query
      with house as materialized (select d.division_id as id, d.days from welcome.days_by_division('anniversary') d where d.division_id = any (reach)),
      -- the jubilees of the nearest division above that has its own, else those of all
      near as materialized (select distinct on (c.descendant_id) c.descendant_id as id, c.ancestor_id as own from welcome.own_jubilee o join organisation.division_closure c on c.ancestor_id = o.division_id order by c.descendant_id, c.depth),
      jubilee as materialized (
        select h.id, h.days, j.years from house h join near n on n.id = h.id join welcome.own_jubilee j on j.division_id = n.own
        union all select h.id, h.days, j.years from house h cross join welcome.jubilee j where not exists (select from near n where n.id = h.id))
      select m.person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), d.short_name, coalesce(m.effective_on, m.received_on), h.years, null::date, y.day, null::date
      from (select j.years, max(j.days) as days from jubilee j group by j.years) w
        -- a day wider on both sides, because 29 February has its day on the 28th in other years
        cross join lateral (select m.* from members.party_membership m where m.kind = 'member' and m.state = 'active' and m.left_on is null and m.person_id <> all (quiet)
          and coalesce(m.effective_on, m.received_on) between (current_date - make_interval(years => w.years))::date - 1 and (current_date + w.days - make_interval(years => w.years))::date + 1 offset 0) m
        join jubilee h on h.id = m.division_id and h.years = w.years
        cross join lateral (select (coalesce(m.effective_on, m.received_on) + make_interval(years => h.years))::date as day) y
        join organisation.person p on p.id = m.person_id join organisation.division d on d.id = m.division_id
      where y.day between current_date and current_date + h.days
      order by y.day, coalesce(m.effective_on, m.received_on), m.person_id limit most;
    return;
  end if;
  if plan not in ('inactive', 'long-standing') then return; end if;

  -- what holds almost everywhere, and where a division has decided on longer
  select min(d.days), array_agg(d.division_id) filter (where d.days > x.days) into least, later
    from welcome.days_by_division(plan) d cross join (select min(y.days) as days from welcome.days_by_division(plan) y where y.division_id = any (reach)) x where d.division_id = any (reach);
  least := least - (plan = 'long-standing')::integer;
  -- inactive first of all: who was never seen. Long-standing: the oldest, seen or not
  due := array(
    with house as materialized (select d.division_id as id, d.days - (plan = 'long-standing')::integer as days from welcome.days_by_division(plan) d where not wide and d.division_id = any (reach))
    select x.id from (
      (select m.id, m.person_id, coalesce(m.effective_on, m.received_on) as since from members.party_membership m
        where wide and m.division_id = any (reach) and m.kind = 'member' and m.state = 'active' and m.left_on is null and m.person_id <> all (quiet)
          and coalesce(m.effective_on, m.received_on) < current_date - least
          and (later is null or m.division_id <> all (later) or coalesce(m.effective_on, m.received_on) < current_date - welcome.days_of(plan, m.division_id) + (plan = 'long-standing')::integer)
          and (plan = 'long-standing' or not exists (select from welcome.sighting s where s.person_id = m.person_id))
        order by coalesce(m.effective_on, m.received_on), m.person_id limit most)
      union all
      select l.id, l.person_id, l.since from house h cross join lateral (
        select m.id, m.person_id, coalesce(m.effective_on, m.received_on) as since from members.party_membership m
        where not wide and m.division_id = h.id and m.kind = 'member' and m.state = 'active' and m.left_on is null and m.person_id <> all (quiet) and coalesce(m.effective_on, m.received_on) < current_date - h.days
          and (plan = 'long-standing' or not exists (select from welcome.sighting s where s.person_id = m.person_id))
        order by coalesce(m.effective_on, m.received_on), m.person_id limit most) l) x
    order by x.since, x.person_id limit most);
  return query
    select m.person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), d.short_name, coalesce(m.effective_on, m.received_on),
      date_part('year', age(current_date, coalesce(m.effective_on, m.received_on)))::integer, null::date, null::date, case when plan = 'inactive' then t.since end
    from unnest(due) with ordinality u(id, place) join members.party_membership m on m.id = u.id join organisation.person p on p.id = m.person_id join organisation.division d on d.id = m.division_id
      left join organisation.mail_trouble t on t.person_id = m.person_id
    order by u.place;
  if plan = 'long-standing' or cardinality(due) >= most then return; end if;

  -- then who was seen, but long ago, or whose mail comes back since
  return query
    with house as materialized (select d.division_id as id, d.days from welcome.days_by_division('inactive') d where d.division_id = any (reach)),
    seen as materialized (select s.person_id, max(s.day) as day from welcome.sighting s group by s.person_id having not bool_or(s.arriving))
    select m.person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), d.short_name, coalesce(m.effective_on, m.received_on),
      date_part('year', age(current_date, coalesce(m.effective_on, m.received_on)))::integer, s.day, null::date, t.since
    from seen s join members.party_membership m on m.person_id = s.person_id join house h on h.id = m.division_id join organisation.person p on p.id = m.person_id join organisation.division d on d.id = m.division_id
      left join organisation.mail_trouble t on t.person_id = m.person_id
    where m.kind = 'member' and m.state = 'active' and m.left_on is null and m.person_id <> all (quiet) and coalesce(m.effective_on, m.received_on) < current_date - h.days
      and (s.day < current_date - h.days or s.day < t.since)
    order by s.day, coalesce(m.effective_on, m.received_on), m.person_id limit most - cardinality(due);
end $$;
