-- The steps by phone behind „Heute“, „Anrufe“ and „Ankommen“: of everybody who may be addressed the next promised one, entrusted to the acting
-- person, or, where nobody is, within the divisions in which they welcome new members. Whoever is to be called on a later day waits
-- still and has that day as not_before. They wait since they were last spoken to, before that since the declaration came in.
-- Planned anew each time: for ten arrivals another way is best than for ten thousand.
create or replace function welcome.waiting(only_mine boolean default false) returns table (arrival_id integer, mine boolean, step text, promised_on date, since date, called_today boolean, not_before date)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan set max_parallel_workers_per_gather = 0 as $$
declare
  me integer := access.person_id();
  divisions integer[]; silent integer[];
begin
  foreach mine in array case when only_mine then '{true}'::boolean[] else '{true,false}' end loop
    if not mine then divisions := access.divisions_for('P2', 'welcome', 'edit'); end if;
    continue when case when mine then not exists (select from welcome.arrival a where a.closed_on is null and a.contact_person_id = me) else divisions is null end;
    silent := coalesce(silent, privacy.flagged('no-contact') || privacy.flagged('restricted') || privacy.hidden_persons());
    return query
      with here as materialized (
        select a.id, a.call_step, a.call_on, greatest(a.received_on, a.spoken_on) as since from welcome.arrival a
        where a.closed_on is null and a.declined_on is null and a.call_on is not null and a.person_id <> all (silent) and (mine and a.contact_person_id = me or not mine and a.division_id = any (divisions))),
      -- only a call of today or one that puts off to a later day says anything; then the last one counts
      heard as (select distinct c.arrival_id as id from welcome.call c where c.next_on > current_date or c.at >= current_date),
      called as (
        select h.id, l.next_on, l.day from heard h cross join lateral (
          select c.next_on, (c.at at time zone 'Europe/Berlin')::date as day from welcome.call c where c.arrival_id = h.id and c.outcome <> 'undone' order by c.at desc, c.number desc limit 1) l)
      select h.id, mine, h.call_step, h.call_on, h.since, coalesce(c.day = current_date, false), case when c.next_on > current_date then c.next_on end from here h left join called c on c.id = h.id;
    -- whoever has people of their own is told of nobody else
    exit when found;
  end loop;
end $$;
grant execute on function welcome.waiting(boolean) to anlauf_app;
