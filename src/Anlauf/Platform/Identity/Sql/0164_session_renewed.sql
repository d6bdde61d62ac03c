-- Whoever shows password or device again goes on under a new session number: one that was read before opens nothing that asked for the
-- proof. Requests that are on the way with the old number still arrive for a few seconds, without the proof.
create table identity.replaced_session (
  id uuid primary key,
  session_id uuid not null references identity.session on update cascade on delete cascade,
  ends_at timestamptz not null default now() + interval '10 seconds'
);
create index on identity.replaced_session (session_id);
alter table identity.replaced_session enable row level security;
create policy by_sign_in on identity.replaced_session using (access.actor() in ('sign-in', 'system')) with check (access.actor() in ('sign-in', 'system'));
grant select, insert, delete on identity.replaced_session to anlauf_app;
select privacy.impersonal('identity.replaced_session');

drop function identity.see_session(uuid, text);
create function identity.see_session(session uuid, stamp text) returns table (id uuid, account_id integer, proved_at timestamptz, second_factor_missing boolean)
  language plpgsql security definer set search_path = '' as $$
declare known uuid := coalesce((select r.session_id from identity.replaced_session r where r.id = session and r.ends_at > now()), session);
begin
  update identity.session s set seen_at = now() where s.id = known and s.seen_at < now() - interval '15 minutes';
  return query select s.id, s.account_id, case when known = session then s.proved_at else '-infinity' end, not s.second_factor_elsewhere and access.second_factor_missing(s.account_id)
    from identity.session s join identity.account a on a.id = s.account_id
    where s.id = known and a.security_stamp = stamp and (a.lockout_end is null or a.lockout_end <> 'infinity')
      and s.started_at > now() - access.session_limit(s.account_id);
end $$;
revoke execute on function identity.see_session(uuid, text) from public;
grant execute on function identity.see_session(uuid, text) to anlauf_app;
