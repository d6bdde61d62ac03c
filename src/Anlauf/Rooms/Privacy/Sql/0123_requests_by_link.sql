-- Asking for one's data or for erasure through the personal link: the desk finds the request like every other. Who has the link has the
-- mailbox that the register knows, so an access request is identified by it; an erasure is looked at by the officer all the same.
alter table privacy.request drop constraint request_channel_check, drop constraint request_identified_by_check;
alter table privacy.request add constraint request_channel_check check (channel in ('mail', 'letter', 'talk', 'portal', 'link')),
  add constraint request_identified_by_check check (identified_by in ('reply', 'document', 'known', 'link'));

create function privacy.ask_for_myself(wanted text) returns boolean language plpgsql security definer set search_path = '' as $$
declare me integer := access.myself();
begin
  if me is null or wanted not in ('access', 'erasure') or exists (select from privacy.request r where r.person_id = me and r.kind = wanted and r.answered_on is null) then return false; end if;
  insert into privacy.request (division_id, person_id, kind, received_on, channel, identified_on, identified_by, created_by)
    values (privacy.division_of(me), me, wanted, current_date, 'link', case when wanted = 'access' then current_date end, case when wanted = 'access' then 'link' end, access.person_id());
  return true;
end $$;
-- one's own requests, as far as they are open
create function privacy.my_requests() returns table (kind text, received_on date, due date) language sql stable security definer set search_path = '' as $$
  select r.kind, r.received_on, privacy.due(r) from privacy.request r where r.person_id = access.myself() and r.answered_on is null order by r.received_on
$$;
-- whoever is restricted still sees themself, by link too
create or replace function privacy.hidden_persons() returns integer[] language sql stable
  return case when access.is_system() then '{}'::integer[] else array_remove(privacy.flagged('restricted'), access.myself()) end;
revoke execute on function privacy.ask_for_myself(text), privacy.my_requests() from public;
grant execute on function privacy.ask_for_myself(text), privacy.my_requests() to anlauf_app;
