-- Whoever names a deputy or hands over an office names somebody they may see, or somebody who holds an office in the same association:
-- a number guessed gave away a name and gave it rights. Guests never.
create function organisation.holds_office_beside(who integer, holding integer) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (
    select from organisation.office_holding mine join organisation.office mo on mo.id = mine.office_id
    join organisation.division_closure up on up.descendant_id = mo.division_id join organisation.division_closure down on down.ancestor_id = up.ancestor_id
    join organisation.office o on o.division_id = down.descendant_id join organisation.office_holding h on h.office_id = o.id
    where mine.id = holding and h.person_id = who and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date))
$$;
create function organisation.is_guest(who integer) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from identity.account a where a.person_id = who and a.is_guest)
$$;
-- not security definer: whether the person is seen is decided by the policy of persons
create function organisation.may_be_named(who integer, holding integer) returns boolean language sql stable set search_path = '' as $$
  select not organisation.is_guest(who) and (exists (select from organisation.person p where p.id = who) or organisation.holds_office_beside(who, holding))
$$;
grant execute on function organisation.holds_office_beside(integer, integer), organisation.is_guest(integer), organisation.may_be_named(integer, integer) to anlauf_app;

create policy named on organisation.delegation as restrictive for insert with check (organisation.may_be_named(person_id, holding_id));
create policy named on organisation.handover as restrictive for insert with check (organisation.may_be_named(person_id, holding_id));
