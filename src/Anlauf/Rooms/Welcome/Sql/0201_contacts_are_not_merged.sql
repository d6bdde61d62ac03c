-- Two entries that become one hand nobody the people of the other: whoever welcomes new members, or stands in for somebody who does, is not moved
-- to another person. members.merge passes it on as what it says for every other right.
create function welcome.stays_with_her() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'has rights' using errcode = '42501';
end $$;
create trigger stays_with_her before update of person_id on welcome.contact for each row
  when (new.person_id <> old.person_id and coalesce(old.valid_to, 'infinity'::date) >= current_date) execute function welcome.stays_with_her();
create trigger stays_with_her before update of stand_in_id on welcome.absence for each row
  when (new.stand_in_id <> old.stand_in_id and old.valid_to >= current_date) execute function welcome.stays_with_her();
