-- A confidential meeting is closed with everything that hangs on it, and a body of another division decides nothing here.
create function meetings.closed_to_me() returns integer[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(id), '{}') from meetings.meeting where confidential and not coalesce(division_id = any (access.reachable_divisions('P7', 'meetings')), false)
$$;
create function meetings.closed_documents() returns integer[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(document_id), '{}') from meetings.meeting where document_id is not null and id = any (meetings.closed_to_me())
$$;
create function meetings.closed_items() returns integer[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(id), '{}') from meetings.agenda_item where meeting_id = any (meetings.closed_to_me())
$$;
grant execute on function meetings.closed_items(), meetings.closed_to_me(), meetings.closed_documents() to anlauf_app;
do $$ declare t text; begin
  foreach t in array array['attendance', 'agenda_item', 'contradiction', 'resolution', 'task', 'follow_up'] loop
    execute format('create policy confidential on meetings.%I as restrictive for select using (meeting_id is null or meeting_id <> all ((select meetings.closed_to_me())::integer[]))', t);
  end loop;
end $$;
create policy confidential on meetings.agenda_item_paper as restrictive for select using (agenda_item_id <> all ((select meetings.closed_items())::integer[]));
do $$ declare t text; begin
  foreach t in array array['resolution_history', 'resolution_referral', 'resolution_recipient'] loop
    execute format('create policy confidential on meetings.%I as restrictive for select using (resolution_id in (select id from meetings.resolution))', t);
  end loop;
end $$;
create policy confidential on meetings.document as restrictive for select using (id <> all ((select meetings.closed_documents())::integer[]));

alter table meetings.meeting add foreign key (body_id, division_id) references organisation.body (id, division_id);
alter table meetings.resolution add foreign key (body_id, division_id) references organisation.body (id, division_id);
alter table meetings.follow_up add foreign key (body_id, division_id) references organisation.body (id, division_id);
