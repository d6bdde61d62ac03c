-- Active members of each division in which the acting person reads or keeps memberships, without those who are to be seen by nobody.
create or replace function members.active_by_division() returns table (division_id integer, n integer) language sql stable security definer set search_path = '' as $$
  with kept as materialized (select unnest(access.divisions_for('P2', 'membership', 'read')) as id union select unnest(access.divisions_for('P2', 'membership', 'edit')))
  select x.division_id, sum(x.n)::integer from (
    select a.division_id, a.n from members.active_count a
    union all select m.division_id, -1 from members.party_membership m where m.person_id = any (privacy.hidden_persons()) and m.kind = 'member' and m.state = 'active') x
  join kept k on k.id = x.division_id group by 1 having sum(x.n) > 0
$$;
revoke execute on function members.active_by_division() from public;
grant execute on function members.active_by_division() to anlauf_app;
