-- The week of reconciliation in numbers, never a name: what came in, what is missing, what somebody still has to decide. Asked for a
-- division and those below it by whoever keeps the memberships there, and by the house for the weekly letter.
create function members.week_of(place integer, out new_persons integer, out changed integer, out files integer, out missing integer, out faulty integer, out duplicates integer, out undecided integer, out last_on date)
  language plpgsql stable security definer set search_path = '' as $$
declare inside integer[]; latest jsonb;
begin
  if not access.is_system() and not coalesce(place = any (access.divisions_for('P2', 'membership', 'edit')), false) then return; end if;
  inside := array(select c.descendant_id from organisation.division_closure c where c.ancestor_id = place);
  select coalesce(sum((i.summary->>'new')::int), 0), coalesce(sum((i.summary->>'changed')::int), 0), count(*) into new_persons, changed, files
    from members.people_import i where i.division_id = any (inside) and i.state = 'done' and i.taken_at > now() - interval '7 days';
  select i.summary, (i.taken_at at time zone 'Europe/Berlin')::date into latest, last_on from members.people_import i where i.division_id = any (inside) and i.state = 'done' order by i.taken_at desc limit 1;
  missing := coalesce((latest->>'missing')::int, 0);
  faulty := coalesce((latest->>'faulty')::int, 0);
  select count(*) into duplicates from members.duplicate_pair d join organisation.person a on a.id = d.a_id join organisation.person b on b.id = d.b_id
    where d.different_on is null and a.division_id = any (inside) and b.division_id = any (inside);
  select count(*) into undecided from members.people_import i where i.division_id = any (inside) and (i.state = 'paused' or i.state = 'preview' and i.content is not null);
end $$;

-- whom the letter goes to: those who exchange files of the register for a division, by address
create function members.reconcilers() returns table (division_id integer, division text, person_id integer, email text) language sql stable security definer set search_path = '' as $$
  select distinct o.division_id, d.name, p.id, p.email
  from access.role_right r join organisation.office o on o.role_id = r.role_id join organisation.office_holding h on h.office_id = o.id join organisation.person p on p.id = h.person_id join organisation.division d on d.id = o.division_id
  where access.is_system() and r.feature = 'membership' and r.action = 'export' and r.data_class = 'P2' and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)
    and p.email is not null and not p.id = any (privacy.hidden_persons())
  order by 1, 3
$$;
revoke execute on all functions in schema members from public;
grant execute on function members.week_of(integer), members.reconcilers() to anlauf_app;
