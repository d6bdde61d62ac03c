-- The person takes back that nobody is to address them; whatever way the objection came. False where there was none.
create or replace function selfservice.allow_contact() returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if access.myself() is null then raise exception 'nobody acts' using errcode = '42501'; end if;
  delete from privacy.person_flag f where f.person_id = access.myself() and f.kind = 'no-contact';
  if not found then return false; end if;
  perform selfservice.say('Darf wieder angesprochen werden');
  return true;
end $$;
revoke execute on function selfservice.allow_contact() from public;
grant execute on function selfservice.allow_contact() to anlauf_app;
