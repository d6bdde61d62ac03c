-- Who may take over: contacts of the associations in which the acting person welcomes, how many each has and how many she takes at once.
-- The associations are found once, and the open arrivals counted in one go: a state has thousands of divisions and contacts.
create or replace function welcome.takers() returns table (person_id integer, name text, division text, open integer, capacity integer) language sql stable security definer set search_path = '' as $$
  with welcomed as (select unnest(access.divisions_for('P2', 'welcome', 'edit')) as id union select m.division_id from welcome.contact m where m.person_id = access.person_id()),
    association as materialized (select distinct x.ancestor_id as id from welcomed w join organisation.division_closure x on x.descendant_id = w.id join organisation.division r on r.id = x.ancestor_id and r.parent_id is null),
    inside as materialized (select distinct x.descendant_id as id from association s join organisation.division_closure x on x.ancestor_id = s.id),
    load as materialized (select a.contact_person_id, count(*)::int as n from welcome.arrival a where a.closed_on is null and a.contact_person_id is not null group by 1)
  select c.person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), string_agg(distinct d.short_name, ', '), coalesce(max(l.n), 0), max(c.capacity)
  from welcome.contact c join organisation.person p on p.id = c.person_id join organisation.division d on d.id = c.division_id left join load l on l.contact_person_id = c.person_id
  where current_date between c.valid_from and coalesce(c.valid_to, 'infinity'::date) and c.person_id is distinct from access.person_id()
    and c.division_id in (select i.id from inside i)
  group by c.person_id, p.title, p.given_name, p.family_name
$$;
grant execute on function welcome.takers() to anlauf_app;
