-- Whoever reads the situation of a whole state compares its districts.
create or replace function members.compares(root integer) returns boolean language sql stable security definer set search_path = '' as $$
  select access.whole('P1', 'situation', 'read') or not exists (
    select c.descendant_id from organisation.division_closure c where c.ancestor_id = root except select unnest(access.divisions_for('P1', 'situation', 'read')))
$$;
