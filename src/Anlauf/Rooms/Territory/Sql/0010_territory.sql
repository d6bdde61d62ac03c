-- Public facts about the country: areas, keys over time, boundaries, election results. Everybody may read them, nobody
-- signed in is needed (public pages use them); only the importers, which act as the system, write.
create schema territory;
grant usage on schema territory to anlauf_app;

-- where figures come from; the line stands under every map and table
create table territory.source (
  id text primary key,
  line text not null,
  vintage date,
  imported_at timestamptz not null default now()
);

create table territory.state (
  key text primary key check (key ~ '^[0-9]{2}$'),
  name text not null,
  -- day of the newest directory that describes this state
  register_on date not null
);

create table territory.district (
  key text primary key check (key ~ '^[0-9]{5}$'),
  state_key text not null references territory.state,
  name text not null,
  kind integer not null,
  -- a city that is its own district (kreisfreie Stadt) or a district of many municipalities (Landkreis); targets depend on it.
  -- First set from the kind; may be changed by the association and is then kept by imports.
  is_city boolean not null,
  valid_to date
);
create index on territory.district (state_key);

create table territory.association (
  key text primary key check (key ~ '^[0-9]{9}$'),
  district_key text references territory.district,
  name text not null,
  kind integer not null,
  valid_to date
);
create index on territory.association (district_key);

create table territory.municipality (
  ags text primary key check (ags ~ '^[0-9]{8}$'),
  ars text not null check (ars ~ '^[0-9]{12}$'),
  name text not null,
  short_name text not null generated always as (split_part(name, ',', 1)) stored,
  kind integer not null,
  -- forests and waters outside every municipality have no council
  has_council boolean not null generated always as (kind not in (65, 66)) stored,
  state_key text not null references territory.state,
  district_key text references territory.district,
  association_key text references territory.association,
  population integer not null check (population >= 0),
  population_on date,
  area_km2 numeric(9,2) not null check (area_km2 >= 0),
  postal_code text check (postal_code ~ '^[0-9]{5}$'),
  longitude double precision,
  latitude double precision,
  urbanisation smallint check (urbanisation between 1 and 3),
  -- classes of Destatis: below 5,000, small, medium, large town
  town_size text not null generated always as (case
    when population < 5000 then 'rural' when population < 20000 then 'small' when population < 100000 then 'medium' else 'large' end) stored,
  valid_from date,
  -- last day; null while the municipality exists
  valid_to date,
  -- day of the directory the row was taken from
  register_on date not null,
  source_id text not null references territory.source
);
create index on territory.municipality (district_key);
create index on territory.municipality (state_key);
create index on territory.municipality using gin (lower(short_name) gin_trgm_ops);

create view territory.current_municipality with (security_invoker = true) as
  select * from territory.municipality where valid_to is null or valid_to >= current_date;
grant select on territory.current_municipality to anlauf_app;

create table territory.postal_code (
  ags text not null references territory.municipality on delete cascade,
  postal_code text not null check (postal_code ~ '^[0-9]{5}$'),
  primary key (ags, postal_code)
);
create index on territory.postal_code (postal_code);

-- what became of a key; shares of one old key on one day add up to 1
create table territory.key_change (
  old_ags text not null,
  new_ags text not null,
  kind smallint not null check (kind between 1 and 4),
  effective_on date not null,
  old_name text not null,
  new_name text not null,
  share numeric(9,8) not null check (share between 0 and 1),
  primary key (old_ags, new_ags, kind, effective_on)
);
create index on territory.key_change (new_ags);

-- areas as SVG path in metres on a plane (see PlaneProjection); level 0 fine for districts, 1 for states, 2 for the country
create table territory.boundary (
  ags text not null references territory.municipality on delete cascade,
  level smallint not null check (level between 0 and 2),
  path text not null,
  schematic boolean not null,
  source_id text not null references territory.source,
  primary key (ags, level)
);

create table territory.election (
  id text primary key,
  title text not null,
  kind text not null check (kind in ('MunicipalCouncil', 'StateParliament')),
  state_key text not null,
  day date not null,
  source_id text not null references territory.source
);

-- keys are those of election day, so they may belong to municipalities that no longer exist
create table territory.result (
  election_id text not null references territory.election on delete cascade,
  ags text not null check (ags ~ '^[0-9]{8}$'),
  name text not null,
  eligible integer not null,
  voters integer not null,
  valid_votes bigint not null,
  primary key (election_id, ags)
);
create index on territory.result (ags);

create table territory.list_result (
  election_id text not null,
  ags text not null,
  list text not null,
  position smallint not null,
  -- not standing is not the same as no votes
  stood boolean not null,
  votes bigint,
  seats integer,
  primary key (election_id, ags, list),
  foreign key (election_id, ags) references territory.result on delete cascade,
  check (stood = (votes is not null))
);

do $$
declare t text;
begin
  foreach t in array array['source', 'state', 'district', 'association', 'municipality', 'postal_code', 'key_change', 'boundary', 'election', 'result', 'list_result'] loop
    execute format('alter table territory.%I enable row level security', t);
    execute format('create policy public_fact on territory.%I for select using (true)', t);
    execute format('create policy by_system on territory.%I using ((select access.is_system())) with check ((select access.is_system()))', t);
    execute format('grant select, insert, update, delete on territory.%I to anlauf_app', t);
  end loop;
end $$;
