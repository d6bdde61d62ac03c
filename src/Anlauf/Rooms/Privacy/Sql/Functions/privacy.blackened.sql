-- Texts that were stored sealed and are open now, masked for the answer to a person like the plain ones, in the same order.
create or replace function privacy.blackened(texts text[], wanted integer) returns text[] language plpgsql stable security definer set search_path = '' as $$
begin
  if not privacy.may_handle(wanted) then raise exception 'not yours to handle' using errcode = '42501'; end if;
  return array(select privacy.blacken_free(t.value, wanted) from unnest(texts) with ordinality t(value, place) order by t.place);
end $$;
revoke execute on function privacy.blackened(text[], integer) from public;
grant execute on function privacy.blackened(text[], integer) to anlauf_app;
