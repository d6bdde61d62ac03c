-- welcome.days_of for every division at once: a rule as the nearest division above has decided it, else as it is for all.
create or replace function welcome.days_by_division(rule text) returns table (division_id integer, days integer) language sql stable security definer set search_path = '' as $$
  select d.id, coalesce(o.days, r.days) from organisation.division d join welcome.rule r on r.id = rule
  left join (select distinct on (c.descendant_id) c.descendant_id as id, w.days from welcome.own_rule w join organisation.division_closure c on c.ancestor_id = w.division_id where w.rule_id = rule order by c.descendant_id, c.depth) o on o.id = d.id
$$;
grant execute on function welcome.days_by_division(text) to anlauf_app;
