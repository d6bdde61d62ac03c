-- Retention: what goes by itself, when, and what went.

-- who reads the desk of the officer; counts only, so no reach by division
create function privacy.at_the_desk() returns boolean language sql stable
  return access.is_system() or coalesce(array_length(access.divisions_for('P8', 'privacy', 'read'), 1), 0) > 0;

-- what goes until a day: rows by rule and table, with the first day one of them is due
create function privacy.retention_due(until date) returns table (rule_id text, rule text, table_name text, title text, rows bigint, first date, outcome text, basis text, paused_until date, pause_reason text)
  language plpgsql security definer set search_path = '' as $$
declare j record; n bigint; f date;
begin
  if not privacy.at_the_desk() then return; end if;
  for j in
    select r.*, x.table_name as place, d.title, x.begins_sql from privacy.retention_job x join privacy.retention_rule r on r.id = x.rule_id join privacy.declared_table d on d.table_name = x.table_name
    union all select r.*, 'audit.entry', 'Protokoll', 'case when t.chain = ' || quote_literal(replace(r.id, 'audit-', '')) || ' then t.at::date end' from privacy.retention_rule r where r.id in ('audit-change', 'audit-access')
    order by sort loop
    continue when j.period is null;
    execute format('select count(*), min(x.due) from (select ((%s) + $1)::date as due from %s t) x where x.due <= $2', j.begins_sql, j.place) into n, f using j.period, until;
    if n > 0 then
      rule_id := j.id; rule := j.name; table_name := j.place; title := j.title; rows := n; first := f; outcome := j.outcome; basis := j.basis; paused_until := j.paused_until; pause_reason := j.pause_reason;
      return next;
    end if;
  end loop;
end $$;

-- the nightly run. A row that something else still needs stays, and the protocol says so by leaving it out
create function privacy.retain(today date) returns table (rule_id text, table_name text, rows bigint) language plpgsql security definer set search_path = '' as $$
declare j record; k record; n bigint; one bigint;
begin
  if not access.is_system() then raise exception 'only the system' using errcode = '42501'; end if;
  for j in select r.id, r.period, x.table_name as place, x.begins_sql, x.clear_columns from privacy.retention_job x join privacy.retention_rule r on r.id = x.rule_id
      where r.period is not null and (r.paused_until is null or r.paused_until < today) order by r.sort, x.table_name loop
    n := 0;
    if j.clear_columns is not null then
      execute format('update %s t set %s where ((%s) + $1)::date <= $2', j.place, (select string_agg(format('%I = null', c), ', ') from unnest(j.clear_columns) c), j.begins_sql) using j.period, today;
      get diagnostics n = row_count;
    else
      for k in execute format('select t.ctid as place from %s t where ((%s) + $1)::date <= $2', j.place, j.begins_sql) using j.period, today loop
        begin
          execute format('delete from %s t where t.ctid = $1', j.place) using k.place;
          get diagnostics one = row_count;
          n := n + one;
        exception when foreign_key_violation then null;
        end;
      end loop;
    end if;
    if n > 0 then
      insert into privacy.retention_run (rule_id, table_name, rows) values (j.id, j.place, n);
      perform audit.note('change', 'retention', j.place, j.id || ': ' || n, null, null);
      rule_id := j.id; table_name := j.place; rows := n; return next;
    end if;
  end loop;
  for j in select r.id, r.period, replace(r.id, 'audit-', '') as chain from privacy.retention_rule r where r.id in ('audit-change', 'audit-access') and r.period is not null and (r.paused_until is null or r.paused_until < today) loop
    n := audit.forget(j.chain, (today - j.period)::timestamp at time zone 'Europe/Berlin');
    if n > 0 then
      insert into privacy.retention_run (rule_id, table_name, rows) values (j.id, 'audit.entry', n);
      perform audit.note('change', 'retention', 'audit.entry', j.id || ': ' || n, null, null);
      rule_id := j.id; table_name := 'audit.entry'; rows := n; return next;
    end if;
  end loop;
end $$;
grant execute on function privacy.at_the_desk(), privacy.retention_due(date), privacy.retain(date) to anlauf_app;
insert into privacy.retention_job (rule_id, table_name, begins_sql) values
  ('work', 'situation.assignment', 't.ended_at::date'),
  -- an account without any office today or to come
  ('account', 'identity.account', 'case when not exists (select from organisation.office_holding h where h.person_id = t.person_id and coalesce(h.valid_to, ''infinity'') >= current_date) then (select max(h.valid_to) from organisation.office_holding h where h.person_id = t.person_id) end');
