-- How the person may be named in a text: full name both ways round, in an address of a page, mail, telephone; the family name alone
-- where nobody else in the register bears it. With „alone“ mail and telephone too only where nobody else has the same: an answer to the person
-- must not tell that somebody shares it, while an erasure takes it out of every text. Null for somebody who is erased already.
create or replace function privacy.mentions(wanted integer, alone boolean default false) returns text language sql stable security definer set search_path = '' as $$
  select '(?<![[:alnum:]])(?:' || array_to_string(array_remove(array[
      privacy.escaped(p.given_name) || '[[:space:]]+' || privacy.escaped(p.family_name) || 's?',
      privacy.escaped(p.family_name) || ',[[:space:]]*' || privacy.escaped(p.given_name),
      privacy.escaped(privacy.slugged(p.given_name || ' ' || p.family_name)),
      case when not alone or not exists (select from organisation.person o where lower(o.email) = lower(p.email) and o.id <> p.id) then privacy.escaped(nullif(p.email, '')) end,
      case when not alone or not exists (select from organisation.person o where privacy.dialled(o.phone) = privacy.dialled(p.phone) and o.id <> p.id) then privacy.escaped(nullif(p.phone, '')) end,
      case when length(p.family_name) >= 3 and not exists (select from organisation.person o where lower(o.family_name) = lower(p.family_name) and o.id <> p.id) then
        privacy.escaped(p.family_name) || 's?|(?<=-)' || privacy.escaped(privacy.slugged(p.family_name)) || '|' || privacy.escaped(privacy.slugged(p.family_name)) || '(?=-)' end
    ], null), '|') || ')(?![[:alnum:]])'
  from organisation.person p where p.id = wanted and p.family_name not like 'Gelöschte Person %'
$$;
revoke execute on function privacy.mentions(integer, boolean) from public;
