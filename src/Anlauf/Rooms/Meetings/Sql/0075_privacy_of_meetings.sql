-- what this room holds of persons: mostly names in texts, which an erasure blackens letter by letter so that passages keep their place
select privacy.impersonal('meetings.paper', 'meetings.agenda_item_paper');
select privacy.personal('meetings.document', 'Eingelesenes Dokument', 'meetings', 'archive', null,
  '{"file_name": "Dateiname / P1 / redact", "content": "Datei / P1 / redact", "text": "Text / P1 / redact", "record": "gelesene Angaben / P1 / redact", "draft": "Entwurf der Durchsicht / P1 / redact", "uploaded_by": "eingelesen von / P1 / keep", "accepted_by": "übernommen von / P1 / keep"}',
  '{id,division_id,sha256,format,is_scan,from_ocr,replaces_id,state,uploaded_at,accepted_at}');
select privacy.personal('meetings.review_decision', 'Entscheidung bei der Durchsicht', 'meetings', 'archive', null,
  '{"value": "berichtigter Wert / P1 / redact", "decided_by": "entschieden von / P1 / keep"}', '{document_id,finding_id,division_id,decision,decided_at}');
select privacy.personal('meetings.meeting', 'Sitzung', 'meetings', 'archive', null,
  '{"title": "Titel / P1 / redact", "place": "Ort / P1 / redact", "chair": "Leitung / P1 / redact", "minute_taker": "Niederschrift / P1 / redact", "certified_by": "f. d. R. / P1 / redact", "slug": "Adresse der Seite / P1 / redact"}',
  '{id,division_id,body_id,term_number,session_number,held_on,held_to,start_time,end_time,present_count,certified_on,confidential,document_id,created_at}');
select privacy.personal('meetings.attendance', 'Anwesenheit', 'meetings', 'archive', 'person_id',
  '{"name": "Name / P1 / redact", "person_id": "Person / P1 / keep", "status": "anwesend oder entschuldigt / P1 / keep", "note": "Vermerk / P1 / redact"}', '{id,meeting_id,division_id,span_start,span_length}');
select privacy.personal('meetings.agenda_item', 'Tagesordnungspunkt', 'meetings', 'archive', null,
  '{"title": "Titel / P1 / redact", "rapporteur": "berichtet / P1 / redact"}', '{id,meeting_id,division_id,position,number,minutes_planned,result_kind,treated_with_id,span_start,span_length}');
select privacy.personal('meetings.resolution', 'Beschluss', 'meetings', 'archive', null,
  '{"title": "Titel / P1 / redact", "slug": "Adresse der Seite / P1 / redact", "wording": "Wortlaut / P1 / redact", "reason": "Begründung / P1 / redact", "publicity": "Öffentlichkeitsarbeit / P1 / redact", "further_measures": "Weitere Maßnahmen / P1 / redact",
    "finances": "Finanzen / P1 / redact", "coordinated_with": "Abgestimmt mit / P1 / redact", "place": "Ort / P1 / redact", "certified_by": "f. d. R. / P1 / redact", "responsible": "zuständig / P1 / redact", "due_text": "Frist / P1 / redact", "state_note": "Zwischenstand / P1 / redact"}',
  '{id,division_id,body_id,meeting_id,agenda_item_id,number,kind,result,yes,no,abstain,unanimous,decided_on,certified_on,responsible_office_id,due,state,document_id,span_start,span_length,created_at,changed_at}');
select privacy.personal('meetings.resolution_referral', 'Überweisung', 'meetings', 'archive', null, '{"target": "an / P1 / redact", "answer": "Antwort / P1 / redact"}', '{resolution_id,division_id,answered_on}');
select privacy.personal('meetings.resolution_recipient', 'Verteiler eines Beschlusses', 'meetings', 'archive', null, '{"recipient": "an / P1 / redact"}', '{resolution_id,division_id}');
select privacy.personal('meetings.resolution_history', 'Verlauf eines Beschlusses', 'meetings', 'archive', null, '{"person_id": "wer es geändert hat / P1 / keep", "sentence": "Satz / P1 / redact"}', '{id,resolution_id,division_id,happened_at}');
select privacy.personal('meetings.task', 'Aufgabe', 'meetings', 'archive', 'person_id',
  '{"text": "Aufgabe / P1 / redact", "responsible": "zuständig / P1 / redact", "person_id": "zuständige Person / P1 / keep", "due_text": "Frist / P1 / redact"}',
  '{id,division_id,meeting_id,agenda_item_id,resolution_id,kind,due_from,due,due_basis,office_id,state,document_id,span_start,span_length,created_at}');
select privacy.personal('meetings.follow_up', 'Wiedervorlage', 'meetings', 'archive', null, '{"text": "Text / P1 / redact", "report": "Meldung / P1 / redact", "bound_to": "gebunden an / P1 / redact"}',
  '{id,division_id,resolution_id,meeting_id,body_id,due,office_id,state,reported_at,document_id,span_start,span_length}');
select privacy.personal('meetings.contradiction', 'Widerspruch im Dokument', 'meetings', 'archive', null, '{"detail": "Widerspruch / P1 / redact", "answer": "Antwort / P1 / redact"}', '{id,document_id,meeting_id,division_id,type}');
-- rebuilt by a trigger whenever a resolution changes
select privacy.personal('meetings.resolution_search', 'Suche nach Beschlüssen', 'meetings', 'archive', null, '{"words": "Suchwörter / P1 / keep", "plain": "Suchtext / P1 / keep"}', '{resolution_id,division_id}');
insert into privacy.retention_job (rule_id, table_name, begins_sql) values ('draft', 'meetings.document', 'case when t.state = ''discarded'' then t.uploaded_at::date end');
