-- the history speaks German: states, results and dates as people read them
create function meetings.in_words(field text, value text) returns text language sql immutable set search_path = '' as $$
  select case
    when coalesce(value, '') = '' then '–'
    when field = 'state' then case value when 'open' then 'offen' when 'underway' then 'unterwegs' when 'done' then 'erledigt' when 'dropped' then 'hat sich erledigt' else value end
    when field = 'result' then case value when 'adopted' then 'beschlossen' when 'rejected' then 'abgelehnt' when 'referred' then 'überwiesen' when 'adjourned' then 'vertagt'
      when 'withdrawn' then 'zurückgezogen' when 'proposed' then 'noch nicht entschieden' else value end
    when field = 'unanimous' then case value when 'true' then 'ja' else 'nein' end
    when field in ('due', 'certified_on') then to_char(value::date, 'FMDD.FMMM.YYYY')
    else value end
$$;

create or replace function meetings.keep_history() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  said text[] := '{}';
  names jsonb := '{"title": "Titel", "wording": "Wortlaut", "reason": "Begründung", "publicity": "Öffentlichkeitsarbeit", "further_measures": "Weitere Maßnahmen",
    "finances": "Finanzen", "coordinated_with": "Abgestimmt mit", "result": "Ergebnis", "responsible": "Zuständig", "due": "Frist", "state": "Stand",
    "state_note": "Zwischenstand", "certified_by": "f. d. R.", "yes": "Ja-Stimmen", "no": "Nein-Stimmen", "abstain": "Enthaltungen", "unanimous": "einstimmig", "number": "Nummer"}';
  field text;
  before jsonb; after jsonb;
begin
  if tg_op = 'INSERT' then
    insert into meetings.resolution_history (resolution_id, division_id, person_id, sentence)
      values (new.id, new.division_id, access.person_id(), 'Beschluss aufgenommen');
    return new;
  end if;
  before := to_jsonb(old); after := to_jsonb(new);
  for field in select jsonb_object_keys(names) loop
    if before -> field is distinct from after -> field then
      said := said || format('%s: %s → %s', names ->> field, meetings.in_words(field, before ->> field), meetings.in_words(field, after ->> field));
    end if;
  end loop;
  if said <> '{}' then
    insert into meetings.resolution_history (resolution_id, division_id, person_id, sentence)
      values (new.id, new.division_id, access.person_id(), array_to_string(said, '; '));
    new.changed_at := now();
  end if;
  return new;
end $$;
