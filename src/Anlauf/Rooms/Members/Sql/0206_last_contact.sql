-- When somebody was last spoken to or met, kept beside the person: the list of half a million is sorted by it. Who has no row was never
-- reached. Which contacts count is welcome.sighting, and nothing else writes here.
create table members.last_contact (
  -- without a foreign key: merging two entries carries the contacts over, and they bring this with them
  person_id integer primary key,
  division_id integer not null,
  day date not null
);
create index on members.last_contact (day, person_id) include (division_id);
create index on members.last_contact (division_id) include (day, person_id);
alter table members.last_contact enable row level security;
-- for those who read memberships and welcome new members there: calls of both kinds are theirs to see
create policy reach on members.last_contact for select using (
  ((select access.whole('P2', 'membership', 'read')) or division_id = any ((select access.divisions_for('P2', 'membership', 'read'))::integer[]))
  and ((select access.whole('P2', 'welcome', 'read')) or division_id = any ((select access.divisions_for('P2', 'welcome', 'read'))::integer[])));
create policy restricted on members.last_contact as restrictive for select using (person_id <> all ((select privacy.hidden_persons())::integer[]));
grant select on members.last_contact to anlauf_app;
select privacy.personal('members.last_contact', 'Letzter Kontakt', 'care', 'care', 'person_id', '{"person_id": "Person / P2 / delete", "day": "zuletzt / P2 / delete"}', '{division_id}');

-- the day somebody was last reached; null where nobody did any more
create function members.note_contact(person integer, reached date) returns void language plpgsql security definer set search_path = '' as $$
begin
  if reached is null then
    delete from members.last_contact l where l.person_id = person;
  else
    insert into members.last_contact as l (person_id, division_id, day) select p.id, p.division_id, reached from organisation.person p where p.id = person
      on conflict (person_id) do update set day = excluded.day, division_id = excluded.division_id where (l.day, l.division_id) is distinct from (excluded.day, excluded.division_id);
  end if;
end $$;
create function members.follow_person() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then delete from members.last_contact l where l.person_id = old.id;
  else update members.last_contact l set division_id = new.division_id where l.person_id = new.id; end if;
  return null;
end $$;
revoke execute on function members.note_contact(integer, date), members.follow_person() from public;
create trigger contact_moves after update of division_id on organisation.person for each row when (old.division_id is distinct from new.division_id) execute function members.follow_person();
create trigger contact_goes after delete on organisation.person for each row execute function members.follow_person();
