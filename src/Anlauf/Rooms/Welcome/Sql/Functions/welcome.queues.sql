-- The three queues of those who arrive as far as the acting person sees them (as the policies of welcome.arrival say it): how many wait,
-- and who of them came first. Together and not under the policies, which would be asked for every step.
create or replace function welcome.queues() returns table (queue text, waiting integer, since date, arrival_id integer)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
declare
  me integer := access.person_id();
  everywhere boolean := access.whole('P2', 'welcome', 'read');
  reach integer[] := case when everywhere then '{}' else coalesce(access.divisions_for('P2', 'welcome', 'read'), '{}') || coalesce(access.divisions_for('P2', 'welcome', 'edit'), '{}') end;
  silent integer[] := privacy.flagged('no-contact') || privacy.flagged('restricted'); hidden integer[] := privacy.hidden_persons();
begin
  return query
  with here as materialized (
    select a.id, a.received_on, a.next_on is not null as owes, a.declined_on is null and a.person_id <> all (silent) as may_contact from welcome.arrival a
    where a.closed_on is null and (everywhere or a.division_id = any (reach) or a.contact_person_id = me) and a.person_id <> all (hidden)),
  waits as (
    select h.id, h.received_on, case s.step when 'entered' then 'entry' else 'contact' end as queue from here h join welcome.step s on s.arrival_id = h.id
      where h.owes and s.done_on is null and (s.step = 'entered' or s.step = 'first-contact' and h.may_contact)
    union all select h.id, h.received_on, 'waiting-period' from here h join (select distinct u.arrival_id from welcome.duty u where u.done_on is null) u on u.arrival_id = h.id),
  -- day and number in one value, so that the first is found without sorting thousands
  counted as (select w.queue, count(*)::integer as waiting, min((w.received_on - date '1900-01-01')::bigint << 32 | w.id) as oldest from waits w group by 1)
  select q.id, coalesce(c.waiting, 0), date '1900-01-01' + (c.oldest >> 32)::integer, (c.oldest & 4294967295)::integer
  from unnest(array['entry', 'contact', 'waiting-period']) with ordinality q (id, place) left join counted c on c.queue = q.id order by q.place;
end $$;
revoke execute on function welcome.queues() from public;
grant execute on function welcome.queues() to anlauf_app;
