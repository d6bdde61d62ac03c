-- A mail that came back is a fact of inactivity like a year without a conversation (H10).
drop function welcome.care(text, integer);
create function welcome.care(plan text, most integer) returns table (person_id integer, name text, division text, since date, years integer, last_seen date, on_day date, mail_failed date) language sql stable security definer set search_path = '' as $$
  with member as materialized (
    select m.person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, d.short_name as division, coalesce(m.effective_on, m.received_on) as since
    from members.party_membership m join organisation.person p on p.id = m.person_id join organisation.division d on d.id = m.division_id
    where m.division_id = any ((select access.divisions_for('P2', 'membership', 'read'))::integer[]) and m.kind = 'member' and m.state = 'active' and m.left_on is null and not m.person_id = any ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[])
  ), day as (select member.*, (since + make_interval(years => j.years))::date as on_day, j.years from member cross join welcome.jubilee j)
  select * from (
    select m.person_id, m.name, m.division, m.since, date_part('year', age(current_date, m.since))::integer, s.day, null::date, t.since from member m left join organisation.mail_trouble t on t.person_id = m.person_id
      cross join lateral (select greatest((select max(c.at)::date from welcome.call c where c.person_id = m.person_id and c.outcome in ('reached', 'invited', 'met', 'task')),
          (select max(g.held_on) from meetings.attendance t join meetings.meeting g on g.id = t.meeting_id where t.person_id = m.person_id and t.status in ('present', 'late', 'left', 'guest'))) as day) s
      -- a mail that does not arrive is a fact as well, unless somebody was seen since
      where plan = 'inactive' and m.since < current_date - (select r.days from welcome.rule r where r.id = 'inactive')
        and (coalesce(s.day, m.since) < current_date - (select r.days from welcome.rule r where r.id = 'inactive') or coalesce(s.day, m.since) < t.since)
        and not exists (select from welcome.arrival a where a.person_id = m.person_id and a.closed_on is null)
    union all
    select m.person_id, m.name, m.division, m.since, date_part('year', age(current_date, m.since))::integer, null, null, null from member m
      where plan = 'long-standing' and m.since <= current_date - (select r.days from welcome.rule r where r.id = 'long-standing')
    union all
    select m.person_id, m.name, m.division, m.since, m.years, null, m.on_day, null from day m
      where plan = 'anniversary' and m.on_day between current_date and current_date + (select r.days from welcome.rule r where r.id = 'anniversary')
  ) x (person_id, name, division, since, years, last_seen, on_day, mail_failed) order by x.on_day nulls last, x.last_seen nulls first, x.since, x.person_id limit most
$$;
grant execute on function welcome.care(text, integer) to anlauf_app;
