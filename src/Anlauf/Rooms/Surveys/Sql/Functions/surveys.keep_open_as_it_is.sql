-- A survey that is open stays as it is, whoever runs it. An erasure blackens whom it names (surveys.forget_named, a trigger itself).
create or replace function surveys.keep_open_as_it_is() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.opened_on is null or pg_trigger_depth() > 1 then return new; end if;
  if (new.division_id, new.kind, new.title, new.introduction, new.statute_reference, new.electorate_on, new.quorum_percent, new.anonymous, new.opened_on, new.closes_on)
     is distinct from (old.division_id, old.kind, old.title, old.introduction, old.statute_reference, old.electorate_on, old.quorum_percent, old.anonymous, old.opened_on, old.closes_on) and not access.is_system() then
    raise exception 'an open survey is not changed' using errcode = '42501';
  end if;
  return new;
end $$;
