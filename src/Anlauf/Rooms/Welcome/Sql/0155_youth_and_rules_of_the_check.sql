-- The person gives the consent to the youth organisation and takes it back by their own link too, not only signed in.
create or replace function welcome.consent_youth(who integer, until date) returns boolean language plpgsql security definer set search_path = '' as $$
declare youth integer;
begin
  if not exists (select from organisation.person p where p.id = who and (p.id = access.myself() or p.division_id = any (access.divisions_for('P2', 'membership', 'edit'))) and not p.id = any (privacy.hidden_persons())) then return false; end if;
  select y.id into youth from organisation.person p join organisation.division_closure c on c.descendant_id = p.division_id join organisation.division_closure d on d.ancestor_id = c.ancestor_id
    join organisation.division y on y.id = d.descendant_id and y.kind = 'YouthOrganization' and y.dissolved_on is null where p.id = who order by c.depth, y.id limit 1;
  if youth is null then return false; end if;
  if not exists (select from access.entrustment e where e.person_id = who and e.because = 'Einwilligung für den Jugendverband') then
    insert into organisation.entrusted (person_id, division_id, because, valid_to) values (who, youth, 'Einwilligung für den Jugendverband', until);
    insert into organisation.person_history (person_id, by_person_id, sentence) values (who, access.person_id(), 'Einwilligung erteilt: Jugendverband');
  end if;
  return true;
end $$;
create or replace function welcome.withdraw_youth(who integer) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from organisation.person p where p.id = who and (p.id = access.myself() or p.division_id = any (access.divisions_for('P2', 'membership', 'edit')))) then return false; end if;
  update organisation.entrusted e set ended_at = now() where e.person_id = who and e.because = 'Einwilligung für den Jugendverband' and e.ended_at is null;
  if found then insert into organisation.person_history (person_id, by_person_id, sentence) values (who, access.person_id(), 'Einwilligung widerrufen: Jugendverband'); end if;
  return true;
end $$;

-- the youth organisation in charge of the acting person, its last birthday, and since when they have said yes
create function welcome.youth_of_mine() returns table (organisation text, age integer, since date) language sql stable security definer set search_path = '' as $$
  select y.name, welcome.days_of('youth-age', p.division_id), (select min(e.valid_from) from access.entrustment e where e.person_id = p.id and e.because = 'Einwilligung für den Jugendverband')
  from organisation.person p cross join lateral (
    select y.name from organisation.division_closure c join organisation.division_closure d on d.ancestor_id = c.ancestor_id join organisation.division y on y.id = d.descendant_id and y.kind = 'YouthOrganization' and y.dissolved_on is null
    where c.descendant_id = p.division_id order by c.depth, y.id limit 1) y where p.id = access.myself()
$$;
grant execute on function welcome.youth_of_mine() to anlauf_app;

-- The days of the yearly check stand among the rules that a division may decide for itself; how much goes out in a night is for the
-- association as a whole.
alter table welcome.rule add column whole_association boolean not null default false;
insert into privacy.declared_column (table_name, column_name) values ('welcome.rule', 'whole_association');
insert into welcome.rule (id, days, words, whole_association) values
  ('check-pause', 300, 'So viele Tage liegen mindestens zwischen zwei jährlichen Prüfungen der Angaben eines Mitglieds', false),
  ('check-settled', 90, 'Wer vor weniger Tagen eingetreten ist, wird noch nicht nach seinen Angaben gefragt (Tage)', false),
  ('check-reminder', 21, 'So viele Tage nach dem ersten Brief zu den Angaben kommt eine Erinnerung', false),
  ('check-silent', 21, 'So viele Tage nach der Erinnerung gelten die Angaben als nicht bestätigt', false),
  ('check-batch', 500, 'So viele Briefe zu den Angaben gehen höchstens in einer Nacht hinaus', true);
