-- When a row t of a table is about the person $1, as a condition: it names them as its subject, or it hangs on a row that does, as the steps and
-- the givings hang on an arrival and the codes on an account. 'false' where neither is declared.
create or replace function privacy.about(wanted text) returns text language sql stable set search_path = '' as $$
  select coalesce(string_agg(c.condition, ' or '), 'false') from (
    select format('t.%I = $1', d.subject_column) as condition from privacy.declared_table d where d.table_name = wanted and d.subject_column is not null
    union all
    select format('exists (select from %s o where o.%I = t.%I and o.%I = $1)', p.table_name, there.attname, here.attname, p.subject_column)
    from privacy.declared_table d join pg_catalog.pg_constraint k on k.conrelid = d.table_name::regclass and k.contype = 'f' and cardinality(k.conkey) = 1
    join privacy.declared_table p on p.table_name::regclass = k.confrelid and p.subject_column is not null
    join pg_catalog.pg_attribute here on here.attrelid = k.conrelid and here.attnum = k.conkey[1] join pg_catalog.pg_attribute there on there.attrelid = k.confrelid and there.attnum = k.confkey[1]
    -- a column that holds the person's own number says who did something, not whom the row is about
    where d.table_name = wanted and d.subject_column is null and there.attname <> p.subject_column) c
$$;
revoke execute on function privacy.about(text) from public;
