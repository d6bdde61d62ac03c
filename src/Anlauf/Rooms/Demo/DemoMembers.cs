using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Demo;

/// <summary>Some six hundred invented members in all districts, with the days, gaps and offers that real registers have. The same every time.</summary>
internal static class DemoMembers
{
    public static Task BuildAsync(Db db, DateOnly today, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        foreach (var statement in new[] { Officer, Office, Holding, Persons, Memberships, Consents, Offers }) await db.ExecuteAsync(statement, new { today }, ct);
        return true;
    }, ct);

    // one statement each: row-level security sees a new row only from the next statement on
    private const string Officer = "insert into organisation.person (division_id, given_name, family_name) select id, 'Rike', 'Umriss' from organisation.division where slug = 'sachsen'";
    private const string Office = "insert into organisation.office (division_id, name, role_id, sort) select id, 'Mitgliederverwaltung', 'membership-officer', 50 from organisation.division where slug = 'sachsen'";
    private const string Holding = """
        insert into organisation.office_holding (office_id, person_id, valid_from)
        select o.id, p.id, date '2025-01-01' from organisation.office o join organisation.person p on p.division_id = o.division_id and p.given_name = 'Rike' and p.family_name = 'Umriss' where o.role_id = 'membership-officer'
        """;

    // a member for every so many inhabitants, at least four to a district; numbers come from the row alone, nothing is random
    private const string Persons = """
        create temporary table demo_member on commit drop as
        with area as (
          select d.id as division_id, d.slug, row_number() over (order by d.slug) as k from organisation.division d where d.slug ~ '^kreis-'),
        numbered as (select a.*, g.i, (a.k * 131 + g.i * 37)::int as seed from area a cross join lateral generate_series(1, 20 + (a.k * 7 % 11)::int) as g (i))
        select n.division_id, n.slug, n.seed, m.ags,
          (array['Ada', 'Arne', 'Birte', 'Bruno', 'Cem', 'Clara', 'Dörte', 'Dilan', 'Emil', 'Elif', 'Fatma', 'Falk', 'Greta', 'Hanno', 'Ilse', 'Jonas', 'Käthe', 'Levin', 'Mira', 'Nadja', 'Oskar', 'Paula', 'Quentin', 'Rosa', 'Sönke', 'Tilda', 'Uwe', 'Vera', 'Wanda', 'Yasmin'])[1 + (n.seed * 7 + n.i) % 30] as given,
          (array['Umriss', 'Linie', 'Kontur', 'Skizze', 'Raster', 'Muster', 'Vorlage', 'Entwurf', 'Platzhalter', 'Probe', 'Beispiel', 'Leerzeile', 'Absatz', 'Fußnote', 'Spalte', 'Zeilenfall', 'Randnotiz', 'Überschrift', 'Klammer', 'Bindestrich', 'Schraffur', 'Anstrich', 'Maßstab', 'Fluchtpunkt', 'Grundriss'])[1 + (n.seed * 11 + n.i * 3) % 25]
            || case when n.seed % 17 = 0 then '-' || (array['Beispiel', 'Muster', 'Probe'])[1 + n.seed % 3] else '' end as family
        from numbered n
        cross join lateral (select t.ags from territory.current_municipality t where t.has_council and t.district_key = split_part(n.slug, '-', 2) order by md5(t.ags || n.seed) limit 1) m;
        insert into organisation.person (division_id, given_name, family_name, email, phone)
        select coalesce(members.division_for(ags), division_id), given, family,
          case when seed % 5 < 4 then translate(lower(given || '.' || split_part(family, '-', 1)), 'äöüß', 'aous') || seed || '@horizont.example' end, case when seed % 3 > 0 then '0371 555 ' || lpad((seed % 1000)::text, 3, '0') end
        from demo_member order by slug, seed, ags;
        """;

    private const string Memberships = """
        with who as (
          select p.id, p.division_id, m.seed, m.ags from demo_member m join organisation.person p on p.division_id = coalesce(members.division_for(m.ags), m.division_id) and p.given_name = m.given and p.family_name = m.family
            and coalesce(p.email, '') = coalesce(case when m.seed % 5 < 4 then translate(lower(m.given || '.' || split_part(m.family, '-', 1)), 'äöüß', 'aous') || m.seed || '@horizont.example' end, '')),
        kind as (select distinct on (w.id) w.*, case when seed % 23 = 0 then 'guest' when seed % 7 = 0 then 'supporter' when seed % 29 = 0 then 'youth' when seed % 41 = 0 then 'honorary' else 'member' end as kind,
          @today - (120 + (seed * 53) % 2600) as received from who w order by w.id, w.seed, w.ags)
        insert into members.party_membership (person_id, division_id, kind, state, declared_on, received_on, entered_on, objection_until, effective_on, left_on, left_reason, area_key, member_number)
        select id, division_id, kind, case when seed % 13 = 0 then 'left' else 'active' end, received - 4, received, received + 2 + seed % 20, case when kind = 'member' then received + 14 end, case when kind = 'member' then received + 14 else received end,
          case when seed % 13 = 0 then @today - (seed % 100) end, case when seed % 13 = 0 then case seed % 4 when 0 then 'died' when 1 then 'arrears' else 'resigned' end end, ags, case when kind = 'member' then 'H-' || lpad(id::text, 6, '0') end
        from kind order by id;
        """;

    private const string Consents = """
        insert into members.consent (person_id, kind, text_version, channel, given_on, proof, withdrawn_on)
        select m.person_id, k.kind, '2026-11', 'paper', m.received_on, 'Aufnahmeantrag', case when m.person_id % 19 = 0 then @today - 10 end
        from members.party_membership m cross join (values ('newsletter', 2), ('phone', 3), ('photos', 5)) as k (kind, n) where m.left_on is null and m.received_on <= @today - 120 and m.person_id % k.n = 0;
        """;

    private const string Offers = """
        insert into members.trait (person_id, kind, label, since)
        select m.person_id, 'offer', (array['Infostand', 'Fahrdienst', 'Plakate', 'Kuchen', 'Technik', 'Übersetzen'])[1 + m.person_id % 6], m.received_on from members.party_membership m where m.left_on is null and m.received_on <= @today - 120 and m.person_id % 4 = 0
        union all select m.person_id, 'interest', (array['Bildung', 'Nahverkehr', 'Wohnen', 'Gesundheit', 'Landwirtschaft'])[1 + m.person_id % 5], m.received_on from members.party_membership m where m.left_on is null and m.received_on <= @today - 120 and m.person_id % 3 = 0;
        """;
}
