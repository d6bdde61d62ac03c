-- The division of a person, for the policies of what is kept about persons. Asked by whoever keeps nothing about anybody it says nothing: where
-- somebody belongs tells a political opinion.
create or replace function members.divisions_of(person integer) returns integer language sql stable security definer set search_path = '' as $$
  select p.division_id from organisation.person p where p.id = person
    and (access.is_system() or p.id = access.myself() or access.known_reach('P2', 'membership', 'edit') in ('*', '+') or access.known_reach('P2', 'person-detail', 'read') in ('*', '+')
      or access.known_reach('P2', 'person-detail', 'edit') in ('*', '+') or access.known_reach('P3', 'dues', 'read') in ('*', '+') or access.known_reach('P3', 'dues', 'edit') in ('*', '+'))
$$;
revoke execute on function members.divisions_of(integer) from public;
grant execute on function members.divisions_of(integer) to anlauf_app;
