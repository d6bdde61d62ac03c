-- A text somebody has written freely, without others: names of the register; a word that follows a given name of the register, so that somebody who
-- does not stand in it goes too; numbers to dial and addresses of mail that are not the person's own. What names nobody in these ways stays.
create or replace function privacy.blacken_free(value text, wanted integer) returns text language plpgsql stable security definer set search_path = '' as $$
declare found text; own record;
begin
  if value is null then return null; end if;
  value := privacy.blacken_others(value, wanted);
  select (select string_agg(privacy.escaped(w), '|') from regexp_split_to_table(trim(p.given_name || ' ' || p.family_name), '[[:space:]]+') w) as names, lower(p.email) as mail, privacy.dialled(p.phone) as number into own from organisation.person p where p.id = wanted;
  for found in select distinct w[1] from regexp_matches(value, '([[:upper:]][[:alpha:]-]+)', 'g') w where exists (select from organisation.person p where p.given_name = w[1]) loop
    value := privacy.blacken(value, '(?<![[:alnum:]])' || privacy.escaped(found) || '[[:space:]]+(?!(?:' || own.names || ')s?(?![[:alpha:]]))[[:upper:]][[:alpha:]-]+');
  end loop;
  for found in select m[1] from regexp_matches(value, '([[:alnum:]._%+-]+@[[:alnum:].-]*[[:alnum:]])', 'g') m where lower(m[1]) is distinct from own.mail loop
    value := replace(value, found, repeat('█', length(found)));
  end loop;
  for found in select m[1] from regexp_matches(value, '(?<![[:alnum:]])([+0][0-9](?:[ /()-]{0,2}[0-9]){5,})(?![[:alnum:]])', 'g') m where privacy.dialled(m[1]) is distinct from own.number loop
    value := replace(value, found, repeat('█', length(found)));
  end loop;
  return value;
end $$;
revoke execute on function privacy.blacken_free(text, integer) from public;
