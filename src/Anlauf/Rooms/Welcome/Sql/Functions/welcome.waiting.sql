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
        select a.id, a.received_on from welcome.arrival a
        where a.closed_on is null and a.declined_on is null and a.person_id <> all (silent) and (mine and a.contact_person_id = me or not mine and a.division_id = any (divisions))),
      asked as (
        select s.arrival_id as id, (array_agg(s.step order by s.promised_on, s.step) filter (where s.done_on is null))[1] as step, min(s.promised_on) filter (where s.done_on is null) as promised_on, max(s.done_on) as spoken_on
        from here h join welcome.step s on s.arrival_id = h.id where s.step <> 'entered' group by 1),
      called as (
        select distinct on (c.arrival_id) c.arrival_id as id, c.next_on, (c.at at time zone 'Europe/Berlin')::date as day from here h join welcome.call c on c.arrival_id = h.id where c.outcome <> 'undone' order by c.arrival_id, c.at desc, c.number desc)
      select h.id, mine, s.step, s.promised_on, greatest(h.received_on, s.spoken_on), coalesce(c.day = current_date, false), case when c.next_on > current_date then c.next_on end
      from here h join asked s on s.id = h.id left join called c on c.id = h.id where s.step is not null;
    -- whoever has people of their own is told of nobody else
    exit when found;
  end loop;
end $$;
grant execute on function welcome.waiting(boolean) to anlauf_app;
