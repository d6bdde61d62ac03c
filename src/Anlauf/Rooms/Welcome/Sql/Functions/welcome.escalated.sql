-- Promises to new members that are late, and who is told: the division itself at once, the district and the state when it lasts.
create or replace function welcome.escalated() returns table (level text, seen_by integer, division_id integer, arrival_id integer, step text, promised_on date, late integer)
language plpgsql stable security definer set search_path = '' set max_parallel_workers_per_gather = 0 as $$
declare
  quiet integer[] := privacy.flagged('no-contact') || privacy.flagged('restricted');
  -- the acting person's offices with this duty, and every division below them
  levels text[]; seats integer[]; below integer[];
begin
  select array_agg(x.level), array_agg(x.seen_by), array_agg(x.id) into levels, seats, below from (
    select distinct case when c.depth = 0 then 'own' when d.kind = 'StateAssociation' then 'state' else 'district' end as level, o.division_id as seen_by, c.descendant_id as id
    from access.offices_of(access.person_id()) o
    join access.role_right r on r.role_id = o.role_id and r.feature = 'welcome' and r.action = 'edit' and r.data_class = 'P2'
    join organisation.division d on d.id = o.division_id
    join organisation.division_closure c on c.ancestor_id = o.division_id and (c.depth = 0 or r.reach = 'subtree')) x;
  if below is null then return; end if;
  return query
  with seat as materialized (select u.level, u.seen_by, u.id from unnest(levels, seats, below) u (level, seen_by, id)),
  -- what a division has decided for itself and all below, the nearest first
  own as materialized (
    select distinct on (w.rule_id, c.descendant_id) w.rule_id, c.descendant_id as id, w.days from welcome.own_rule w join organisation.division_closure c on c.ancestor_id = w.division_id
    where w.rule_id in ('state', 'district', 'entry') order by w.rule_id, c.descendant_id, c.depth
  ), late as materialized (
    select x.id, x.division_id, x.received_on, x.next_step as step, x.next_on as promised_on from welcome.arrival x
    where x.closed_on is null and x.next_on < current_date and x.division_id = any (below) and x.person_id <> all (quiet)
  )
  select s.level, s.seen_by, l.division_id, l.id, l.step, l.promised_on, current_date - l.promised_on
  from seat s join late l on l.division_id = s.id left join welcome.rule r on r.id = s.level cross join (select x.days from welcome.rule x where x.id = 'entry') e
    left join own w on w.rule_id = s.level and w.id = s.id left join own v on v.rule_id = 'entry' and v.id = s.id
  where current_date - l.promised_on >= case s.level when 'own' then 1 else coalesce(w.days, r.days) end
    -- entering takes nowhere longer than this, whatever was promised
    or s.level = 'state' and l.step = 'entered' and current_date - l.received_on > coalesce(v.days, e.days);
end $$;
