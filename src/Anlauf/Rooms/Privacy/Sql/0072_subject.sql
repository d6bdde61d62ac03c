-- Everything the declarations say about one person: found across all rooms, shown with others blackened, erased with what must stay.

create function privacy.escaped(plain text) returns text language sql immutable strict
  return regexp_replace(plain, '([.*+?^${}()|\[\]\\/-])', '\\\1', 'g');
create function privacy.slugged(plain text) returns text language sql immutable strict
  return trim(both '-' from regexp_replace(replace(replace(replace(replace(lower(plain), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'), '[^a-z0-9]+', '-', 'g'));

-- how the person may be named in a text: full name both ways round, in an address of a page, mail, telephone; the family name alone
-- where nobody else in the register bears it. Null for somebody who is erased already
create function privacy.mentions(wanted integer) returns text language sql stable security definer set search_path = '' as $$
  select '(?<![[:alnum:]])(?:' || array_to_string(array_remove(array[
      privacy.escaped(p.given_name) || '[[:space:]]+' || privacy.escaped(p.family_name) || 's?',
      privacy.escaped(p.family_name) || ',[[:space:]]*' || privacy.escaped(p.given_name),
      privacy.escaped(privacy.slugged(p.given_name || ' ' || p.family_name)),
      privacy.escaped(nullif(p.email, '')), privacy.escaped(nullif(p.phone, '')),
      case when length(p.family_name) >= 3 and not exists (select from organisation.person o where lower(o.family_name) = lower(p.family_name) and o.id <> p.id) then
        privacy.escaped(p.family_name) || 's?|(?<=-)' || privacy.escaped(privacy.slugged(p.family_name)) || '|' || privacy.escaped(privacy.slugged(p.family_name)) || '(?=-)' end
    ], null), '|') || ')(?![[:alnum:]])'
  from organisation.person p where p.id = wanted and p.family_name not like 'Gelöschte Person %'
$$;

-- letter by letter, so that passages keep their place; an address of a page keeps its form and stays unlike every other
create function privacy.blacken(value text, pattern text, mark text default 'x') returns text language plpgsql immutable set search_path = '' as $$
declare found text;
begin
  if value is null or pattern is null or value !~ pattern then return value; end if;
  for found in select f from (select distinct m[1] as f from regexp_matches(value, '(' || pattern || ')', 'g') m) x order by length(f) desc loop
    value := regexp_replace(value, '(?<![[:alnum:]])' || privacy.escaped(found) || '(?![[:alnum:]])', case when found ~ '^[a-z0-9]+(-[a-z0-9]+)*$' then mark else repeat('█', length(found)) end, 'g');
  end loop;
  return value;
end $$;

-- names of others in the register, blackened
create function privacy.blacken_others(value text, wanted integer) returns text language plpgsql stable security definer set search_path = '' as $$
declare other record;
begin
  if value is null or value !~ '[[:upper:]]' then return value; end if;
  for other in select distinct p.given_name, p.family_name from organisation.person p
      where p.id <> wanted and p.family_name not like 'Gelöschte Person %' and lower(p.family_name) = any (select lower(w[1]) from regexp_matches(value, '([[:upper:]][[:alpha:]-]+)', 'g') w)
        and not exists (select from organisation.person self where self.id = wanted and self.family_name = p.family_name) loop
    value := privacy.blacken(value, '(?<![[:alnum:]])(?:' || privacy.escaped(other.given_name) || '[[:space:]]+)?' || privacy.escaped(other.family_name) || 's?(?![[:alnum:]])');
  end loop;
  return value;
end $$;

-- a long text is given as the passages that name the person
create function privacy.shown(value text, pattern text, wanted integer) returns text language sql stable set search_path = '' as $$
  select privacy.blacken_others(case when length(value) <= 600 then value else
    (select string_agg('… ' || m[1] || ' …', E'\n') from regexp_matches(value, '(.{0,150}' || pattern || '.{0,150})', 'g') m) end, wanted)
$$;

create function privacy.columns_of(wanted text) returns table (name text, type text, erasure text, process text, encrypted boolean, personal boolean) language sql stable set search_path = '' as $$
  select d.column_name, format_type(a.atttypid, null), d.on_erasure, d.process_id, d.encrypted, d.data_class is not null
  from privacy.declared_column d join pg_catalog.pg_attribute a on a.attrelid = d.table_name::regclass and a.attname = d.column_name where d.table_name = wanted order by a.attnum
$$;

-- every row about a person: own (it is about them), acted (they did it), mentioned (a text names them)
create function privacy.collect(wanted integer) returns table (table_name text, title text, how text, row_key text, data jsonb)
  language plpgsql security definer set search_path = '' as $$
declare
  t record; pattern text := privacy.mentions(wanted); keys text; acted text; named text; fields text; own text;
begin
  if not privacy.may_handle(wanted) then raise exception 'not yours to handle' using errcode = '42501'; end if;
  for t in select d.table_name, d.title, d.subject_column from privacy.declared_table d
      where d.table_name not in ('audit.entry', 'audit.waiting') and exists (select from privacy.declared_column c where c.table_name = d.table_name and c.data_class is not null) order by d.table_name loop
    select string_agg(format('t.%I', a.attname), ', ') into keys from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::smallint[]) where i.indrelid = t.table_name::regclass and i.indisprimary;
    own := case when t.subject_column is null then 'false' else format('t.%I = $1', t.subject_column) end;
    select coalesce(string_agg(format('t.%I = $1', c.name), ' or ') filter (where c.type = 'integer' and c.personal), 'false'),
      coalesce(string_agg(format('t.%I::text ~ $2', c.name), ' or ') filter (where c.personal and c.type in ('text', 'jsonb') and c.erasure in ('redact', 'replace', 'clear', 'delete')), 'false'),
      string_agg(case
        when c.personal and c.type = 'integer' then format('%L, case when t.%2$I = $1 then ''diese Person'' when t.%2$I is not null then ''eine andere Person'' end', c.name, c.name)
        when c.personal and c.type in ('text', 'jsonb') then format('%L, case when (%s) or t.%I::text ~ $2 then privacy.shown(t.%I::text, $2, $1) end', c.name, own, c.name, c.name)
        when c.personal and c.encrypted then format('%L, t.%I', c.name, c.name)
        when c.personal and c.type not in ('bytea', 'tsvector') then format('%L, t.%I', c.name, c.name)
        when not c.personal and (c.type = 'date' or c.type like 'timestamp%') then format('%L, t.%I', c.name, c.name) end, ', ')
      into acted, named, fields from privacy.columns_of(t.table_name) c;
    return query execute format($sql$
      select %L, %L, case when %s then 'own' when %s then 'acted' else 'mentioned' end, concat_ws(' ', %s), jsonb_strip_nulls(jsonb_build_object(%s))
      from %s t where %s or %s or ($2 is not null and (%s)) $sql$, t.table_name, t.title, own, acted, keys, fields, t.table_name, own, acted, named) using wanted, pattern;
  end loop;
  -- who looked: when and by which office, without names
  return query select 'audit.entry', 'Zugriffe auf die Angaben', 'own', e.chain || ' ' || e.position, jsonb_strip_nulls(jsonb_build_object('at', e.at, 'action', e.action, 'reason', r.name, 'actor',
      case when e.actor = wanted::text then 'diese Person' else coalesce((select min(o.name) from organisation.office_holding h join organisation.office o on o.id = h.office_id where h.person_id::text = e.actor), 'Programm') end))
    from audit.entry e left join audit.reason r on r.id = e.reason_id where e.subject_id = wanted and e.action in ('read', 'export') order by e.at desc limit 1000;
end $$;

-- which processes are held for a person today
create function privacy.held(wanted integer) returns text[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(h.process_id), '{}') from privacy.hold h where h.person_id = wanted and h.until >= current_date
$$;

-- erases what the declarations say; runs once a second person has confirmed. Returns what was done with how many rows
create function privacy.erase(asked integer) returns table (table_name text, effect text, rows bigint)
  language plpgsql security definer set search_path = '' as $$
declare
  r record; t record; wanted integer; pattern text; held text[]; n bigint; pass integer; setting text; condition text; own text;
begin
  select * into r from privacy.request q where q.id = asked for update;
  if r.id is null or r.kind <> 'erasure' or r.person_id is null or r.answered_on is not null then raise exception 'no open request for erasure' using errcode = '42501'; end if;
  if not (access.is_system() or (r.confirmed_by = access.person_id() and coalesce(r.division_id = any (access.editable_divisions('P1', 'erasure')), false))) or r.confirmed_by is null or r.prepared_by is null then
    raise exception 'an erasure needs a second person' using errcode = '42501';
  end if;
  wanted := r.person_id; pattern := privacy.mentions(wanted); held := privacy.held(wanted);
  -- twice: some tables keep a history of what the first pass changed
  for pass in 1..2 loop
    for t in select d.table_name, d.subject_column from privacy.declared_table d where exists (select from privacy.declared_column c where c.table_name = d.table_name and c.on_erasure <> 'keep') order by d.table_name = 'organisation.person', d.table_name loop
      own := case when t.subject_column is not null then format('t.%I = $1', t.subject_column) end;
      if pass = 1 and t.subject_column is not null and exists (select from privacy.columns_of(t.table_name) c where c.erasure = 'delete' and not c.process = any (held)) then
        execute format('delete from %s t where %s', t.table_name, own) using wanted;
        get diagnostics n = row_count;
        if n > 0 then table_name := t.table_name; effect := 'deleted'; rows := n; return next; end if;
        continue;
      end if;
      -- texts that name the person, wherever they are
      if pattern is not null then
        select string_agg(case when c.type = 'bytea' then format('%1$I = privacy.blacken_file(t.%1$I, $2)', c.name) else format('%1$I = privacy.blacken(t.%1$I::text, $2, ''person-'' || $1)::%2$s', c.name, c.type) end, ', '),
          string_agg(format('t.%I::text ~ $2', c.name), ' or ') filter (where c.type <> 'bytea')
          into setting, condition from privacy.columns_of(t.table_name) c where c.erasure = 'redact' and not c.process = any (held) and c.type in ('text', 'jsonb', 'bytea');
        if condition is not null then
          execute format('update %s t set %s where %s', t.table_name, setting, condition) using wanted, pattern;
          get diagnostics n = row_count;
          if n > 0 and pass = 1 then table_name := t.table_name; effect := 'blackened'; rows := n; return next; end if;
        end if;
      end if;
      if pass = 1 and t.subject_column is not null then
        -- the row stays under a number, so that what it belongs to stays true
        select string_agg(format('%I = %s', c.name, case when c.erasure = 'replace' then '''Gelöschte Person '' || $1' when a.attnotnull then '''''' else 'null' end), ', ') into setting
          from privacy.columns_of(t.table_name) c join pg_catalog.pg_attribute a on a.attrelid = t.table_name::regclass and a.attname = c.name
          where c.erasure in ('clear', 'replace') and not c.process = any (held);
        if setting is not null then
          execute format('update %s t set %s where %s', t.table_name, setting, own) using wanted;
          get diagnostics n = row_count;
          if n > 0 then table_name := t.table_name; effect := 'emptied'; rows := n; return next; end if;
        end if;
      end if;
    end loop;
  end loop;
  update privacy.request q set answered_on = current_date, outcome = case when held = '{}' then 'done' else 'partly' end where q.id = asked;
  perform audit.note('change', 'erase', 'privacy.request', 'id=' || asked, wanted, null, r.division_id);
end $$;

-- a file of text is blackened like its text; of any other nothing can be cut out, so a sentence takes its place
create function privacy.blacken_file(content bytea, pattern text) returns bytea language plpgsql immutable set search_path = '' as $$
begin
  if position('\x00'::bytea in content) > 0 then raise exception 'not a text' using errcode = '22021'; end if;
  return convert_to(privacy.blacken(convert_from(content, 'UTF8'), pattern), 'UTF8');
exception when others then
  return convert_to('Die Datei enthielt Angaben einer gelöschten Person und wurde entfernt. Der gelesene Text ist erhalten.', 'UTF8');
end $$;
revoke execute on all functions in schema privacy from public;
grant execute on function privacy.collect(integer), privacy.erase(integer), privacy.held(integer) to anlauf_app;

-- name and division of somebody whose request is handled
create function privacy.subject(person integer) returns table (name text, division_id integer) language sql stable security definer set search_path = '' as $$
  select concat_ws(' ', nullif(p.title, ''), nullif(p.given_name, ''), p.family_name), p.division_id from organisation.person p where p.id = person and privacy.may_handle(person)
$$;
create function privacy.period_words(period interval) returns text language sql immutable
  return case when period >= interval '1 year' and extract(month from period) = 0 then extract(year from period) || case when extract(year from period) = 1 then ' Jahr' else ' Jahre' end
    when period >= interval '1 month' then extract(year from period) * 12 + extract(month from period) || case when period = interval '1 month' then ' Monat' else ' Monate' end
    else extract(day from period) || ' Tage' end;
-- the second person confirms; false where it is not theirs to confirm
create function privacy.confirm(asked integer) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  update privacy.request r set confirmed_by = access.person_id(), confirmed_at = now()
    where r.id = asked and r.kind = 'erasure' and r.prepared_by is not null and r.prepared_by <> access.person_id() and r.confirmed_by is null and r.answered_on is null
      and r.division_id = any (access.editable_divisions('P1', 'erasure'));
  return found;
end $$;
grant execute on function privacy.subject(integer), privacy.period_words(interval), privacy.confirm(integer) to anlauf_app;
