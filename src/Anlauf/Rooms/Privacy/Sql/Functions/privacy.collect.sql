-- Every row about a person: own (it is about them), acted (they did it), mentioned (a text names them). Whoever looks at their own data by a personal
-- link is named as themselves. What a sign-in is proved with is named, never handed out: it tells nothing and would help whoever steals the answer.
-- What another person has in common with them is no mention (privacy.mentions), nor is a row of the register or an account of somebody else.
-- What is sealed is given from rows about the person, never from those they only entered.
create or replace function privacy.collect(wanted integer) returns table (table_name text, title text, how text, row_key text, data jsonb)
  language plpgsql security definer set search_path = '' as $$
declare
  t record; pattern text := privacy.mentions(wanted, alone => true); keys text; acted text; named text; fields text; own text; other text; named_here text;
begin
  if not privacy.may_handle(wanted) then raise exception 'not yours to handle' using errcode = '42501'; end if;
  for t in select d.table_name, d.title, d.subject_column from privacy.declared_table d
      where d.table_name not in ('audit.entry', 'audit.waiting') and exists (select from privacy.declared_column c where c.table_name = d.table_name and c.data_class is not null) order by d.table_name loop
    select string_agg(format('t.%I', a.attname), ', ') into keys from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::smallint[]) where i.indrelid = t.table_name::regclass and i.indisprimary;
    own := privacy.about(t.table_name);
    other := case when t.subject_column is null then 'false' else format('coalesce(t.%I <> $1, false)', t.subject_column) end;
    -- the master data of somebody else name nobody but them
    named_here := case when t.table_name = 'organisation.person' or t.table_name like 'identity.%' then 'not ' || other || ' and ' else '' end || 't.%I::text ~ $2';
    select coalesce(string_agg(format('t.%I = $1', c.name), ' or ') filter (where c.type = 'integer' and c.personal), 'false') into acted from privacy.columns_of(t.table_name) c;
    select coalesce(string_agg('(' || format(named_here, c.name) || ')', ' or ') filter (where c.personal and c.type in ('text', 'jsonb') and c.erasure in ('redact', 'replace', 'clear', 'delete')), 'false'),
      string_agg(case
        when t.table_name like 'identity.%' and c.name in ('password_hash', 'security_stamp', 'secret_hash', 'seed', 'salt', 'hashes', 'value', 'data', 'credential_id', 'provider_key') then format('%L, case when t.%I is not null then ''hinterlegt, wird nicht herausgegeben'' end', c.name, c.name)
        when c.personal and c.type = 'integer' then format('%L, case when t.%2$I = $1 then ''diese Person'' when t.%2$I is not null then ''eine andere Person'' end', c.name, c.name)
        -- what the person is is given as it is; what somebody wrote is a free text, and so is all that stands in a row about somebody else
        when c.personal and c.type in ('text', 'jsonb') then format('%L, case when (%s) and %L then privacy.shown(t.%I::text, $2, $1) when (%s) or (%s) then privacy.blacken_free(privacy.shown(t.%I::text, $2, $1), $1) end',
          c.name, own, c.erasure <> 'redact', c.name, own, format(named_here, c.name), c.name)
        when c.personal and c.encrypted then format('%L, case when %s then t.%I end', c.name, own, c.name)
        when c.personal and c.type not in ('bytea', 'tsvector') then format('%L, case when (%s) or not %s then t.%I end', c.name, acted, other, c.name)
        when not c.personal and (c.type = 'date' or c.type like 'timestamp%') then format('%L, t.%I', c.name, c.name) end, ', ')
      into named, fields from privacy.columns_of(t.table_name) c;
    return query execute format($sql$
      select %L, %L, case when %s then 'own' when %s then 'acted' else 'mentioned' end, concat_ws(' ', %s), jsonb_strip_nulls(jsonb_build_object(%s))
      from %s t where %s or %s or ($2 is not null and (%s)) $sql$, t.table_name, t.title, own, acted, keys, fields, t.table_name, own, acted, named) using wanted, pattern;
  end loop;
  -- who looked: when and by which office, without names
  return query select 'audit.entry', 'Zugriffe auf die Angaben', 'own', e.chain || ' ' || e.position, jsonb_strip_nulls(jsonb_build_object('at', e.at, 'action', e.action, 'reason', r.name, 'actor',
      case when e.actor = wanted::text then 'diese Person' when e.actor = 'self:' || wanted then 'diese Person, über persönlichen Link' else coalesce((select min(o.name) from organisation.office_holding h join organisation.office o on o.id = h.office_id where h.person_id::text = e.actor), 'Programm') end))
    from audit.entry e left join audit.reason r on r.id = e.reason_id where e.subject_id = wanted and e.action in ('read', 'export') order by e.at desc limit 1000;
end $$;
