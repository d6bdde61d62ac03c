-- A guest's access ends with the project at the latest, also where the project is ended early; and no paper of an internal item or a
-- confidential meeting, as with tasks and dates.
create or replace function projects.of_guest() returns integer[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(g.project_id), '{}') from projects.guest g join projects.project p on p.id = g.project_id
  where g.person_id = access.guest_id() and current_date between g.valid_from and least(g.valid_to, p.ends_on) and g.revoked_at is null
$$;
create or replace function projects.contents(wanted integer) returns table (item_id integer, kind text, title text, on_day date, note text) language sql stable security definer set search_path = '' as $$
  with seen as (select projects.may_see(wanted) as yes)
  select i.id, 'task', t.text, t.due, case t.state when 'open' then 'offen' when 'underway' then 'unterwegs' when 'done' then 'erledigt' else 'hat sich erledigt' end
  from projects.item i join meetings.task t on t.id = i.task_id left join meetings.resolution r on r.id = t.resolution_id left join meetings.meeting m on m.id = coalesce(t.meeting_id, r.meeting_id) left join meetings.agenda_item g on g.id = coalesce(t.agenda_item_id, r.agenda_item_id)
  where i.project_id = wanted and (select yes from seen) and not coalesce(m.confidential, false) and coalesce(g.level, 'members') <> 'internal'
  union all
  select i.id, 'date', m.title, m.held_on, concat_ws(', ', to_char(m.start_time, 'HH24:MI') || ' Uhr', m.place) from projects.item i join meetings.meeting m on m.id = i.meeting_id where i.project_id = wanted and (select yes from seen) and not m.confidential
  union all
  select i.id, 'paper', concat_ws(' ', p.reference, p.title), null, '' from projects.item i join meetings.paper p on p.id = i.paper_id
  where i.project_id = wanted and (select yes from seen) and not exists (
    select from meetings.agenda_item_paper x join meetings.agenda_item g on g.id = x.agenda_item_id join meetings.meeting m on m.id = g.meeting_id where x.paper_id = p.id and (m.confidential or g.level = 'internal'))
  order by 2, 4 nulls last, 1
$$;
