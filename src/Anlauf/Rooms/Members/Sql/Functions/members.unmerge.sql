-- Two entries that were merged are two again, by somebody who keeps both. What happened since stays with the one that was kept, but for
-- what was said: a membership that somebody has ended otherwise since stays ended; a consent withdrawn, a wish not to be addressed (or to
-- be shown in no list) that came while both were one counts for both, as nobody can say any more who of them meant it; and an objection
-- that the second had brought along comes back with it, whoever has taken it back meanwhile.
create or replace function members.unmerge(wanted integer) returns boolean language plpgsql security definer set search_path = '' as $$
declare m record; e jsonb; said jsonb;
begin
  select * into m from members.merge_record r where r.id = wanted and r.undone_at is null and r.journal is not null for update;
  if m.id is null or not members.may_merge(m.kept_id) then return false; end if;
  if not access.is_system() and not coalesce((m.journal->'person'->>'division_id')::integer = any (access.divisions_for('P2', 'membership', 'edit')), false) then return false; end if;
  select coalesce(jsonb_agg(to_jsonb(f)), '[]') into said from privacy.person_flag f where f.person_id = m.kept_id and f.since >= m.at::date
    and not exists (select from jsonb_array_elements(m.journal->'moved') x where x->>'t' = 'privacy.person_flag' and x->>'k' = members.place_of('privacy.person_flag'::regclass, to_jsonb(f)));
  perform members.put_back('organisation.person'::regclass, m.journal->'person');
  for e in select * from jsonb_array_elements(m.journal->'lost') loop
    if e->>'t' not in ('members.duplicate_pair') then perform members.put_back((e->>'t')::regclass, e->'d'); end if;
  end loop;
  for e in select * from jsonb_array_elements(m.journal->'moved') loop
    if e->>'t' <> 'objection' then execute format('update %s set %I = $1 where %s', (e->>'t')::regclass, e->>'c', e->>'k') using m.gone_id; end if;
  end loop;
  for e in select * from jsonb_array_elements(m.journal->'ended') loop
    update members.party_membership p set state = e->>'state', left_on = null, left_reason = null
      where p.id = (e->>'id')::integer and p.state = 'left' and p.left_on = m.at::date and p.left_reason = 'withdrawn';
  end loop;
  insert into privacy.person_flag (person_id, kind, since)
    select m.gone_id, f->>'kind', (f->>'since')::date from jsonb_array_elements(said) f
    union select m.gone_id, x->'d'->>'kind', (x->'d'->>'since')::date from jsonb_array_elements(m.journal->'moved') x where x->>'t' = 'objection' on conflict do nothing;
  update members.consent c set withdrawn_on = greatest(w.withdrawn_on, c.given_on) from members.consent w
    where c.person_id = m.gone_id and c.withdrawn_on is null and w.person_id = m.kept_id and w.withdrawn_on >= m.at::date and c.kind = w.kind and coalesce(c.home_division_id, 0) = coalesce(w.home_division_id, 0);
  -- the program takes from the kept one what it had filled in from the other; the name is no longer needed here
  update members.merge_record r set undone_at = now(), journal = null, gone_name = 'getrennt' where r.id = wanted;
  insert into organisation.person_history (person_id, by_person_id, sentence) values (m.kept_id, access.person_id(), 'Zusammenführung zurückgenommen');
  return true;
end $$;
