using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Demo;

/// <summary>Divisions, bodies, offices, persons and roles of the demo association.</summary>
internal static class DemoOrganisation
{
    public static Task BuildAsync(Db db, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        await db.ExecuteAsync(Roles, ct: ct);
        await db.ExecuteAsync(Divisions, ct: ct);
        return true;
    }, ct);

    // what an office may do: every right is a row, so that an association changes it without a release
    private const string Roles = """
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
          ('state-manager', array['situation', 'goals', 'meetings', 'intake', 'resolutions', 'presence', 'organisation', 'territory'], 'edit', 'P1', 'own'),
          ('state-manager', array['resolutions', 'situation'], 'export', 'P1', 'subtree'),
          ('state-manager', array['people'], 'read', 'P2', 'subtree'),
          ('state-manager', array['meetings'], 'read', 'P7', 'own'),
          ('minute-taker', array['situation', 'goals', 'meetings', 'intake', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'subtree'),
          ('minute-taker', array['meetings', 'intake', 'resolutions', 'goals'], 'edit', 'P1', 'own'),
          ('minute-taker', array['resolutions'], 'export', 'P1', 'subtree'),
          ('district-chair', array['situation', 'goals', 'meetings', 'intake', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'subtree'),
          ('district-chair', array['situation', 'goals', 'meetings', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'chain'),
          ('district-chair', array['situation', 'goals', 'meetings', 'intake', 'resolutions', 'presence'], 'edit', 'P1', 'subtree'),
          ('district-chair', array['resolutions', 'situation'], 'export', 'P1', 'subtree'),
          ('district-chair', array['people'], 'read', 'P2', 'subtree'),
          ('local-chair', array['situation', 'goals', 'meetings', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'subtree'),
          ('local-chair', array['situation', 'goals', 'meetings', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'chain'),
          ('local-chair', array['presence'], 'edit', 'P1', 'own'),
          ('local-chair', array['people'], 'read', 'P2', 'own'),
          ('member', array['situation', 'goals', 'resolutions', 'presence', 'organisation', 'territory'], 'read', 'P1', 'chain')
        ) as r (role, features, action, class, reach), unnest(r.features) as feature
        on conflict do nothing;
        """;

    // one statement each: row-level security sees a new division only from the next statement on
    private const string Divisions = """
        insert into organisation.division (kind, name, short_name, slug) values ('StateAssociation', 'Horizont Sachsen', 'LV Sachsen', 'sachsen');
        insert into organisation.division (parent_id, kind, name, short_name, slug)
          select id, 'DistrictAssociation', 'Kreisverband Mittelsachsen', 'KV Mittelsachsen', 'mittelsachsen' from organisation.division where slug = 'sachsen';
        insert into organisation.division (parent_id, kind, name, short_name, slug)
          select id, 'LocalAssociation', 'Ortsverband Hainichen', 'OV Hainichen', 'hainichen' from organisation.division where slug = 'mittelsachsen';
        insert into organisation.division_area
          select id, area from organisation.division join (values ('sachsen', '14'), ('mittelsachsen', '14522'), ('hainichen', '14522240')) as a (slug, area) using (slug);
        create temporary table seat on commit drop as
          select d.id as division_id, s.* from organisation.division d join (values
            ('sachsen', 'Landesgeschäftsführung', 'state-manager', 'Ida', 'Weitblick'),
            ('sachsen', 'Protokollführung', 'minute-taker', 'Lena', 'Leerzeile'),
            ('mittelsachsen', 'Kreisvorsitz', 'district-chair', 'Theo', 'Kontur'),
            ('hainichen', 'Ortsvorsitz', 'local-chair', 'Wilma', 'Probe'),
            ('hainichen', 'Mitglied', 'member', 'Max', 'Muster')) as s (slug, office, role_id, given_name, family_name) using (slug);
        insert into organisation.person (division_id, given_name, family_name) select division_id, given_name, family_name from seat;
        insert into organisation.office (division_id, name, role_id) select division_id, office, role_id from seat;
        insert into organisation.office_holding (office_id, person_id, valid_from)
          select o.id, p.id, date '2026-01-01' from seat s
          join organisation.person p using (given_name, family_name) join organisation.office o on o.division_id = s.division_id and o.name = s.office;
        """;
}
