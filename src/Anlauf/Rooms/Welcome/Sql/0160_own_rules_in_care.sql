-- The plans of care by the days and anniversaries that hold in the division of each member.
create or replace function welcome.care(plan text, most integer) returns table (person_id integer, name text, division text, since date, years integer, last_seen date, on_day date, mail_failed date) language sql stable security definer set search_path = '' as $$
  with house as materialized (
    select d.id, welcome.days_of('inactive', d.id) as inactive, welcome.days_of('long-standing', d.id) as long_standing, welcome.days_of('anniversary', d.id) as anniversary
    from organisation.division d where d.id = any ((select access.divisions_for('P2', 'membership', 'read'))::integer[])
  ), jubilee as materialized (
    select h.id, j.years from house h cross join lateral welcome.jubilees_of(h.id) j where plan = 'anniversary'
  ), member as materialized (
    select m.person_id, m.division_id, h.inactive, h.long_standing, h.anniversary, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, d.short_name as division, coalesce(m.effective_on, m.received_on) as since
    from members.party_membership m join organisation.person p on p.id = m.person_id join organisation.division d on d.id = m.division_id join house h on h.id = m.division_id
    where m.kind = 'member' and m.state = 'active' and m.left_on is null and not m.person_id = any ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[])
  ), day as (select member.*, (since + make_interval(years => j.years))::date as on_day, j.years from member join jubilee j on j.id = member.division_id)
  select * from (
    select m.person_id, m.name, m.division, m.since, date_part('year', age(current_date, m.since))::integer, s.day, null::date, t.since from member m left join organisation.mail_trouble t on t.person_id = m.person_id
      cross join lateral (select greatest((select max(c.at)::date from welcome.call c where c.person_id = m.person_id and c.outcome in ('reached', 'invited', 'met', 'task')),
          (select max(g.held_on) from meetings.attendance t join meetings.meeting g on g.id = t.meeting_id where t.person_id = m.person_id and t.status in ('present', 'late', 'left', 'guest'))) as day) s
      -- a mail that does not arrive is a fact as well, unless somebody was seen since
      where plan = 'inactive' and m.since < current_date - m.inactive
        and (coalesce(s.day, m.since) < current_date - m.inactive or coalesce(s.day, m.since) < t.since)
        and not exists (select from welcome.arrival a where a.person_id = m.person_id and a.closed_on is null)
    union all
    select m.person_id, m.name, m.division, m.since, date_part('year', age(current_date, m.since))::integer, null, null, null from member m
      where plan = 'long-standing' and m.since <= current_date - m.long_standing
    union all
    select m.person_id, m.name, m.division, m.since, m.years, null, m.on_day, null from day m
      where plan = 'anniversary' and m.on_day between current_date and current_date + m.anniversary
  ) x (person_id, name, division, since, years, last_seen, on_day, mail_failed) order by x.on_day nulls last, x.last_seen nulls first, x.since, x.person_id limit most
$$;
