-- Who may see what: rights are rows. Permission = feature × action × data class × reach.
create schema access;
grant usage on schema access to anlauf_app;
-- nothing is open by default, functions included
alter default privileges revoke execute on functions from public;

create function access.actor() returns text language sql stable parallel safe
  return nullif(current_setting('anlauf.actor', true), '');
create function access.is_system() returns boolean language sql stable parallel safe
  return coalesce(access.actor() = 'system', false);
create function access.person_id() returns integer language sql stable parallel safe
  return case when access.actor() ~ '^[0-9]{1,9}$' then access.actor()::integer end;
grant execute on function access.actor(), access.is_system(), access.person_id() to anlauf_app;

create table access.data_class (
  id text primary key,
  name text not null
);
insert into access.data_class values
  ('P0', 'öffentlich'), ('P1', 'innere Organisation: Sitzungen, Ziele, Termine'),
  ('P2', 'Kontaktdaten von Mitgliedern (Art. 9 DSGVO)'), ('P3', 'Finanzen, Bank, Spenden'),
  ('P4', 'Betreuungsnotizen, Beweggründe'), ('P5', 'Unterlagen von Kandidierenden'),
  ('P6', 'Unterstützungsunterschriften'), ('P7', 'vertrauliche Punkte des Vorstands'), ('P8', 'Protokoll der Zugriffe');

create table access.role (
  id text primary key,
  name text not null,
  description text not null default ''
);

create table access.role_right (
  role_id text not null references access.role on delete cascade,
  feature text not null,
  action text not null check (action in ('read', 'edit', 'export', 'administer')),
  data_class text not null references access.data_class,
  -- own: the office's division only; subtree: with all below; chain: with all above (what higher levels publish to their own)
  reach text not null check (reach in ('own', 'subtree', 'chain')),
  primary key (role_id, feature, action, data_class, reach)
);

alter table access.data_class enable row level security;
alter table access.role enable row level security;
alter table access.role_right enable row level security;
create policy readable on access.data_class for select using (access.actor() is not null);
create policy readable on access.role for select using (access.actor() is not null);
create policy readable on access.role_right for select using (access.actor() is not null);
create policy by_system on access.role using (access.is_system()) with check (access.is_system());
create policy by_system on access.role_right using (access.is_system()) with check (access.is_system());
grant select on access.data_class to anlauf_app;
grant select, insert, update, delete on access.role, access.role_right to anlauf_app;
