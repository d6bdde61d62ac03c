-- Arrivals given to a contact are taken back like calls: by whoever gave them, for a quarter of an hour, where nothing came since.
create table welcome.giving (
  id uuid not null,
  arrival_id integer not null references welcome.arrival on delete cascade,
  by_person_id integer,
  given_at timestamptz not null default now(),
  -- who welcomed before, and how it had come there
  from_person_id integer references organisation.person on delete set null,
  from_way text not null,
  to_person_id integer not null references organisation.person on delete cascade,
  primary key (id, arrival_id)
);
-- read and written by its functions alone
alter table welcome.giving enable row level security;
insert into privacy.retention_job (rule_id, table_name, begins_sql) values ('care', 'welcome.giving', 't.given_at::date');
select privacy.personal('welcome.giving', 'Übergabe beim Ankommen', 'care', 'care', null,
  '{"by_person_id": "von wem / P1 / keep", "given_at": "wann / P2 / keep", "from_person_id": "bisherige Ansprechperson / P1 / keep", "to_person_id": "an wen / P1 / keep"}', '{id,arrival_id,from_way}');

-- their texts are in Functions: give_to keeps what was before, takers says how many each has and takes
drop function welcome.give_to(integer[], integer);
drop function welcome.takers();
