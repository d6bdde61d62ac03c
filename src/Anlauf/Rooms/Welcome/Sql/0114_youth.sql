-- The youth coordinator: sees those who said yes, and only until the birthday on which the youth organisation ends (H15). No list of an age,
-- and no file: the role has no right to export.
insert into access.role (id, name, description) values ('youth-coordinator', 'Jugendkoordination', 'Lädt junge Mitglieder ein, die eingewilligt haben; gibt keine Listen aus');
insert into access.role_right (role_id, feature, action, data_class, reach) values
  ('youth-coordinator', 'welcome', 'read', 'P2', 'own'), ('youth-coordinator', 'situation', 'read', 'P1', 'chain'), ('youth-coordinator', 'organisation', 'read', 'P1', 'chain'), ('youth-coordinator', 'presence', 'read', 'P1', 'chain');
insert into welcome.rule values ('youth-age', 30, 'Bis zu diesem Geburtstag gehört jemand zum Jugendverband (Jahre)');

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
