-- Divisions in which the acting person sees who was last spoken to: whoever reads memberships and welcomes new members there. „Everything“ is
-- the single 0, as in members.kept.
create or replace function members.contacts_seen() returns integer[] language plpgsql stable security definer set search_path = '' as $$
begin
  if access.whole('P2', 'membership', 'read') and access.whole('P2', 'welcome', 'read') then return '{0}'; end if;
  return array(select unnest(access.divisions_for('P2', 'membership', 'read')) intersect select unnest(access.divisions_for('P2', 'welcome', 'read')));
end $$;
revoke execute on function members.contacts_seen() from public;
grant execute on function members.contacts_seen() to anlauf_app;
