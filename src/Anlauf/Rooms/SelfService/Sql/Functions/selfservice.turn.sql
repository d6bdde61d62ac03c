-- Whose turn the yearly check is, by mail or on paper: the month by the number, so that the year is used evenly; who was left over last month
-- comes first. Called by the functions beside it, which say for whom they ask.
create or replace function selfservice.turn(today date, on_paper boolean) returns table (person_id integer, left_over boolean) language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
begin
  -- planned for the one or the other: who has no e-mail address lies in an index
  return query
  with house as materialized (select s.division_id as id, s.days as settled, p.days as pause from welcome.days_by_division('check-settled') s join welcome.days_by_division('check-pause') p using (division_id))
  select p.id, 1 + p.id % 12 <> extract(month from today)::integer
  from members.party_membership m join organisation.person p on p.id = m.person_id join house d on d.id = p.division_id
  where (p.email is null) = on_paper and m.left_on is null and m.state = 'active' and m.kind in ('member', 'guest', 'youth', 'honorary')
    and coalesce(m.received_on, m.effective_on, '-infinity') < today - d.settled
    and 1 + p.id % 12 in (extract(month from today)::integer, extract(month from today - interval '1 month')::integer)
    and not p.id = any ((select privacy.flagged('no-contact') || privacy.flagged('restricted'))::integer[])
    and not exists (select from selfservice.data_check c where c.person_id = p.id and c.opened_on > today - d.pause)
    and not exists (select from members.party_membership o where o.person_id = p.id and o.left_on is null and o.state = 'active' and o.kind in ('member', 'guest', 'youth', 'honorary') and o.id < m.id);
end $$;
revoke execute on function selfservice.turn(date, boolean) from public;
