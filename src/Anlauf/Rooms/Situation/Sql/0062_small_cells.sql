-- Counts of persons from 1 to 4 stay hidden also by what is counted from them: a goal may ask for none, one, or five and more. One
-- („at least one“) says no more than the map, where a hidden cell differs from an empty one; two to four would tell cells apart.
create function situation.guard_small() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from situation.indicator i where i.id = new.indicator_id and i.hides_small)
      and not (case when new.comparison = 'at-least' then ceil(new.target) <= 1 or ceil(new.target) >= 5 else floor(new.target) <= 0 or floor(new.target) >= 4 end) then
    raise exception 'a goal must not tell small cells apart' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger guard_small before insert or update on situation.goal for each row execute function situation.guard_small();
alter table situation.goal add check (target between 0 and 100000), add check (due is null or due < date '2200-01-01');
