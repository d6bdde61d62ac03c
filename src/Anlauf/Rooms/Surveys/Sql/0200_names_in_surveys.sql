-- Surveys name people: who counted, whom a vote is about, whom a free answer speaks of. An erasure finds them there as well.
update privacy.declared_table set title = 'Zählprotokoll' where table_name = 'surveys.paper_count';
update privacy.declared_column set label = 'gezählt von', data_class = 'P1', process_id = 'surveys', retention_id = 'survey', on_erasure = 'redact' where table_name = 'surveys.paper_count' and column_name = 'counters';

-- What is asked does not change while a survey is open, and the sums of answers are written without a name for whoever did it, so that nobody finds
-- out who answered what: both are looked at by themselves, before the name of the erased person goes.
create function surveys.forget_named() returns trigger language plpgsql security definer set search_path = '' as $$
declare pattern text := privacy.mentions(old.id); mark text := 'person-' || old.id;
begin
  if pattern is null then return new; end if;
  update surveys.survey s set title = privacy.blacken(s.title, pattern, mark), introduction = privacy.blacken(s.introduction, pattern, mark) where s.title ~ pattern or s.introduction ~ pattern;
  update surveys.question q set wording = privacy.blacken(q.wording, pattern, mark), options = array(select privacy.blacken(o.words, pattern, mark) from unnest(q.options) with ordinality o (words, place) order by o.place)
    where q.wording ~ pattern or exists (select from unnest(q.options) o where o ~ pattern);
  update surveys.tally t set remarks = array(select privacy.blacken(r.words, pattern, mark) from unnest(t.remarks) with ordinality r (words, place) order by r.place)
    where exists (select from unnest(t.remarks) r where r ~ pattern);
  return new;
end $$;
create trigger forget_named before update of family_name on organisation.person for each row
  when (new.family_name like 'Gelöschte Person %' and old.family_name not like 'Gelöschte Person %') execute function surveys.forget_named();
