-- Which functions of the database were created from which file: nothing of a person.
do $$ begin
  if not exists (select from privacy.declared_table where table_name = 'platform.function') then perform privacy.impersonal('platform.function'); end if;
end $$;
