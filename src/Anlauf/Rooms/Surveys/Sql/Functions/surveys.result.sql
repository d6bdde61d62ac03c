-- The result of a survey that is over: for whoever runs it, and once published for those who read surveys there or were asked. Below ten who took
-- part nothing is told; free answers to whoever runs it alone.
create or replace function surveys.result(wanted integer) returns table (question_id integer, counts integer[], answered integer, remarks text[], sealed_ids uuid[], sealed bytea[])
  language plpgsql stable security definer set search_path = '' as $$
declare s surveys.survey; runs boolean := surveys.may_run(wanted);
begin
  select * into s from surveys.survey x where x.id = wanted and x.opened_on is not null and x.closes_on < current_date;
  -- whoever reads no survey anywhere has no list of divisions: that is a no, and not an „unknown“
  if s.id is null or not coalesce(runs or (s.published_on is not null and (coalesce(s.division_id = any (access.divisions_for('P1', 'surveys', 'read')), false) or wanted = any (surveys.mine()))), false) then return; end if;
  if s.kind <> 'binding-vote' and coalesce(s.took_part, (select count(*) from surveys.elector e where e.survey_id = wanted and e.took_part)) < 10 then return; end if;
  return query
    select q.id, (select array_agg((coalesce(t.counts[g], 0) + coalesce((select sum(p.counts[g]) from surveys.paper_count p where p.question_id = q.id), 0))::integer order by g) from generate_series(1, cardinality(q.options)) g),
      (t.answered + coalesce(cardinality(n.ids), 0) + (select coalesce(sum((select sum(c) from unnest(p.counts) c)), 0) from surveys.paper_count p where p.question_id = q.id))::integer,
      case when runs and q.kind = 'text' then t.remarks else '{}' end, case when runs then coalesce(n.ids, '{}') else '{}' end, case when runs then coalesce(n.answers, '{}') else '{}' end
    from surveys.question q join surveys.tally t on t.question_id = q.id
    left join lateral (select array_agg(x.id order by x.id) as ids, array_agg(x.answer order by x.id) as answers from surveys.named_answer x where x.question_id = q.id and q.kind = 'text') n on true
    where q.survey_id = wanted order by q.position;
end $$;
revoke execute on function surveys.result(integer) from public;
grant execute on function surveys.result(integer) to anlauf_app;
