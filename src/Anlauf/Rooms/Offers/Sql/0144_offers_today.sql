-- „Heute“ says with each row what one does there, and whoever has accepted sees so until the body has decided.
drop function offers.today();
create function offers.today() returns table (title text, href text, due date, why text, act text, post text) language sql stable security definer set search_path = '' as $$
  with mine as (select array(select unnest(offers.addressed_to(access.person_id())) except select a.offer_id from offers.answer a where a.person_id = access.person_id()) as ids),
  run as (select access.divisions_for('P1', 'offers', 'edit') as ids)
  select 'Wer kann das übernehmen? ' || t.text, '/menschen/mitmachen/' || o.id, o.answer_by,
    d.short_name || ' fragt bis ' || to_char(o.answer_by, 'FMDD.FMMM.YYYY') || case when o.hours = 1 then ', etwa eine Stunde' when o.hours is not null then ', etwa ' || replace(trim_scale(o.hours)::text, '.', ',') || ' Stunden' else '' end,
    'Ich übernehme das', 'take'
  from offers.offer o join meetings.task t on t.id = o.task_id join organisation.division d on d.id = o.division_id
  where o.state = 'open' and o.answer_by >= current_date and o.id = any ((select ids from mine)::integer[])
  union all
  select 'Zugesagt: ' || t.text, '/menschen/mitmachen/' || o.id, t.due, 'Ihre Zusage; ' || d.short_name || ' bestätigt, wer die Aufgabe bekommt', 'Zusage ansehen', null
  from offers.offer o join offers.answer a on a.offer_id = o.id and a.person_id = access.person_id() and a.answer = 'yes' join meetings.task t on t.id = o.task_id join organisation.division d on d.id = o.division_id
  where o.state = 'open' and t.state not in ('done', 'dropped')
  union all
  select case when o.answer_by < current_date then 'Niemand hat übernommen: ' when w.yes then 'Zusage bestätigen: ' else 'Zurückgegeben, wieder offen: ' end || t.text, '/menschen/mitmachen/' || o.id, least(o.answer_by, t.due),
    case when o.answer_by < current_date then 'Wiedervorlage: zurück bei ' || d.short_name || ' seit ' || to_char(o.answer_by + 1, 'FMDD.FMMM.YYYY') when w.yes then 'jemand würde es übernehmen' else 'zurückgegeben am ' || to_char(o.returned_on, 'FMDD.FMMM.YYYY') end,
    case when o.answer_by < current_date then 'Neu anbieten' when w.yes then 'Zusage bestätigen' else 'Angebot ansehen' end, null
  from offers.offer o join meetings.task t on t.id = o.task_id join organisation.division d on d.id = o.division_id
  cross join lateral (select exists (select from offers.answer a where a.offer_id = o.id and a.answer = 'yes') as yes) w
  where o.state = 'open' and o.division_id = any ((select ids from run)::integer[]) and (o.answer_by < current_date or o.returned_on is not null or w.yes)
  union all
  select 'Frage beantworten: ' || t.text, '/menschen/mitmachen/' || o.id, o.answer_by, 'eine Frage zu Ihrem Angebot', 'Antworten', null
  from offers.offer o join meetings.task t on t.id = o.task_id
  where o.state in ('open', 'taken') and o.division_id = any ((select ids from run)::integer[]) and exists (select from offers.question q where q.offer_id = o.id and q.reply is null)
$$;
grant execute on function offers.today() to anlauf_app;
