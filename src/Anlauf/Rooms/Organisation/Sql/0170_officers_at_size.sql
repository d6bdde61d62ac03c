-- from the few who hold or held something to their names, instead of from everybody to what they hold
create or replace view organisation.officer as
  select p.id as person_id, concat_ws(' ', nullif(p.title, ''), p.given_name, p.family_name) as name, p.given_name, p.family_name
  from (select person_id from organisation.office_holding union select person_id from organisation.delegation union select person_id from organisation.handover) known
  join organisation.person p on p.id = known.person_id
  where access.actor() is not null;
