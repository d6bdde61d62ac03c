-- How long a session holds: shorter for offices that open sensitive data. Asked with every page, so it begins with the one person.
create or replace function access.session_limit(account integer) returns interval language sql stable security definer set search_path = '' as $$
  select make_interval(hours => coalesce((select s.value::integer from platform.setting s where s.key = case when exists (
      select from access.offices_of((select a.person_id from identity.account a where a.id = account)) o join access.role_right r on r.role_id = o.role_id
      where r.data_class >= 'P3' collate "C") then 'session-hours-sensitive' else 'session-hours' end), 12))
$$;
