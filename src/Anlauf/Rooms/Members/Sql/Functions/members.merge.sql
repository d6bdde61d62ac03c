-- Two entries become one. Whoever merges gives nobody rights by it, least of all themself: an entry that carries an account, an office
-- with rights or people who are entrusted to it is the one that stays. Refusals are told apart by the message.
create or replace function members.merge(keep integer, gone integer) returns integer language plpgsql security definer set search_path = '' as $$
declare
  r record; data jsonb; moved jsonb := '[]'; lost jsonb := '[]'; ended jsonb; person jsonb; id integer; name text;
begin
  if keep = gone or not members.may_merge(keep) or not members.may_merge(gone) then raise exception 'not yours to merge' using errcode = '42501'; end if;
  -- one after the other, whoever asks: two at once would each find both entries
  perform p.id from organisation.person p where p.id in (keep, gone) order by p.id for update;
  select to_jsonb(p), concat_ws(' ', p.given_name, p.family_name) into person, name from organisation.person p where p.id = gone;
  if person is null or not exists (select from organisation.person p where p.id = keep) then raise exception 'not yours to merge' using errcode = '42501'; end if;
  if access.person_id() in (keep, gone) then raise exception 'own entry' using errcode = '42501'; end if;
  if exists (select from identity.account a where a.person_id = gone) then raise exception 'has an account' using errcode = '42501'; end if;
  if exists (select from organisation.office_holding h join organisation.office o on o.id = h.office_id where h.person_id = gone and o.role_id is not null and coalesce(h.valid_to, 'infinity'::date) >= current_date)
    or exists (select from organisation.delegation g where g.person_id = gone and g.valid_to >= current_date)
    -- nor is an office promised to the other: whoever completes the handover would put her in
    or exists (select from organisation.handover h where h.person_id = gone and h.done_at is null)
    or exists (select from access.entrustment e where e.to_person_id = gone) then raise exception 'has rights' using errcode = '42501'; end if;
  -- two open basic memberships cannot be one person's: the one that goes is ended, and its case closes with it
  select jsonb_agg(to_jsonb(m)) into ended from members.party_membership m where m.person_id = gone and m.left_on is null and m.kind in ('member', 'guest')
    and exists (select from members.party_membership k where k.person_id = keep and k.left_on is null and k.kind in ('member', 'guest'));
  update members.party_membership m set state = 'left', left_on = current_date, left_reason = 'withdrawn' where m.id in (select (e->>'id')::integer from jsonb_array_elements(coalesce(ended, '[]')) e);
  -- the last word on a consent counts, on whichever entry it was said
  update members.consent c set withdrawn_on = w.withdrawn_on from members.consent w
    where c.withdrawn_on is null and w.withdrawn_on >= c.given_on and c.kind = w.kind and coalesce(c.home_division_id, 0) = coalesce(w.home_division_id, 0)
      and (c.person_id, w.person_id) in ((keep, gone), (gone, keep))
      and not exists (select from members.consent n where n.person_id = w.person_id and n.kind = w.kind and coalesce(n.home_division_id, 0) = coalesce(w.home_division_id, 0) and n.withdrawn_on is null and n.given_on >= w.withdrawn_on);
  for r in select c.conrelid::regclass as tab, a.attname as col, c.confdeltype = 'c' as cascades from pg_catalog.pg_constraint c join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.confrelid = 'organisation.person'::regclass order by 1, 2 loop
    for data in execute format('select to_jsonb(t) from %s t where t.%I = $1', r.tab, r.col) using gone loop
      begin
        -- encrypted values are bound to their row: the program has carried over what was missing
        if r.tab in ('members.person_detail'::regclass, 'members.bank_detail'::regclass) then raise unique_violation; end if;
        execute format('update %s set %I = $1 where %s', r.tab, r.col, members.place_of(r.tab, data)) using keep;
        moved := moved || jsonb_build_object('t', r.tab::text, 'c', r.col, 'k', members.place_of(r.tab, data, r.col, keep::text))
          -- an objection is not lost with the row that says it
          || case when r.tab = 'privacy.person_flag'::regclass then jsonb_build_array(jsonb_build_object('t', 'objection', 'd', data)) else '[]' end;
      exception when unique_violation or exclusion_violation or check_violation then
        if not r.cascades then raise exception 'both have one in %', r.tab using errcode = '23505'; end if;
        lost := lost || jsonb_build_object('t', r.tab::text, 'd', data);
      end;
    end loop;
  end loop;
  delete from organisation.person p where p.id = gone;
  insert into members.merge_record (kept_id, gone_id, gone_name, gone_division_id, by_person_id, journal)
    values (keep, gone, name, (person->>'division_id')::integer, access.person_id(), jsonb_build_object('person', person, 'moved', moved, 'lost', lost, 'ended', coalesce(ended, '[]'))) returning merge_record.id into id;
  insert into organisation.person_history (person_id, by_person_id, sentence) values (keep, access.person_id(), 'Mit einer zweiten Eintragung zusammengeführt');
  return id;
end $$;
