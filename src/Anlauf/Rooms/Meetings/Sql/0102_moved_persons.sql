-- Somebody who moves to another division leaves no task behind that only they could do: it becomes free, and the history says so.
create function meetings.free_tasks() returns trigger language plpgsql security definer set search_path = '' as $$
declare n integer; name text := old.given_name || ' ' || old.family_name;
begin
  update meetings.task t set person_id = case when t.person_id = new.id then null else t.person_id end, responsible = case when t.responsible = name then null else t.responsible end
    where t.division_id in (select c.descendant_id from organisation.division_closure c where c.ancestor_id = old.division_id) and t.state in ('open', 'underway') and (t.person_id = new.id or t.responsible = name)
      and not exists (select from organisation.division_closure c where c.ancestor_id = t.division_id and c.descendant_id = new.division_id);
  get diagnostics n = row_count;
  if n > 0 then insert into organisation.person_history (person_id, by_person_id, sentence) values (new.id, access.person_id(), case when n = 1 then 'Ein offener Auftrag der bisherigen Gliederung ist wieder frei' else n || ' offene Aufträge der bisherigen Gliederung sind wieder frei' end); end if;
  return null;
end $$;
create trigger free_tasks after update of division_id on organisation.person for each row when (old.division_id <> new.division_id) execute function meetings.free_tasks();
