-- what this room holds of persons, and what an erasure does to it
select privacy.impersonal('organisation.division', 'organisation.division_area', 'organisation.division_closure', 'organisation.body', 'organisation.office');
select privacy.audit_too('organisation.division', 'organisation.office');
select privacy.personal('organisation.person', 'Person', 'people', 'person', 'id',
  '{"title": "Titel / P2 / clear", "given_name": "Vorname / P2 / clear", "family_name": "Nachname / P2 / replace", "email": "E-Mail / P2 / clear", "phone": "Telefon / P2 / clear"}',
  '{id,division_id}');
select privacy.personal('organisation.office_holding', 'Amt', 'people', 'person', 'person_id',
  '{"person_id": "Person / P1 / keep", "valid_from": "im Amt seit / P1 / keep", "valid_to": "im Amt bis / P1 / keep"}', '{id,office_id}');
select privacy.personal('organisation.history', 'Verlauf der Gliederung', 'people', 'archive', null,
  '{"person_id": "wer es eingetragen hat / P1 / keep", "sentence": "Satz / P1 / redact"}', '{id,division_id,at}');
