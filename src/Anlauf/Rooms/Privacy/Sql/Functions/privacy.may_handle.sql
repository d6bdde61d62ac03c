-- Whether the acting person handles the requests of this person. It says yes or no and never where somebody belongs.
create or replace function privacy.may_handle(person integer) returns boolean language sql stable security definer set search_path = '' as $$
  select access.is_system() or coalesce(privacy.division_of(person) = any (access.divisions_for('P8', 'privacy', 'edit')), false)
$$;
revoke execute on function privacy.may_handle(integer) from public;
grant execute on function privacy.may_handle(integer) to anlauf_app;
