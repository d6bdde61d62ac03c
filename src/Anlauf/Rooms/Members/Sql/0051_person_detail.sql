-- What only few may see of a person, encrypted before it reaches the database: birth date and address apart from the bank account,
-- because no office sees more than it needs. The register of members builds on it.
insert into access.role (id, name, description) values ('treasurer', 'Schatzmeisterei', 'Führt Beiträge und Bankverbindungen; sieht keine Notizen')
on conflict do nothing;
insert into access.role_right (role_id, feature, action, data_class, reach) values
  ('state-manager', 'person-detail', 'read', 'P2', 'subtree'), ('state-manager', 'person-detail', 'edit', 'P2', 'subtree'),
  ('district-chair', 'person-detail', 'read', 'P2', 'subtree'), ('district-chair', 'person-detail', 'edit', 'P2', 'subtree'),
  ('treasurer', 'dues', 'read', 'P3', 'subtree'), ('treasurer', 'dues', 'edit', 'P3', 'subtree')
on conflict do nothing;

create table members.person_detail (
  person_id integer primary key references organisation.person on delete cascade,
  birth_date bytea,
  address bytea
);
create table members.bank_detail (
  person_id integer primary key references organisation.person on delete cascade,
  iban bytea not null,
  -- keyed hash of the IBAN without spaces: finds the same account twice, tells nothing without the key
  iban_hash bytea not null
);
create index on members.bank_detail (iban_hash);

create function members.divisions_of(person integer) returns integer language sql stable security definer set search_path = '' as 'select p.division_id from organisation.person p where p.id = person';
grant execute on function members.divisions_of(integer) to anlauf_app;
do $$ declare t text[]; begin
  foreach t slice 1 in array array[['person_detail', 'person-detail', 'P2'], ['bank_detail', 'dues', 'P3']] loop
    execute format('alter table members.%I enable row level security', t[1]);
    execute format('create policy reach on members.%I for select using (members.divisions_of(person_id) = any ((select access.divisions_for(%L, %L, ''read''))::integer[]) or person_id = (select access.person_id()))', t[1], t[3], t[2]);
    execute format('create policy edit on members.%I using (members.divisions_of(person_id) = any ((select access.divisions_for(%L, %L, ''edit''))::integer[]))', t[1], t[3], t[2]);
    execute format('grant select, insert, update, delete on members.%I to anlauf_app', t[1]);
  end loop;
end $$;
