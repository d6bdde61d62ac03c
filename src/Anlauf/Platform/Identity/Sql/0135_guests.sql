-- A guest is somebody from outside who is let into one thing. Their session does not act as a person of the house: for every policy, function
-- and count that asks who acts there is nobody, so a guest sees nothing that is not opened to guests by name. Forgetting a table opens nothing.
alter table identity.account add column is_guest boolean not null default false;
insert into privacy.declared_column (table_name, column_name) values ('identity.account', 'is_guest');

create or replace function access.actor() returns text language sql stable parallel safe
  return case when current_setting('anlauf.actor', true) like 'guest:%' then null else nullif(current_setting('anlauf.actor', true), '') end;
create function access.guest_id() returns integer language sql stable parallel safe
  return case when current_setting('anlauf.actor', true) ~ '^guest:[0-9]{1,9}$' then substr(current_setting('anlauf.actor', true), 7)::integer end;
grant execute on function access.guest_id() to anlauf_app;
