-- what an office may do from the first day: every right is a row, so that an association changes it without a release
insert into access.role (id, name, description) values
  ('state-manager', 'Landesgeschäftsführung', 'Sieht die Lage des ganzen Landes, führt Beschlüsse und Ziele des Landesverbands'),
  ('minute-taker', 'Protokollführung', 'Liest Niederschriften ein und führt das Beschlussregister ihres Verbands'),
  ('district-chair', 'Kreisvorsitz', 'Führt den eigenen Kreisverband'),
  ('local-chair', 'Ortsvorsitz', 'Führt den eigenen Ortsverband'),
  ('member', 'Mitglied', 'Liest, was innerhalb des Verbands veröffentlicht ist')
on conflict do nothing;
insert into access.role_right (role_id, feature, action, data_class, reach)
select role, feature, action, class, reach from (values
  ('state-manager', array['situation', 'goals', 'meetings', 'intake', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'subtree'),
  ('state-manager', array['situation', 'goals', 'meetings', 'intake', 'resolutions', 'presence', 'territory'], 'edit', 'P1', 'own'),
  ('state-manager', array['organisation'], 'edit', 'P1', 'subtree'),
  ('state-manager', array['organisation'], 'administer', 'P1', 'subtree'),
  ('state-manager', array['resolutions', 'situation'], 'export', 'P1', 'subtree'),
  ('state-manager', array['people'], 'read', 'P2', 'subtree'),
  ('state-manager', array['meetings'], 'read', 'P7', 'own'),
  ('minute-taker', array['situation', 'goals', 'meetings', 'intake', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'subtree'),
  ('minute-taker', array['meetings', 'intake', 'resolutions', 'goals'], 'edit', 'P1', 'own'),
  ('minute-taker', array['resolutions', 'situation'], 'export', 'P1', 'subtree'),
  ('district-chair', array['situation', 'goals', 'meetings', 'intake', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'subtree'),
  ('district-chair', array['situation', 'goals', 'meetings', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'chain'),
  ('district-chair', array['situation', 'goals', 'meetings', 'intake', 'resolutions', 'presence', 'organisation'], 'edit', 'P1', 'subtree'),
  ('district-chair', array['resolutions', 'situation'], 'export', 'P1', 'subtree'),
  ('district-chair', array['people'], 'read', 'P2', 'subtree'),
  ('local-chair', array['situation', 'goals', 'meetings', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'subtree'),
  ('local-chair', array['situation', 'goals', 'meetings', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'chain'),
  ('local-chair', array['situation', 'presence'], 'edit', 'P1', 'own'),
  ('local-chair', array['people'], 'read', 'P2', 'own'),
  ('member', array['situation', 'goals', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'chain')
) as r (role, features, action, class, reach), unnest(r.features) as feature
on conflict do nothing;
