-- Whoever welcomes new members sees people without an office, and nothing ended that: neither a step of the house, nor leaving the association,
-- nor an erasure. Once the last entry of a contact ends, those entrusted to her go to the next one, and she sees them no more.
create function welcome.follow_contact() returns trigger language plpgsql security definer set search_path = '' as $$
declare a record; r record;
begin
  if exists (select from welcome.contact c where c.person_id = old.person_id and coalesce(c.valid_to, 'infinity'::date) >= current_date) then return null; end if;
  update welcome.absence b set stand_in_id = null where b.stand_in_id = old.person_id and b.valid_to >= current_date;
  for a in select x.id, x.person_id, x.area_key, m.division_id as home from welcome.arrival x join members.party_membership m on m.id = x.membership_id
      where x.closed_on is null and x.contact_person_id = old.person_id order by x.received_on, x.id loop
    r := welcome.route(a.home, a.area_key, a.person_id);
    update welcome.arrival x set division_id = r.division, contact_person_id = r.contact, way = r.way where x.id = a.id;
  end loop;
  return null;
end $$;
create trigger contact_ends after update of valid_to or delete on welcome.contact for each row execute function welcome.follow_contact();

create function welcome.end_contacts(who integer, only_contact integer default null) returns integer language plpgsql security definer set search_path = '' as $$
declare ended integer; gone integer;
begin
  -- what began today has no yesterday to end on
  delete from welcome.contact c where c.person_id = who and c.id = coalesce(only_contact, c.id) and c.valid_from >= current_date and coalesce(c.valid_to, 'infinity'::date) >= current_date;
  get diagnostics gone = row_count;
  update welcome.contact c set valid_to = current_date - 1 where c.person_id = who and c.id = coalesce(only_contact, c.id) and coalesce(c.valid_to, 'infinity'::date) >= current_date;
  get diagnostics ended = row_count;
  return ended + gone;
end $$;

-- by whoever names contacts there, and by herself
create function welcome.end_contact(wanted integer) returns boolean language plpgsql security definer set search_path = '' as $$
declare who integer;
begin
  select c.person_id into who from welcome.contact c where c.id = wanted and coalesce(c.person_id = access.person_id() or c.division_id = any (access.divisions_for('P2', 'welcome', 'edit')), false);
  return who is not null and welcome.end_contacts(who, wanted) > 0;
end $$;
grant execute on function welcome.end_contact(integer) to anlauf_app;

-- Whoever leaves the association stops at once, also where the resignation takes effect later. Looked at when everything is written: a guest who
-- becomes a member leaves as the one and comes as the other.
create function welcome.contact_leaves() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from welcome.contact c where c.person_id = new.person_id and coalesce(c.valid_to, 'infinity'::date) >= current_date)
    and not exists (select from members.party_membership m where m.person_id = new.person_id and m.left_on is null) then
    perform welcome.end_contacts(new.person_id);
  end if;
  return null;
end $$;
create constraint trigger contact_leaves after update of left_on on members.party_membership deferrable initially deferred
  for each row when (old.left_on is null and new.left_on is not null) execute function welcome.contact_leaves();

-- An office that changes hands: whom its holder welcomes besides does not go with it, so it is a question of the list.
create function welcome.prepare_handover() returns trigger language plpgsql security definer set search_path = '' as $$
declare who integer; n integer;
begin
  select h.person_id into who from organisation.office_holding h where h.id = new.holding_id;
  if not exists (select from welcome.contact c where c.person_id = who and coalesce(c.valid_to, 'infinity'::date) >= current_date) then return null; end if;
  select count(*) into n from welcome.arrival a where a.contact_person_id = who and a.closed_on is null;
  insert into organisation.handover_item (handover_id, title) values (new.id, 'Besprochen, wer neue Mitglieder begrüßt: '
    || case n when 0 then 'gerade ist niemand anvertraut' when 1 then 'ein Mensch ist anvertraut' else n || ' Menschen sind anvertraut' end || '; das geht nicht mit dem Amt über (Menschen, Ansprechpersonen)');
  return null;
end $$;
create trigger prepare_welcome after insert on organisation.handover for each row execute function welcome.prepare_handover();

-- who has left the association already stops now
select welcome.end_contacts(c.person_id) from (select distinct x.person_id from welcome.contact x where coalesce(x.valid_to, 'infinity'::date) >= current_date
    and exists (select from members.party_membership m where m.person_id = x.person_id) and not exists (select from members.party_membership m where m.person_id = x.person_id and m.left_on is null)) c;
