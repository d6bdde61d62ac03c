-- The first five by name of those who arrive, as far as the acting person sees them (as the policies of welcome.arrival say it), whose name
-- has every word; oneself is found elsewhere. Not under the policies of persons, which would be asked for thousands.
create or replace function welcome.find_arriving(words text[]) returns table (arrival_id integer, place bigint)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
declare
  me integer := access.person_id();
  everywhere boolean := access.whole('P2', 'welcome', 'read');
  reach integer[] := case when everywhere then '{}' else coalesce(access.divisions_for('P2', 'welcome', 'read'), '{}') || coalesce(access.divisions_for('P2', 'welcome', 'edit'), '{}') end;
  hidden integer[] := privacy.hidden_persons();
begin
  return query
  with arriving as materialized (
    select a.id, a.person_id from welcome.arrival a
    where a.closed_on is null and a.person_id is distinct from me and (everywhere or a.division_id = any (reach) or a.contact_person_id = me) and a.person_id <> all (hidden))
  select a.id, row_number() over (order by p.family_name collate "de-x-icu", p.given_name collate "de-x-icu", a.id)
  from arriving a join organisation.person p on p.id = a.person_id
  where not exists (select from unnest(words) w where strpos(lower(concat_ws(' ', p.title, p.given_name, p.family_name) collate "de-x-icu"), w) = 0)
  order by 2 limit 5;
end $$;
revoke execute on function welcome.find_arriving(text[]) from public;
grant execute on function welcome.find_arriving(text[]) to anlauf_app;
