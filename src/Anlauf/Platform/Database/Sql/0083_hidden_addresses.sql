-- An address may be taken by something that the acting person does not see. Without this the insert failed, which told as much.
create function platform.slug_taken(wanted regclass, address text, own integer) returns boolean language plpgsql stable security definer set search_path = '' as $$
declare taken boolean;
begin
  if access.actor() is null then raise exception 'nobody acts' using errcode = '42501'; end if;
  execute format('select exists (select from %s where slug = $1 and id is distinct from $2)', wanted) into taken using address, own;
  return taken;
end $$;
grant execute on function platform.slug_taken(regclass, text, integer) to anlauf_app;
