-- A link was sent to somebody. Where two entries become one, or one becomes two again, nobody knows whose data it would open: it ends.
create function selfservice.end_links() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update selfservice.link l set ended_at = now() where l.person_id in (new.kept_id, new.gone_id) and l.ended_at is null;
  return null;
end $$;
create trigger end_links after insert or update of undone_at on members.merge_record for each row execute function selfservice.end_links();
