-- A part of a primary key that is a value of a person (whom a resolution goes to, the name at the provider of single sign-on) does not
-- stand in the audit: an erasure could not take it out again. The other parts of the key say where to look.
create or replace function audit.attach_to(wanted regclass, subject text) returns void language plpgsql set search_path = '' as $$
declare
  place text; plain text; fn text; keys text; same text; changed text; division text; written text; event text;
begin
  select format('%I.%I', n.nspname, c.relname), n.nspname || '.' || c.relname, format('audit.%I', 'note_' || n.nspname || '_' || c.relname)
    into place, plain, fn from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = wanted;
  -- @ stands for the row's name until the statement is put together
  select coalesce(string_agg(format('%L, @.%I', a.attname, a.attname), ', ' order by k.n) filter (where not exists (
      select from privacy.declared_column d where d.table_name = plain and d.column_name = a.attname and d.on_erasure <> 'keep')), ''), string_agg(format('o.%1$I = n.%1$I', a.attname), ' and ' order by k.n)
    into keys, same
    from pg_catalog.pg_index i cross join lateral unnest(i.indkey::smallint[]) with ordinality k (attnum, n)
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where i.indrelid = wanted and i.indisprimary;
  if same is null then raise exception '% has no primary key and cannot be audited', place; end if;
  select string_agg(format('case when o.%1$I%2$s is distinct from n.%1$I%2$s then %1$L end', a.attname, case when a.atttypid = 'json'::regtype then '::text' else '' end), ', ' order by a.attnum),
    coalesce(max(case when a.attname = 'division_id' then '@.division_id' end), case when plain = 'organisation.division' then '@.id' else 'null::integer' end)
    into changed, division from pg_catalog.pg_attribute a where a.attrelid = wanted and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
  written := format('jsonb_build_object(%s)::text, %s, %s', keys, case when subject is null then 'null::integer' else format('@.%I', subject) end, division);
  execute format($sql$
    create or replace function %s() returns trigger language plpgsql security definer set search_path = '' as $body$
    begin
      if tg_op = 'INSERT' then
        insert into audit.waiting (chain, action, object, key, subject_id, division_id) select 'change', 'insert', %L, %s from new_rows n;
      elsif tg_op = 'DELETE' then
        insert into audit.waiting (chain, action, object, key, subject_id, division_id) select 'change', 'delete', %L, %s from old_rows o;
      else
        insert into audit.waiting (chain, action, object, columns, key, subject_id, division_id)
          select 'change', 'update', %L, c.names, %s from old_rows o join new_rows n on %s cross join lateral (select array_remove(array[%s], null) as names) c where c.names <> '{}';
        -- a changed key: the old row went, another came
        insert into audit.waiting (chain, action, object, key, subject_id, division_id)
          select 'change', 'delete', %L, %s from old_rows o where not exists (select from new_rows n where %s)
          union all select 'change', 'insert', %L, %s from new_rows n where not exists (select from old_rows o where %s);
      end if;
      if exists (select from audit.waiting w where w.xact = pg_current_xact_id()) then
        insert into audit.sealing values (pg_current_xact_id()) on conflict do nothing;
      end if;
      return null;
    end $body$ $sql$,
    fn, plain, replace(written, '@.', 'n.'), plain, replace(written, '@.', 'o.'), plain, replace(written, '@.', 'n.'), same, changed,
    plain, replace(written, '@.', 'o.'), same, plain, replace(written, '@.', 'n.'), same);
  foreach event in array array['insert', 'update', 'delete'] loop
    execute format('create or replace trigger audit_%s after %s on %s %s for each statement execute function %s()', event, event, place,
      case event when 'insert' then 'referencing new table as new_rows' when 'delete' then 'referencing old table as old_rows' else 'referencing old table as old_rows new table as new_rows' end, fn);
  end loop;
end $$;
