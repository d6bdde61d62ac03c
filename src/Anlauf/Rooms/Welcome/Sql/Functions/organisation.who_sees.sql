-- Who sees a person, by which office or which trust. Read by „Wer kann diese Person sehen?“ and by the person; the policies are its measure.
create or replace function organisation.who_sees(wanted integer) returns table (
    person_id integer, name text, office text, office_division text, deputy_for text, valid_from date, valid_to date, feature text, feature_name text, purpose text, action text, data_class text, reach text)
  language sql stable security definer set search_path = '' as $$
  with path as (
    select p.* from organisation.person s join access.path p on p.division_id = s.division_id
    where s.id = wanted and p.feature not in ('inbox', 'welcome', 'care-notes')
      and (p.data_class in ('P2', 'P3', 'P4', 'P5', 'P6', 'P8') or (p.feature, p.action) in (('organisation', 'administer'), ('erasure', 'edit')))
    -- welcoming opens persons by the division they are entrusted to, wherever they belong
    union all
    select distinct p.* from access.entrustment e join access.path p on p.division_id = e.division_id
    where e.person_id = wanted and p.feature in ('welcome', 'care-notes') and p.data_class in ('P2', 'P4')
    -- notes of calls to somebody who is not arriving: for those who read the membership as well
    union
    select p.* from organisation.person s join access.path p on p.division_id = s.division_id
    where s.id = wanted and p.feature = 'care-notes' and p.data_class = 'P4'
      and exists (select from access.path m where m.division_id = p.division_id and m.person_id = p.person_id and m.feature = 'membership' and m.action = 'read' and m.data_class = 'P2')
  ), found as (
    select p.person_id, o.name as office, d.name as office_division, concat_ws(' ', nullif(h.title, ''), h.given_name, h.family_name) as deputy_for, p.valid_from, p.valid_to, p.feature, p.action, p.data_class, p.reach,
      o.sort, o.id, p.deputy_for as deputy
    from path p join organisation.office o on o.id = p.office_id join organisation.division d on d.id = o.division_id left join organisation.person h on h.id = p.deputy_for
    union all
    -- the named contact needs no office
    select e.to_person_id, e.because, d.name, '', e.valid_from, e.valid_to, 'welcome', 'read', 'P2', 'own', 0, 0, null
    from access.entrustment e join organisation.division d on d.id = e.division_id where e.person_id = wanted and e.to_person_id is not null
  )
  select p.person_id, concat_ws(' ', nullif(v.title, ''), v.given_name, v.family_name), p.office, p.office_division, p.deputy_for, p.valid_from, p.valid_to, p.feature, f.name, f.purpose, p.action, p.data_class, p.reach
  from found p join organisation.person s on s.id = wanted join access.feature f on f.id = p.feature join organisation.person v on v.id = p.person_id
  -- a restricted person is shown in no list, whatever the rights say
  where (p.feature not in ('people', 'welcome') or not s.id = any (privacy.flagged('restricted')))
    and (access.is_system() or s.id = access.person_id()
      or ((s.division_id = any (access.divisions_for('P2', 'people', 'read')) or s.id = any (access.entrusted_persons())) and not s.id = any (privacy.hidden_persons())))
  order by 2, p.person_id, p.sort, p.id, p.deputy nulls first, p.data_class, f.sort, p.action
$$;
grant execute on function organisation.who_sees(integer) to anlauf_app;
