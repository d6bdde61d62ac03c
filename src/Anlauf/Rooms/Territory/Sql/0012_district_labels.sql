-- What a district is called where districts stand side by side: „Mittelsachsen“, and where a city and a district share a name
-- „Leipzig (Stadt)“ and „Landkreis Leipzig“. The kind is the register's: 41 and 42 are cities, 43 is called Kreis, the others Landkreis.
alter table territory.district add label text not null default '';

create function territory.label_districts() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update territory.district d set label = l.label
  from (
    select key, case
      when count(*) over (partition by split_part(name, ',', 1), valid_to is null) = 1 then split_part(name, ',', 1)
      when kind in (41, 42) then split_part(name, ',', 1) || ' (Stadt)'
      when kind = 43 then 'Kreis ' || split_part(name, ',', 1)
      else 'Landkreis ' || split_part(name, ',', 1) end as label
    from territory.district) l
  where l.key = d.key and l.label is distinct from d.label;
  return null;
end $$;
create trigger label_districts after insert or update of name, kind, valid_to on territory.district for each statement execute function territory.label_districts();
update territory.district set name = name;
