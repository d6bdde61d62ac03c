select privacy.impersonal('presence.contact_point_kind');
select privacy.personal('presence.contact_point', 'Anlaufstelle', 'work', 'work', null,
  '{"name": "Name / P1 / redact", "slug": "Adresse der Seite / P1 / redact", "address": "Anschrift / P1 / redact", "opening": "Öffnung / P1 / redact", "operator": "Träger / P1 / redact", "funding_note": "Finanzierung / P1 / redact", "responsible": "zuständig / P1 / redact", "closing_reason": "Grund der Schließung / P1 / redact"}',
  '{id,division_id,kind_id,ags,hours_per_week,opened_on,closed_on}');
