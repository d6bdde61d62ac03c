-- Removes those of them whom nothing else refers to, with the rights of whoever asks; gives who went. Whom an objection, a note of a meeting or another
-- row names stays, and the others go all the same.
create or replace function members.remove_persons(persons integer[]) returns setof integer language plpgsql set search_path = '' as $$
declare one integer; gone integer[];
begin
  begin
    -- into a variable: rows already returned would not be taken back with the deletion
    with d as (delete from organisation.person p where p.id = any (persons) returning p.id) select array_agg(d.id) into gone from d;
    return query select unnest(gone);
    return;
  exception when foreign_key_violation then null;
  end;
  foreach one in array persons loop
    begin
      delete from organisation.person p where p.id = one;
      if found then return next one; end if;
    exception when foreign_key_violation then null;
    end;
  end loop;
end $$;
grant execute on function members.remove_persons(integer[]) to anlauf_app;
