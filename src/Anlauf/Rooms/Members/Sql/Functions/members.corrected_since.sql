-- Who of these was worked with since: somebody corrected her data or her membership, noted a consent, an office or a call, or she did something
-- herself. The audit knows it for every table; what the program does by itself at night and who is to welcome her say nothing about her.
-- Asked by whoever keeps no membership it is refused: an empty answer would say that everything may be taken back.
create or replace function members.corrected_since(persons integer[], since timestamptz) returns setof integer language plpgsql stable security definer set search_path = '' as $$
begin
  if not access.is_system() and coalesce(access.known_reach('P2', 'membership', 'edit'), '-') = '-' then raise exception 'keeps no memberships' using errcode = '42501'; end if;
  return query select distinct e.subject_id from audit.entry e
  where e.subject_id = any (persons) and e.at > since and e.chain = 'change' and e.actor not in ('system', 'database')
    and e.object in ('organisation.person', 'organisation.office_holding', 'members.person_detail', 'members.party_membership', 'members.consent', 'members.trait', 'members.tie', 'members.motive', 'welcome.call');
end $$;
revoke execute on function members.corrected_since(integer[], timestamptz) from public;
grant execute on function members.corrected_since(integer[], timestamptz) to anlauf_app;
