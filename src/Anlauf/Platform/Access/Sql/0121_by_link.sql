-- Somebody who comes by a personal link acts as „self:17“: the person, and nothing of the offices they may hold. Whatever asks for
-- access.person_id() finds nobody there; only what names the link's person opens.
create function access.link_person() returns integer language sql stable parallel safe
  return case when access.actor() ~ '^self:[0-9]{1,9}$' then substr(access.actor(), 6)::integer end;
-- the person who looks at their own things, signed in or by link
create function access.myself() returns integer language sql stable parallel safe
  return coalesce(access.link_person(), access.person_id());
grant execute on function access.link_person(), access.myself() to anlauf_app;
