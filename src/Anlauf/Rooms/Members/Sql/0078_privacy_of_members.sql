-- counts only; below five they are shown within the own division alone (see 0050)
select privacy.impersonal('members.member_count');
select privacy.personal('members.person_detail', 'Angaben zur Person', 'people', 'care', 'person_id',
  '{"person_id": "Person / P2 / delete", "birth_date": "Geburtstag / P2 / delete / encrypted", "address": "Anschrift / P2 / delete / encrypted"}', '{}');
select privacy.personal('members.bank_detail', 'Bankverbindung', 'dues', 'finance', 'person_id',
  '{"person_id": "Person / P3 / delete", "iban": "IBAN / P3 / delete / encrypted", "iban_hash": "Prüfwert der IBAN / P3 / delete"}', '{}');
