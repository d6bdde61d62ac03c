-- Fields that the party's federal register leads: here they are read, and changed by the next file alone. A row for a division holds for
-- those below it as well.
create table organisation.led_field (
  division_id integer not null references organisation.division,
  field text not null check (field in ('name', 'email', 'phone', 'address', 'birth', 'number')),
  -- how to have it changed, as a sentence
  remedy text not null check (trim(remedy) <> '' and length(remedy) <= 200),
  since date not null default current_date,
  by_person_id integer,
  primary key (division_id, field)
);
alter table organisation.led_field enable row level security;
create policy structure on organisation.led_field for select using (access.actor() is not null);
create policy edit on organisation.led_field using (division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]));
grant select, insert, update, delete on organisation.led_field to anlauf_app;

-- what is led for a division, by the nearest row
create function organisation.led_by(division integer) returns table (field text, remedy text) language sql stable security definer set search_path = '' as $$
  select distinct on (f.field) f.field, f.remedy from organisation.division_closure c join organisation.led_field f on f.division_id = c.ancestor_id
  where c.descendant_id = division and access.actor() is not null order by f.field, c.depth
$$;
grant execute on function organisation.led_by(integer) to anlauf_app;
select privacy.personal('organisation.led_field', 'Feld der Bundesdatei', 'people', 'person', null, '{"by_person_id": "eingetragen von / P1 / keep"}', '{division_id,field,remedy,since}');

-- Whom mail does not reach any more, since when. A new address, or somebody who has looked, takes the flag away.
create table organisation.mail_trouble (
  person_id integer primary key references organisation.person on delete cascade,
  since date not null default current_date,
  code text not null
);
alter table organisation.mail_trouble enable row level security;
-- whoever sees the person sees this: the policy of the person holds inside
create policy reach on organisation.mail_trouble for select using (exists (select from organisation.person p where p.id = person_id));
create policy by_system on organisation.mail_trouble using (access.is_system()) with check (access.is_system());
grant select, insert, update, delete on organisation.mail_trouble to anlauf_app;

create function organisation.flag_bounced() returns trigger language plpgsql security definer set search_path = '' as $$
declare told integer;
begin
  if not mail.is_bad_address(new.trouble) then return null; end if;
  for told in insert into organisation.mail_trouble (person_id, code)
      select p.id, new.trouble from mail.outbox o join organisation.person p on lower(p.email) = lower(o.recipient) where o.id = new.letter_id on conflict do nothing returning person_id loop
    insert into organisation.person_history (person_id, sentence) values (told, 'E-Mail kommt nicht an');
  end loop;
  return null;
end $$;
create trigger flag_bounced after update of outcome on mail.delivery for each row when (new.outcome = 'bounced' and old.outcome is distinct from 'bounced') execute function organisation.flag_bounced();

create function organisation.forget_mail_trouble() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from organisation.mail_trouble t where t.person_id = new.id;
  return null;
end $$;
create trigger forget_mail_trouble after update of email on organisation.person for each row when (new.email is distinct from old.email) execute function organisation.forget_mail_trouble();

-- by whoever keeps the person or the membership: letters go there again
create function organisation.try_mail_again(who integer) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from organisation.person p where p.id = who and (p.division_id = any (access.divisions_for('P2', 'people', 'edit')) or p.division_id = any (access.divisions_for('P2', 'membership', 'edit'))) and not p.id = any (privacy.hidden_persons())) then return false; end if;
  delete from organisation.mail_trouble t where t.person_id = who;
  if found then insert into organisation.person_history (person_id, by_person_id, sentence) values (who, access.person_id(), 'E-Mail-Adresse geprüft: wird wieder angeschrieben'); end if;
  return true;
end $$;
grant execute on function organisation.try_mail_again(integer) to anlauf_app;
insert into privacy.retention_job (rule_id, table_name, begins_sql) values ('undeliverable', 'organisation.mail_trouble', 't.since');
select privacy.personal('organisation.mail_trouble', 'E-Mail kommt nicht an', 'people', 'undeliverable', 'person_id', '{"person_id": "Person / P2 / delete", "since": "seit / P2 / delete", "code": "Antwort / P2 / delete"}', '{}');
