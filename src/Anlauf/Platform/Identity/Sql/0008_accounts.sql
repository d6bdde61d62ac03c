-- Accounts as those keep them who administer them: invitations, running sessions, a second factor that is required.
alter table identity.account
  add column created_at timestamptz not null default now(),
  add column last_signed_in_at timestamptz,
  add column second_factor_required boolean not null default false;

-- a role may ask for a second factor of everybody who holds it: a row, not a release
alter table access.role add column second_factor boolean not null default false;

-- the link itself is kept nowhere, only its hash; a new link replaces the one before
create table identity.invitation (
  account_id integer primary key references identity.account on delete cascade,
  secret_hash bytea not null unique,
  expires_at timestamptz not null default now() + interval '7 days'
);

-- a session ends when its row is gone: the cookie alone opens nothing
create table identity.session (
  id uuid primary key default gen_random_uuid(),
  account_id integer not null references identity.account on delete cascade,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  -- when a password, code or device was last shown: exports and changes of rights ask for a recent one
  proved_at timestamptz not null default now(),
  -- browser and system in words, so that people recognise it; no address is kept
  device text not null default '',
  -- single sign-on whose provider asks for a second factor itself
  second_factor_elsewhere boolean not null default false
);
create index on identity.session (account_id);
create index on identity.session (seen_at);

-- wrong passwords by address of the sender, for an hour
create table identity.failed_sign_in (
  address inet not null,
  at timestamptz not null default now()
);
create index on identity.failed_sign_in (address, at);

do $$ declare t text; begin
  foreach t in array array['invitation', 'session', 'failed_sign_in'] loop
    execute format('alter table identity.%I enable row level security', t);
    execute format('create policy by_sign_in on identity.%I using (access.actor() in (''sign-in'', ''system'')) with check (access.actor() in (''sign-in'', ''system''))', t);
    execute format('grant select, insert, update, delete on identity.%I to anlauf_app', t);
  end loop;
end $$;

-- required by the account or by a role that is held today, and neither code app nor device set up; offices add themselves in the room that keeps them
create function access.second_factor_missing(account integer) returns boolean language sql stable security definer set search_path = '' as $$
  select a.second_factor_required and not a.two_factor_enabled and not exists (select from identity.account_passkey p where p.user_id = a.id)
  from identity.account a where a.id = account
$$;

-- looked up with every request: no row means that the session is over (ended, account locked, password changed elsewhere)
create function identity.see_session(session uuid, stamp text) returns table (account_id integer, proved_at timestamptz, second_factor_missing boolean)
  language plpgsql security definer set search_path = '' as $$
begin
  update identity.session s set seen_at = now() where s.id = session and s.seen_at < now() - interval '1 minute';
  return query select s.account_id, s.proved_at, not s.second_factor_elsewhere and access.second_factor_missing(s.account_id)
    from identity.session s join identity.account a on a.id = s.account_id
    where s.id = session and a.security_stamp = stamp and (a.lockout_end is null or a.lockout_end <> 'infinity');
end $$;
grant execute on function access.second_factor_missing(integer), identity.see_session(uuid, text) to anlauf_app;
