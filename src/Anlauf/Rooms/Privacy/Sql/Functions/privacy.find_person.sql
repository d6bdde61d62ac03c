-- Whom a request is about: at most twenty, by family name; the beginning of a family name, of both names, or the whole address.
-- Each of the three walks an index of its own and ends at twenty.
create or replace function privacy.find_person(asked text) returns table (id integer, name text, division text) language sql stable security definer set search_path = '' as $$
  with wanted as materialized (select lower(trim(asked)) as word, replace(replace(replace(lower(trim(asked)), '\', '\\'), '%', '\%'), '_', '\_') || '%' as start, access.divisions_for('P8', 'privacy', 'edit') as reach),
  found as (
    (select p.id from wanted w join organisation.person p on p.family_name collate "de-x-icu" >= w.word and p.family_name collate "de-x-icu" < w.word || U&'\FFFF' and lower(p.family_name) like w.start and p.division_id = any (w.reach)
      where length(w.word) >= 3 order by p.family_name collate "de-x-icu", p.given_name collate "de-x-icu", p.id limit 20)
    union
    (select p.id from wanted w join organisation.person p on p.search like w.start and p.division_id = any (w.reach)
      where length(w.word) >= 3 order by p.family_name collate "de-x-icu", p.given_name collate "de-x-icu", p.id limit 20)
    union
    select p.id from wanted w join organisation.person p on lower(p.email) = w.word and p.division_id = any (w.reach) where length(w.word) >= 3)
  select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), d.short_name
  from found f join organisation.person p on p.id = f.id join organisation.division d on d.id = p.division_id
  order by p.family_name collate "de-x-icu", p.given_name collate "de-x-icu", p.id limit 20
$$;
