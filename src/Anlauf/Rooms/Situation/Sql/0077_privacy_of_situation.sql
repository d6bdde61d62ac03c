select privacy.impersonal('situation.indicator', 'situation.current_value', 'situation.indicator_value', 'situation.goal_count', 'situation.baseline_figure');
select privacy.personal('situation.goal', 'Ziel', 'work', 'work', null, '{"title": "Name / P1 / redact", "slug": "Adresse der Seite / P1 / redact", "responsible": "zuständig / P1 / redact"}',
  '{id,division_id,resolution_id,indicator_id,comparison,target,level,area_filter,area_key,started_on,due,sort,closed_on}');
select privacy.personal('situation.assignment', 'Auftrag', 'work', 'work', null, '{"note": "Hinweis / P1 / redact", "created_by": "erteilt von / P1 / keep"}', '{id,goal_id,area_key,division_id,due,state,created_at,ended_at}');
select privacy.personal('situation.assignment_report', 'Meldung zu einem Auftrag', 'work', 'work', null, '{"person_id": "gemeldet von / P1 / keep", "sentence": "Meldung / P1 / redact"}', '{id,assignment_id,happened_at}');
select privacy.personal('situation.priority', 'Vorgezogene Lücke', 'work', 'work', null, '{"reason": "Grund / P1 / redact", "set_by": "gesetzt von / P1 / keep"}', '{goal_id,area_key,set_on}');
select privacy.personal('situation.goal_history', 'Verlauf eines Ziels', 'work', 'work', null, '{"person_id": "wer es geändert hat / P1 / keep", "sentence": "Satz / P1 / redact"}', '{id,goal_id,happened_at}');
