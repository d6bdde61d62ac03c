-- Every contact moves the day of the last one, and a contact that is taken back, corrected or deleted moves it back.
create function welcome.keep_last_contact() returns trigger language plpgsql security definer set search_path = '' as $$
declare before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end; after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end; person integer;
begin
  for person in select distinct x::integer from unnest(array[before->>'person_id', after->>'person_id']) x where x is not null loop
    perform members.note_contact(person, (select max(s.day) from welcome.sighting s where s.person_id = person and not s.arriving));
  end loop;
  return null;
end $$;
create function welcome.follow_meeting_day() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform members.note_contact(a.person_id, (select max(s.day) from welcome.sighting s where s.person_id = a.person_id and not s.arriving))
    from meetings.attendance a where a.meeting_id = new.id and a.person_id is not null;
  return null;
end $$;
revoke execute on function welcome.keep_last_contact(), welcome.follow_meeting_day() from public;
create trigger last_contact after insert or delete or update of person_id, at, outcome on welcome.call for each row execute function welcome.keep_last_contact();
create trigger last_contact after insert or delete or update of person_id, meeting_id, status on meetings.attendance for each row execute function welcome.keep_last_contact();
create trigger last_contact after update of held_on on meetings.meeting for each row when (old.held_on is distinct from new.held_on) execute function welcome.follow_meeting_day();

insert into members.last_contact (person_id, division_id, day)
  select s.person_id, p.division_id, max(s.day) from welcome.sighting s join organisation.person p on p.id = s.person_id where not s.arriving and s.day is not null group by 1, 2;
