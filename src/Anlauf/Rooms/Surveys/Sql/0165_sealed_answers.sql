-- Answers with a name are sealed with the key ring, like notes of care: what somebody thinks stands in no dump. What is counted of them are
-- the sums, which belong to nobody; they stay when somebody's answers are erased.
alter table surveys.named_answer drop constraint named_answer_pkey, add column id uuid not null default gen_random_uuid() primary key, add unique (question_id, person_id), add column answer bytea;
-- what an older version wrote is sealed at the next start, then both are empty
alter table surveys.named_answer alter column choices drop not null, alter column choices drop default;
update surveys.tally t set answered = t.answered + n.given, counts = (select array_agg(c + (select count(*) from surveys.named_answer a where a.question_id = t.question_id and o - 1 = any (a.choices))::integer order by o) from unnest(t.counts) with ordinality u (c, o))
  from (select a.question_id, count(*)::integer as given from surveys.named_answer a join surveys.question q on q.id = a.question_id where q.kind <> 'text' group by 1) n where n.question_id = t.question_id;
select privacy.personal('surveys.named_answer', 'Antworten mit Namen', 'surveys', 'survey', 'person_id', '{"answer": "Antwort / P4 / delete / encrypted"}', '{id}');
create policy by_system on surveys.named_answer using (access.is_system()) with check (access.is_system());
grant update (answer, choices, remark) on surveys.named_answer to anlauf_app;

drop function surveys.answer(integer, bytea, jsonb);
-- takes the answers of one person, signed in or by the personal link: {"question": {"c": [0, 2], "t": "words"}}. The roll says that the
-- person took part, the sums grow by one, and nothing joins the two. With names the
-- program has sealed each answer before: {"question": {"id": uuid, "answer": hexadecimal}}
create function surveys.answer(wanted integer, link bytea, answers jsonb, sealed jsonb) returns text language plpgsql security definer set search_path = '' as $$
declare s surveys.survey; q surveys.question; who integer; picked integer[]; said text; place integer;
begin
  select * into s from surveys.survey x where x.id = wanted;
  select e.person_id into who from surveys.elector e where e.survey_id = wanted and (e.token_hash = link or (link is null and e.person_id = access.person_id()));
  if s.id is null or who is null then return 'not-asked'; end if;
  if s.kind = 'binding-vote' then return 'on-paper'; end if;
  if s.closes_on < current_date then return 'closed'; end if;
  -- whoever comes by the link has no session; the roll's change needs a name for its author
  if access.actor() is null then perform set_config('anlauf.actor', 'survey-link', true); end if;
  update surveys.elector e set took_part = true where e.survey_id = wanted and e.person_id = who and not e.took_part;
  if not found then return 'already'; end if;
  for q in select * from surveys.question x where x.survey_id = wanted order by x.id loop
    picked := array(select distinct v::integer from jsonb_array_elements_text(coalesce(answers -> q.id::text -> 'c', '[]')) v);
    said := nullif(left(trim(coalesce(answers -> q.id::text ->> 't', '')), 1000), '');
    if exists (select from unnest(picked) p where p not between 0 and cardinality(q.options) - 1) or (q.kind <> 'many' and cardinality(picked) > 1)
       or (q.kind <> 'text' and said is not null) or (q.required and picked = '{}' and said is null) then
      raise exception 'not an answer to question %', q.id using errcode = '22023';
    end if;
    continue when picked = '{}' and said is null;
    update surveys.tally t set answered = t.answered + 1, counts = (select array_agg(c + (n - 1 = any (picked))::integer order by n) from unnest(t.counts) with ordinality u (c, n)) where t.question_id = q.id and q.kind <> 'text';
    if not s.anonymous then
      insert into surveys.named_answer (id, survey_id, person_id, question_id, answer) values ((sealed -> q.id::text ->> 'id')::uuid, wanted, who, q.id, decode(sealed -> q.id::text ->> 'answer', 'hex'));
    elsif said is not null then
      update surveys.tally t set answered = t.answered + 1, remarks = (select array_agg(r order by random()) from unnest(t.remarks || said) r) where t.question_id = q.id;
    end if;
  end loop;
  return 'taken';
end $$;


-- results: nobody's while it is open, those who run it afterwards, all others when it is published; nothing from fewer than ten answers.
-- Free remarks only for those who run it; those with a name sealed and in no order of giving
drop function surveys.result(integer);
create function surveys.result(wanted integer) returns table (question_id integer, counts integer[], answered integer, remarks text[], sealed_ids uuid[], sealed bytea[]) language plpgsql stable security definer set search_path = '' as $$
declare s surveys.survey; runs boolean := surveys.may_run(wanted);
begin
  select * into s from surveys.survey x where x.id = wanted and x.opened_on is not null and x.closes_on < current_date;
  if s.id is null or not (runs or (s.published_on is not null and (s.division_id = any (access.divisions_for('P1', 'surveys', 'read')) or wanted = any (surveys.mine())))) then return; end if;
  if s.kind <> 'binding-vote' and coalesce(s.took_part, (select count(*) from surveys.elector e where e.survey_id = wanted and e.took_part)) < 10 then return; end if;
  return query
    select q.id, (select array_agg((coalesce(t.counts[g], 0) + coalesce((select sum(p.counts[g]) from surveys.paper_count p where p.question_id = q.id), 0))::integer order by g) from generate_series(1, cardinality(q.options)) g),
      (t.answered + coalesce(cardinality(n.ids), 0) + (select coalesce(sum((select sum(c) from unnest(p.counts) c)), 0) from surveys.paper_count p where p.question_id = q.id))::integer,
      case when runs and q.kind = 'text' then t.remarks else '{}' end, case when runs then coalesce(n.ids, '{}') else '{}' end, case when runs then coalesce(n.answers, '{}') else '{}' end
    from surveys.question q join surveys.tally t on t.question_id = q.id
    left join lateral (select array_agg(x.id order by x.id) as ids, array_agg(x.answer order by x.id) as answers from surveys.named_answer x where x.question_id = q.id and q.kind = 'text') n on true
    where q.survey_id = wanted order by q.position;
end $$;
revoke execute on function surveys.answer(integer, bytea, jsonb, jsonb), surveys.result(integer) from public;
grant execute on function surveys.answer(integer, bytea, jsonb, jsonb), surveys.result(integer) to anlauf_app;
