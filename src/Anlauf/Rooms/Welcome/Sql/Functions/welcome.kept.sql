-- First contacts promised for the last ninety days and how many came in time, of those whom the acting person sees (as the policies of
-- welcome.arrival say it).
create or replace function welcome.kept(today date) returns table ("all" integer, in_time integer)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
declare
  me integer := access.person_id();
  everywhere boolean := access.whole('P2', 'welcome', 'read');
  reach integer[] := case when everywhere then '{}' else coalesce(access.divisions_for('P2', 'welcome', 'read'), '{}') || coalesce(access.divisions_for('P2', 'welcome', 'edit'), '{}') end;
  hidden integer[] := privacy.hidden_persons();
begin
  if everywhere and hidden = '{}' then
    return query select count(*)::integer, (count(*) filter (where s.done_on <= s.promised_on))::integer from welcome.step s where s.step = 'first-contact' and s.promised_on between today - 90 and today - 1;
    return;
  end if;
  return query
  with here as materialized (select a.id from welcome.arrival a where (everywhere or a.division_id = any (reach) or a.closed_on is null and a.contact_person_id = me) and a.person_id <> all (hidden))
  select count(*)::integer, (count(*) filter (where s.done_on <= s.promised_on))::integer
  from here h join welcome.step s on s.arrival_id = h.id where s.step = 'first-contact' and s.promised_on between today - 90 and today - 1;
end $$;
revoke execute on function welcome.kept(date) from public;
grant execute on function welcome.kept(date) to anlauf_app;
