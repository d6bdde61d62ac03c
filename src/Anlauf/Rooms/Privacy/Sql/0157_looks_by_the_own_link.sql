-- Whoever looks at their own data by a personal link is named as themselves in the answer about them, not as the program. What a sign-in
-- is proved with is named, but never handed out: it tells nothing about the person and would help whoever steals the answer.
create or replace function privacy.collect(wanted integer) returns table (table_name text, title text, how text, row_key text, data jsonb)
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
        when t.table_name like 'identity.%' and c.name in ('password_hash', 'security_stamp', 'secret_hash', 'seed', 'salt', 'hashes', 'value', 'data', 'credential_id', 'provider_key') then format('%L, case when t.%I is not null then ''hinterlegt, wird nicht herausgegeben'' end', c.name, c.name)
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
      case when e.actor = wanted::text then 'diese Person' when e.actor = 'self:' || wanted then 'diese Person, über persönlichen Link' else coalesce((select min(o.name) from organisation.office_holding h join organisation.office o on o.id = h.office_id where h.person_id::text = e.actor), 'Programm') end))
    from audit.entry e left join audit.reason r on r.id = e.reason_id where e.subject_id = wanted and e.action in ('read', 'export') order by e.at desc limit 1000;
end $$;
