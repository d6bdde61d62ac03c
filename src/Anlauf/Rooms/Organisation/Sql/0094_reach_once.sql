-- The reach of whoever acts is worked out once for a request instead of once for a statement: a state with 2,000 divisions paid 1.6 ms
-- each time. What is remembered lies in the connection, beside the name of who acts, and goes with it. It holds until anything that
-- rights come from changes: a number in this table rises with each such change and is seen with the change itself, never before or after.
create table access.turn (
  bucket smallint primary key,
  changes bigint not null default 0,
  changed_in xid8
);
-- several rows, so that two who change offices at once do not wait for each other
insert into access.turn (bucket) select n from generate_series(0, 15) n;
alter table access.turn enable row level security;
select privacy.impersonal('access.turn');

create function access.note_turn() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- for the rest of this transaction
  perform set_config('anlauf.turn', clock_timestamp()::text, false);
  -- for everybody else, from the commit on; once for each transaction
  update access.turn set changes = changes + 1, changed_in = pg_current_xact_id() where bucket = pg_backend_pid() % 16 and changed_in is distinct from pg_current_xact_id();
  return null;
end $$;
do $$ declare t text; begin
  foreach t in array array['access.role_right', 'organisation.division_closure', 'organisation.office', 'organisation.office_holding', 'organisation.delegation', 'organisation.shield'] loop
    execute format('create trigger turn after insert or update or delete on %s for each statement execute function access.note_turn()', t);
  end loop;
end $$;

-- the one predicate, worked out; the only reader of access.path from the side of who acts
create function access.work_out_divisions(class text, wanted_feature text, wanted_action text) returns integer[]
  language sql stable security definer set search_path = '' as $$
  select case when access.is_system() then (select array_agg(id) from organisation.division) else (
    select array_agg(distinct p.division_id) from access.path p
    where p.person_id = access.person_id() and p.data_class = class and p.feature = wanted_feature and p.action = wanted_action) end
$$;

-- the same, remembered: as long as what is remembered begins with who acts, the day and the turn. A star says that it is every division.
-- Whoever could write the remembered value could as well write who acts: it opens nothing that was closed
create function access.remembered(class text, wanted_feature text, wanted_action text) returns text
  language plpgsql stable security definer set search_path = '' as $$
declare
  place text := 'anlauf.reach_' || translate(class || '_' || wanted_feature || '_' || wanted_action, '-.', '__');
  holds text; kept text; found integer[];
begin
  if access.actor() is null then return ''; end if;
  holds := concat_ws('|', access.actor(), current_date, (select sum(t.changes) from access.turn t), current_setting('anlauf.turn', true), class, wanted_feature, wanted_action) || '=';
  kept := current_setting(place, true);
  if not coalesce(starts_with(kept, holds), false) then
    found := access.work_out_divisions(class, wanted_feature, wanted_action);
    kept := holds || case when cardinality(found) = (select count(*) from organisation.division) then '*' else '' end || coalesce(found::text, '');
    perform set_config(place, kept, false);
  end if;
  return substr(kept, length(holds) + 1);
end $$;

create or replace function access.divisions_for(class text, wanted_feature text, wanted_action text) returns integer[]
  language sql stable return nullif(ltrim(access.remembered(class, wanted_feature, wanted_action), '*'), '')::integer[];
-- true where that is every division: nothing has to be compared then
create function access.whole(class text, wanted_feature text, wanted_action text) returns boolean
  language sql stable return starts_with(access.remembered(class, wanted_feature, wanted_action), '*');
grant execute on function access.remembered(text, text, text), access.whole(text, text, text) to anlauf_app;

-- both sub-selects are asked once for a statement, the second only where the first says no
drop policy reach on organisation.person;
create policy reach on organisation.person for select using (
  (select access.whole('P2', 'people', 'read')) or division_id = any ((select access.reachable_divisions('P2', 'people'))::integer[]) or id = (select access.person_id()));
