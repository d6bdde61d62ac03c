-- What opens an account beside the password is no longer readable in the database: the secret of a code app is encrypted with the key
-- ring, spare codes are slow salted hashes. Rows of the framework's own table are moved here by the program's next start (SealAccounts).
create table identity.code_app (
  account_id integer primary key references identity.account on delete cascade,
  seed bytea not null
);
create table identity.spare_codes (
  account_id integer primary key references identity.account on delete cascade,
  salt bytea not null check (octet_length(salt) >= 16),
  -- PBKDF2 with SHA-512 and 210,000 rounds over the salt; a used one is taken out
  hashes bytea[] not null
);
do $$ declare t text; begin
  foreach t in array array['code_app', 'spare_codes'] loop
    execute format('alter table identity.%I enable row level security', t);
    execute format('create policy by_sign_in on identity.%I using (access.actor() in (''sign-in'', ''system'')) with check (access.actor() in (''sign-in'', ''system''))', t);
    execute format('grant select, insert, update, delete on identity.%I to anlauf_app', t);
  end loop;
end $$;
select privacy.personal('identity.code_app', 'Code-App', 'accounts', 'account', null, '{"seed": "Geheimnis der Code-App / P8 / delete / encrypted"}', '{account_id}');
select privacy.personal('identity.spare_codes', 'Ersatzcodes', 'accounts', 'account', null, '{"salt": "Salz / P8 / delete", "hashes": "Ersatzcodes, nicht lesbar / P8 / delete"}', '{account_id}');

-- the keys of cookies too; what an older version wrote in the clear is sealed when it is next read
alter table identity.protection_key alter column xml drop not null, add column sealed bytea, add check (num_nonnulls(xml, sealed) = 1);
insert into privacy.declared_column (table_name, column_name, encrypted) values ('identity.protection_key', 'sealed', true);

-- whoever sets an account up anew takes the old code app and its codes away with the password
create function identity.forget_factors() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from identity.code_app where account_id = new.id;
  delete from identity.spare_codes where account_id = new.id;
  return null;
end $$;
create trigger forget_factors after update of password_hash on identity.account for each row
  when (old.password_hash is not null and new.password_hash is null) execute function identity.forget_factors();

-- A session ends after a time even while it is used: offices with rights on data from P3 on (bank, care, candidates, the audit) sooner
-- than others. Both are settings, in hours.
insert into platform.setting (key, value) values ('session-hours', '720'), ('session-hours-sensitive', '12') on conflict do nothing;
create function access.session_limit(account integer) returns interval language sql stable security definer set search_path = '' as $$
  select make_interval(hours => coalesce((select s.value::integer from platform.setting s where s.key = case when exists (
      select from identity.account a join access.acting_office o on o.person_id = a.person_id join access.role_right r on r.role_id = o.role_id
      where a.id = account and r.data_class >= 'P3' collate "C") then 'session-hours-sensitive' else 'session-hours' end), 12))
$$;
grant execute on function access.session_limit(integer) to anlauf_app;

create or replace function identity.see_session(session uuid, stamp text) returns table (account_id integer, proved_at timestamptz, second_factor_missing boolean)
  language plpgsql security definer set search_path = '' as $$
begin
  update identity.session s set seen_at = now() where s.id = session and s.seen_at < now() - interval '15 minutes';
  return query select s.account_id, s.proved_at, not s.second_factor_elsewhere and access.second_factor_missing(s.account_id)
    from identity.session s join identity.account a on a.id = s.account_id
    where s.id = session and a.security_stamp = stamp and (a.lockout_end is null or a.lockout_end <> 'infinity')
      and s.started_at > now() - access.session_limit(s.account_id);
end $$;
