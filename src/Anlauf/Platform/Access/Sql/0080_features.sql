-- What a right is about, in words and with its purpose: pages and docs/rechte.md say it from here, and a right names only what stands here.
create table access.feature (
  id text primary key,
  name text not null,
  -- completes „wozu: “
  purpose text not null,
  sort integer not null default 100
);
insert into access.feature values
  ('situation', 'Lage und Aufträge', 'wissen, was wo fehlt, und wer es bis wann übernommen hat', 10),
  ('goals', 'Ziele', 'wissen, worauf sich der Verband geeinigt hat', 20),
  ('meetings', 'Sitzungen', 'Sitzungen vorbereiten und nachlesen', 30),
  ('intake', 'eingelesene Dokumente', 'Niederschriften in das Register übernehmen', 40),
  ('resolutions', 'Beschlüsse', 'Beschlüsse nachlesen, ausführen und ihre Ausführung prüfen', 50),
  ('presence', 'Anlaufstellen', 'wissen, wo der Verband erreichbar ist', 60),
  ('territory', 'Gebiete', 'Karte und Zahlen dem richtigen Gebiet zuordnen', 70),
  ('organisation', 'Gliederungen und Ämter', 'wissen, wer wofür zuständig ist, und Ämter rechtzeitig besetzen', 80),
  ('people', 'Personen', 'die Menschen des Verbands erreichen und einladen', 90),
  ('person-detail', 'Geburtstag und Anschrift', 'Briefe schicken, Wahl- und Stimmrecht prüfen', 100),
  ('dues', 'Beiträge und Bankverbindungen', 'Beiträge einziehen und abrechnen', 110),
  ('audit', 'das Protokoll', 'prüfen, ob jemand ohne Anlass in Daten gesehen hat', 120),
  ('privacy', 'Anfragen zum Datenschutz', 'Auskunft, Berichtigung und Löschung in der Frist erfüllen', 130),
  ('erasure', 'Löschungen als zweite Person', 'niemand löscht allein', 140);
insert into access.feature select distinct feature, feature, '' from access.role_right on conflict do nothing;
alter table access.role_right add foreign key (feature) references access.feature;

alter table access.feature enable row level security;
create policy readable on access.feature for select using (access.actor() is not null);
create policy by_system on access.feature using (access.is_system()) with check (access.is_system());
grant select, insert, update, delete on access.feature to anlauf_app;
select privacy.impersonal('access.feature');
select privacy.audit_too('access.feature');
