using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Demo;

/// <summary>Divisions, bodies, offices and persons of the demo association.</summary>
internal static class DemoOrganisation
{
    public static Task BuildAsync(Db db, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        foreach (var statement in new[] { Divisions, Bodies, Persons }) await db.ExecuteAsync(statement, ct: ct);
        return true;
    }, ct);

    // two state associations; one district association for each district, local ones in towns from 15,000 inhabitants and a few more.
    // one statement each: row-level security sees a new division only from the next statement on
    private const string Divisions = """
        insert into organisation.division (kind, name, short_name, slug, seat_ags) values
          ('StateAssociation', 'Horizont Sachsen', 'LV Sachsen', 'sachsen', '14612000'), ('StateAssociation', 'Horizont Sachsen-Anhalt', 'LV Sachsen-Anhalt', 'sachsen-anhalt', '15003000');
        insert into organisation.division (parent_id, kind, name, short_name, slug)
          select l.id, case when d.is_city then 'CityAssociation' else 'DistrictAssociation' end,
            case when d.is_city then 'Stadtverband ' else 'Kreisverband ' end || split_part(d.name, ',', 1),
            case when d.is_city then 'SV ' else 'KV ' end || split_part(d.name, ',', 1), 'kreis-' || d.key
          from territory.district d join organisation.division l on l.slug = case d.state_key when '14' then 'sachsen' else 'sachsen-anhalt' end where d.valid_to is null order by d.key;
        insert into organisation.division (parent_id, kind, name, short_name, slug)
          select k.id, 'LocalAssociation', 'Ortsverband ' || m.short_name, 'OV ' || m.short_name, 'ort-' || m.ags
          from territory.current_municipality m join territory.district d on d.key = m.district_key join organisation.division k on k.slug = 'kreis-' || d.key
          where not d.is_city and (m.population >= 15000 or m.ags in ('14522230', '14522150', '14522540')) order by m.ags;
        insert into organisation.division (parent_id, kind, name, short_name, slug)
          select id, 'YouthOrganization', 'Horizont Jugend Sachsen', 'Jugend Sachsen', 'jugend-sachsen' from organisation.division where slug = 'sachsen';
        insert into organisation.division_area
          select id, case slug when 'sachsen' then '14' when 'sachsen-anhalt' then '15' else split_part(slug, '-', 2) end from organisation.division where slug in ('sachsen', 'sachsen-anhalt') or slug ~ '^(kreis|ort)-[0-9]';
        insert into members.division_pack select id, 'horizont' from organisation.division where kind = 'StateAssociation';
        """;

    private const string Bodies = """
        insert into organisation.body (division_id, kind, name, name_genitive, slug, current_term, minimum_size, maximum_size)
          select id, 'StateBoard', 'Landesvorstand', 'Landesvorstandes', 'landesvorstand-' || slug, 6, 9, 20 from organisation.division where kind = 'StateAssociation'
          union all select id, 'StateConvention', 'Landesparteitag', 'Landesparteitages', 'landesparteitag-' || slug, 9, null, null from organisation.division where kind = 'StateAssociation'
          union all select id, 'StateCouncil', 'Landesrat', 'Landesrates', 'landesrat-' || slug, null, null, null from organisation.division where kind = 'StateAssociation'
          union all select id, 'Board', 'Kreisvorstand', 'Kreisvorstandes', 'vorstand-' || slug, null, 5, 15 from organisation.division where kind in ('DistrictAssociation', 'CityAssociation')
          union all select id, 'Board', 'Ortsvorstand', 'Ortsvorstandes', 'vorstand-' || slug, null, 3, 9 from organisation.division where kind = 'LocalAssociation';
        """;

    private const string Persons = """
        create temporary table seat on commit drop as
          select d.id as division_id, s.* from organisation.division d join (values
            ('sachsen', 'Landesgeschäftsführung', 'state-manager', 'Ida', 'Weitblick', 10),
            ('sachsen', 'Protokollführung', 'minute-taker', 'Lena', 'Leerzeile', 20),
            ('sachsen', 'Datenschutzbeauftragte', 'data-protection-officer', 'Ines', 'Raster', 25),
            ('sachsen', 'Landesvorsitz', 'member', 'Alma', 'Beispiel', 30),
            ('sachsen', 'Landesschatzmeisterei', 'member', 'Jutta', 'Skizze', 40),
            ('kreis-14522', 'Kreisvorsitz', 'district-chair', 'Theo', 'Kontur', 10),
            ('ort-14522230', 'Ortsvorsitz', 'local-chair', 'Wilma', 'Probe', 10),
            ('ort-14522230', 'Mitglied', 'member', 'Max', 'Muster', 90)) as s (slug, office, role_id, given_name, family_name, sort) using (slug);
        insert into organisation.person (division_id, given_name, family_name) select division_id, given_name, family_name from seat;
        insert into organisation.office (division_id, body_id, name, role_id, sort)
          select s.division_id, b.id, s.office, s.role_id, s.sort from seat s left join organisation.body b on b.division_id = s.division_id and b.kind in ('StateBoard', 'Board') and s.role_id <> 'member';
        insert into organisation.office_holding (office_id, person_id, valid_from, valid_to)
          select o.id, p.id, date '2026-01-01', date '2027-12-31' from seat s
          join organisation.person p using (given_name, family_name) join organisation.office o on o.division_id = s.division_id and o.name = s.office;
        -- posts without a person: vacant, and shown as such
        insert into organisation.office (division_id, name, sort) select id, 'Kreisvorsitz', 10 from organisation.division d
          where kind in ('DistrictAssociation', 'CityAssociation') and not exists (select from organisation.office o where o.division_id = d.id);
        """;
}
