-- facts about this installation: whether it is a demo, which one-time work is done
create table platform.setting (
  key text primary key,
  value text not null,
  changed_at timestamptz not null default now()
);
alter table platform.setting enable row level security;
create policy readable on platform.setting for select using (true);
create policy by_system on platform.setting using (access.is_system()) with check (access.is_system());
grant usage on schema platform to anlauf_app;
grant select, insert, update, delete on platform.setting to anlauf_app;
