-- How many lines welcome.told_late has: the offices of the acting person that are told of somebody. Every page asks it for the number in
-- its head, so each office looks into its divisions only until the first is found, and works out days of its own only for who may be late enough.
create or replace function welcome.told_late_lines() returns integer language sql stable security definer set search_path = '' set max_parallel_workers_per_gather = 0 as $$
  with seat as materialized (
    select o.division_id, d.kind = 'StateAssociation' as state, bool_or(r.reach = 'subtree') as subtree
    from access.offices_of(access.person_id()) o
    join access.role_right r on r.role_id = o.role_id and r.feature = 'welcome' and r.action = 'edit' and r.data_class = 'P2'
    join organisation.division d on d.id = o.division_id group by 1, 2),
  -- the division itself is told at once, the office above it when it lasts: two levels of one office
  level as (select s.division_id, 'own' as level, false as below, s.state from seat s
    union all select s.division_id, case when s.state then 'state' else 'district' end, true, s.state from seat s where s.subtree),
  least_days as materialized (select r.id, least(r.days, (select min(w.days) from welcome.own_rule w where w.rule_id = r.id)) as days from welcome.rule r where r.id in ('district', 'state', 'entry')),
  told as materialized (select access.person_id() as me, privacy.flagged('no-contact') || privacy.flagged('restricted') as quiet)
  select count(*)::integer from level l cross join told t left join least_days f on f.id = l.level left join least_days e on e.id = 'entry' and l.level = 'state'
  where exists (
    select from organisation.division_closure c cross join lateral (
      select from welcome.arrival x
      where x.division_id = c.descendant_id and x.closed_on is null and x.next_on < current_date and x.contact_person_id is distinct from t.me and x.person_id <> all (t.quiet)
        and (l.level = 'own'
          or current_date - x.next_on >= f.days and current_date - x.next_on >= welcome.days_of(l.level, x.division_id)
          or x.next_step = 'entered' and current_date - x.received_on > e.days and current_date - x.received_on > welcome.days_of('entry', x.division_id))
      limit 1) x
    where c.ancestor_id = l.division_id and (c.depth > 0) = l.below)
$$;
revoke execute on function welcome.told_late_lines() from public;
grant execute on function welcome.told_late_lines() to anlauf_app;
