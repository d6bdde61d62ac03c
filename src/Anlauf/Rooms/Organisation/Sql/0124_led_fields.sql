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
