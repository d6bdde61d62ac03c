-- Accounts seen from the offices: who administers the offices of a person also keeps the person's account.
insert into access.role_right (role_id, feature, action, data_class, reach) values
  ('state-manager', 'people', 'edit', 'P2', 'subtree'),
  ('district-chair', 'people', 'edit', 'P2', 'subtree')
on conflict do nothing;

create or replace function access.second_factor_missing(account integer) returns boolean language sql stable security definer set search_path = '' as $$
  select (a.second_factor_required or exists (
      select from organisation.office_holding h join organisation.office o on o.id = h.office_id join access.role r on r.id = o.role_id
      where h.person_id = a.person_id and r.second_factor and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date)))
    and not a.two_factor_enabled and not exists (select from identity.account_passkey p where p.user_id = a.id)
  from identity.account a where a.id = account
$$;

-- nobody keeps the own account, and none that carries rights which are not the keeper's to give; divisions: those whose offices the keeper administers
create function organisation.keeps_account_of(who integer, divisions integer[]) returns boolean language sql stable security definer set search_path = '' as $$
  select access.is_system() or (
    access.person_id() is distinct from who
    and exists (select from organisation.person p where p.id = who and p.division_id = any (divisions))
    and not exists (
      select from organisation.office_holding h join organisation.office o on o.id = h.office_id
      where h.person_id = who and o.role_id is not null and coalesce(h.valid_to, 'infinity'::date) >= current_date and not o.division_id = any (divisions)))
$$;
create function organisation.keeps_account_of(who integer) returns boolean language sql stable security definer set search_path = '' as $$
  select organisation.keeps_account_of(who, access.divisions_for('P1', 'organisation', 'administer'))
$$;

create function organisation.accounts() returns table (
    id integer, person_id integer, person text, division text, user_name text, created_at timestamptz, last_signed_in_at timestamptz, locked_for_good boolean, locked_until timestamptz,
    code_app boolean, devices integer, second_factor_required boolean, second_factor_missing boolean, sessions integer, invited_until timestamptz, offices text[])
  language sql stable security definer set search_path = '' as $$
  select a.id, p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name), d.short_name, a.user_name, a.created_at, a.last_signed_in_at,
    coalesce(a.lockout_end = 'infinity', false), case when a.lockout_end > now() and a.lockout_end <> 'infinity' then a.lockout_end end,
    a.two_factor_enabled, (select count(*)::int from identity.account_passkey k where k.user_id = a.id), a.second_factor_required, access.second_factor_missing(a.id),
    (select count(*)::int from identity.session s where s.account_id = a.id and s.seen_at > now() - interval '10 hours'),
    (select i.expires_at from identity.invitation i where i.account_id = a.id and i.expires_at > now()),
    array(select o.name || ', ' || od.short_name from organisation.office_holding h join organisation.office o on o.id = h.office_id join organisation.division od on od.id = o.division_id
      where h.person_id = p.id and current_date between h.valid_from and coalesce(h.valid_to, 'infinity'::date) order by o.sort, o.id)
  from identity.account a join organisation.person p on p.id = a.person_id join organisation.division d on d.id = p.division_id
  where access.actor() is not null and organisation.keeps_account_of(p.id, (select access.divisions_for('P1', 'organisation', 'administer')))
$$;

-- people with an office who cannot sign in yet
create function organisation.without_account() returns table (id integer, name text) language sql stable security definer set search_path = '' as $$
  select p.id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) || ' (' || d.short_name || ')'
  from organisation.person p join organisation.division d on d.id = p.division_id
  where exists (select from organisation.office_holding h where h.person_id = p.id and coalesce(h.valid_to, 'infinity'::date) >= current_date)
    and not exists (select from identity.account a where a.person_id = p.id) and organisation.keeps_account_of(p.id, (select access.divisions_for('P1', 'organisation', 'administer')))
  order by lower(p.family_name), lower(p.given_name), p.id
$$;

create function organisation.note_account(who integer, what text) returns void language sql security definer set search_path = '' as $$
  insert into organisation.history (division_id, person_id, sentence)
  select p.division_id, access.person_id(), what || ': ' || p.given_name || ' ' || p.family_name from organisation.person p where p.id = who
$$;

-- an account without a password, to be completed by the link; null where the user name is taken
create function organisation.invite(who integer, name text, normalized text, hash bytea, factor boolean) returns integer language plpgsql security definer set search_path = '' as $$
declare made integer;
begin
  if not organisation.keeps_account_of(who) then raise exception 'the account of person % is not yours to open', who using errcode = '42501'; end if;
  insert into identity.account (person_id, user_name, normalized_user_name, security_stamp, concurrency_stamp, second_factor_required)
    values (who, name, normalized, gen_random_uuid(), gen_random_uuid(), factor)
    on conflict (normalized_user_name) do nothing returning id into made;
  if made is null then return null; end if;
  insert into identity.invitation (account_id, secret_hash) values (made, hash);
  perform organisation.note_account(who, 'Konto eröffnet');
  return made;
end $$;

-- one step of keeping an account; false where it is not the acting person's to keep
create function organisation.keep_account(which integer, step text, hash bytea) returns boolean language plpgsql security definer set search_path = '' as $$
declare who integer; said text;
begin
  select a.person_id into who from identity.account a where a.id = which for update;
  if who is null or access.actor() is null or not organisation.keeps_account_of(who) then return false; end if;
  case step
    when 'lock' then
      update identity.account set lockout_end = 'infinity' where id = which;
      said := 'Konto gesperrt';
    when 'unlock' then
      update identity.account set lockout_end = null, access_failed_count = 0 where id = which;
      said := 'Konto entsperrt';
    when 'end-sessions' then said := 'Sitzungen beendet';
    when 'require-factor' then
      update identity.account set second_factor_required = true where id = which;
      said := 'Zweiter Faktor verlangt';
    when 'waive-factor' then
      update identity.account set second_factor_required = false where id = which;
      said := 'Zweiter Faktor freigestellt';
    when 'renew' then
      -- whatever could open the account is gone: password, code app, spare codes, devices, single sign-on
      update identity.account set password_hash = null, two_factor_enabled = false, access_failed_count = 0, lockout_end = case when lockout_end = 'infinity' then lockout_end end where id = which;
      delete from identity.account_token where user_id = which;
      delete from identity.account_passkey where user_id = which;
      delete from identity.account_login where user_id = which;
      insert into identity.invitation (account_id, secret_hash) values (which, hash)
        on conflict (account_id) do update set secret_hash = excluded.secret_hash, expires_at = excluded.expires_at;
      said := 'Konto neu einzurichten';
    else return false;
  end case;
  -- a writer who read the account before must not write the old state back
  update identity.account set concurrency_stamp = gen_random_uuid() where id = which;
  if step in ('lock', 'end-sessions', 'renew') then
    update identity.account set security_stamp = gen_random_uuid() where id = which;
    delete from identity.session where account_id = which;
  end if;
  perform organisation.note_account(who, said);
  return true;
end $$;
grant execute on function organisation.keeps_account_of(integer), organisation.accounts(), organisation.without_account(),
  organisation.invite(integer, text, text, bytea, boolean), organisation.keep_account(integer, text, bytea) to anlauf_app;
