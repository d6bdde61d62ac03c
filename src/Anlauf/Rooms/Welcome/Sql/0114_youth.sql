-- The youth coordinator: sees those who said yes, and only until the birthday on which the youth organisation ends (H15). No list of an age,
-- and no file: the role has no right to export.
insert into access.role (id, name, description) values ('youth-coordinator', 'Jugendkoordination', 'Lädt junge Mitglieder ein, die eingewilligt haben; gibt keine Listen aus');
insert into access.role_right (role_id, feature, action, data_class, reach) values
  ('youth-coordinator', 'welcome', 'read', 'P2', 'own'), ('youth-coordinator', 'situation', 'read', 'P1', 'chain'), ('youth-coordinator', 'organisation', 'read', 'P1', 'chain'), ('youth-coordinator', 'presence', 'read', 'P1', 'chain');
insert into welcome.rule values ('youth-age', 30, 'Bis zu diesem Geburtstag gehört jemand zum Jugendverband (Jahre)');

-- an entrustment may have a last day; one view decides, for the policies and for the answer to who sees
alter table organisation.entrusted add column valid_to date check (valid_to >= valid_from);
select privacy.personal('organisation.entrusted', 'Anvertraut', 'care', 'care', 'person_id', '{"valid_to": "letzter Tag / P2 / keep"}', '{}');
create view access.entrustment as select e.person_id, e.division_id, e.to_person_id, e.because, e.valid_from, e.valid_to from organisation.entrusted e where e.ended_at is null and coalesce(e.valid_to, 'infinity'::date) >= current_date;

create or replace function access.entrusted_persons() returns integer[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(distinct e.person_id), '{}') from access.entrustment e
  where e.to_person_id = access.person_id() or e.division_id = any (access.divisions_for('P2', 'welcome', 'read'))
$$;
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

-- yes to the youth organisation of the own association, until a day; by the person or whoever keeps the membership
create function welcome.consent_youth(who integer, until date) returns boolean language plpgsql security definer set search_path = '' as $$
declare youth integer;
begin
  if not exists (select from organisation.person p where p.id = who and (p.id = access.person_id() or p.division_id = any (access.divisions_for('P2', 'membership', 'edit'))) and not p.id = any (privacy.hidden_persons())) then return false; end if;
  select y.id into youth from organisation.person p join organisation.division_closure c on c.descendant_id = p.division_id join organisation.division_closure d on d.ancestor_id = c.ancestor_id
    join organisation.division y on y.id = d.descendant_id and y.kind = 'YouthOrganization' and y.dissolved_on is null where p.id = who order by c.depth, y.id limit 1;
  if youth is null then return false; end if;
  if not exists (select from access.entrustment e where e.person_id = who and e.because = 'Einwilligung für den Jugendverband') then
    insert into organisation.entrusted (person_id, division_id, because, valid_to) values (who, youth, 'Einwilligung für den Jugendverband', until);
    insert into organisation.person_history (person_id, by_person_id, sentence) values (who, access.person_id(), 'Einwilligung erteilt: Jugendverband');
  end if;
  return true;
end $$;
create function welcome.withdraw_youth(who integer) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from organisation.person p where p.id = who and (p.id = access.person_id() or p.division_id = any (access.divisions_for('P2', 'membership', 'edit')))) then return false; end if;
  update organisation.entrusted e set ended_at = now() where e.person_id = who and e.because = 'Einwilligung für den Jugendverband' and e.ended_at is null;
  if found then insert into organisation.person_history (person_id, by_person_id, sentence) values (who, access.person_id(), 'Einwilligung widerrufen: Jugendverband'); end if;
  return true;
end $$;
grant execute on function welcome.consent_youth(integer, date), welcome.withdraw_youth(integer) to anlauf_app;
