-- Letters of the yearly check for those who keep the membership: to print, and those that are out and not answered.
create or replace function selfservice.letters(today date) returns table (person_id integer, name text, division text, phone text, member_since date, sent_on date) language sql stable security definer set search_path = '' as $$
  with mine as materialized (select access.divisions_for('P2', 'membership', 'edit') as ids)
  select p.id, concat_ws(' ', p.given_name, p.family_name), d.name, p.phone, (select min(coalesce(m.effective_on, m.received_on)) from members.party_membership m where m.person_id = p.id and m.left_on is null), x.sent_on
  from (select t.person_id, null::date as sent_on from selfservice.turn(today, true) t
    union all select c.person_id, c.opened_on from selfservice.data_check c where c.by_letter and c.settled_on is null and selfservice.state_of(c) = 'open') x
  join organisation.person p on p.id = x.person_id join organisation.division d on d.id = p.division_id
  where p.email is null and p.division_id = any ((select ids from mine)::integer[]) and not p.id = any ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[])
  order by x.sent_on nulls first, p.family_name collate "de-x-icu", p.id
$$;
revoke execute on function selfservice.letters(date) from public;
grant execute on function selfservice.letters(date) to anlauf_app;
