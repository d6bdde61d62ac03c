using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Demo;

/// <summary>
/// New members of the demo association on their way in: 46 arrive, six wait longer than promised, one of them was entered four months
/// after the declaration. Persons, contacts and days are invented; days count back from today, so that the picture stays the same.
/// </summary>
internal static class DemoWelcome
{
    public static Task BuildAsync(Db db, DateOnly today, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        // one statement each: row-level security sees a new row only from the next statement on
        foreach (var statement in new[] { Contacts, Newcomers, Persons, Memberships, Opened, Calls, Tasks, Duties }) await db.ExecuteAsync(statement, new { today }, ct);
        return true;
    }, ct);

    // a contact for each district, the local chair of Hainichen for her branch and the one beside it
    private const string Contacts = """
        create temporary table welcomer on commit drop as select d.id as division_id, v.* from (values
          ('sachsen', 'Greta', 'Anschluss', 'Mitgliederbetreuung', 'member-care'),
          ('kreis-14511', 'Jost', 'Zeile', 'Mitgliederbeauftragte:r', 'member-liaison'), ('kreis-14521', 'Ada', 'Klammer', 'Mitgliederbeauftragte:r', 'member-liaison'),
          ('kreis-14522', 'Ruth', 'Absatz', 'Mitgliederbeauftragte:r', 'member-liaison'), ('kreis-14523', 'Rolf', 'Umbruch', 'Mitgliederbeauftragte:r', 'member-liaison'),
          ('kreis-14524', 'Mina', 'Spalte', 'Mitgliederbeauftragte:r', 'member-liaison'), ('kreis-14612', 'Lutz', 'Kolumne', 'Mitgliederbeauftragte:r', 'member-liaison'),
          ('kreis-14625', 'Edda', 'Fußnote', 'Mitgliederbeauftragte:r', 'member-liaison'), ('kreis-14626', 'Karl', 'Randnotiz', 'Mitgliederbeauftragte:r', 'member-liaison'),
          ('kreis-14627', 'Tine', 'Auszug', 'Mitgliederbeauftragte:r', 'member-liaison'), ('kreis-14628', 'Olaf', 'Beilage', 'Mitgliederbeauftragte:r', 'member-liaison'),
          ('kreis-14713', 'Rike', 'Vordruck', 'Mitgliederbeauftragte:r', 'member-liaison'), ('kreis-14729', 'Kurt', 'Abschrift', 'Mitgliederbeauftragte:r', 'member-liaison'),
          ('kreis-14730', 'Svea', 'Durchschlag', 'Mitgliederbeauftragte:r', 'member-liaison')) as v (slug, given, family, office, role) join organisation.division d using (slug);
        insert into organisation.person (division_id, given_name, family_name) select division_id, given, family from welcomer;
        insert into organisation.office (division_id, name, role_id, sort) select division_id, office, role, 60 from welcomer;
        insert into organisation.office_holding (office_id, person_id, valid_from, valid_to)
          select o.id, p.id, date '2026-01-01', date '2027-12-31' from welcomer w join organisation.office o on o.division_id = w.division_id and o.name = w.office join organisation.person p on p.division_id = w.division_id and p.given_name = w.given and p.family_name = w.family;
        insert into welcome.contact (division_id, person_id, capacity, valid_from)
          select w.division_id, p.id, 30, date '2026-01-01' from welcomer w join organisation.person p on p.division_id = w.division_id and p.given_name = w.given and p.family_name = w.family
          union all select d.id, p.id, 6, date '2026-01-01' from organisation.division d, organisation.person p where d.kind = 'LocalAssociation' and d.short_name in ('OV Hainichen', 'OV Striegistal') and p.given_name = 'Wilma' and p.family_name = 'Probe';
        """;

    // day: days since the declaration came in; then the days on which entering, first contact, meeting and task were done
    private const string Newcomers = """
        create temporary table newcomer on commit drop as
          select row_number() over () as n, v.*, (select m.ags from territory.current_municipality m where m.district_key = v.district and m.short_name like v.place || '%' order by length(m.short_name), m.ags limit 1) as ags
          from (values
          ('Tilda', 'Entwurf', 'Reichenbach', '14523', 23, 16, null::int, null::int, null::int), ('Juri', 'Platzhalter', 'Plauen', '14523', 20, 15, null, null, null),
          ('Gesine', 'Muster', 'Zittau', '14626', 36, 2, 11, null, null), ('Ralf', 'Probe', 'Weißwasser', '14626', 16, 5, null, null, null),
          ('Hanno', 'Nachtrag', 'Auerbach', '14523', 123, 121, null, null, null), ('Vera', 'Leerstelle', 'Schwarzenberg', '14521', 18, 4, null, null, null),
          ('Mira', 'Vorlage', 'Striegistal', '14522', 11, 1, null, null, null), ('Ben', 'Beispiel', 'Borna', '14729', 28, 2, 9, null, null), ('Olga', 'Exempel', 'Pirna', '14628', 57, 1, 6, 21, null),
          ('Timo', 'Schablone', 'Radebeul', '14627', 10, 1, null, null, null), ('Nele', 'Rahmen', 'Bautzen', '14625', 27, 2, 8, null, null),
          ('Enno', 'Muster', 'Freiberg', '14522', 6, 1, null, null, null), ('Paula', 'Probe', 'Delitzsch', '14730', 19, 2, 7, null, null), ('Ivo', 'Fiktiv', 'Dresden', '14612', 41, 1, 4, 17, null)) as v (given, family, place, district, day, entered, contact, meeting, task)
          union all
          -- those for whom everything goes as promised, and those who have arrived in the last months
          select 100 + i, (array['Anni', 'Bert', 'Cora', 'Dirk', 'Elke', 'Fred', 'Gitta', 'Hugo', 'Inge', 'Jens', 'Käthe', 'Leon', 'Maja', 'Nils', 'Oda', 'Piet'])[1 + i % 16], (array['Beispiel', 'Muster', 'Fiktiv', 'Exempel', 'Vorlage', 'Schema', 'Modell'])[1 + i % 7], '', x.district,
            case when i > 32 then 62 + i % 24 when i % 3 = 0 then 2 + i % 5 when i % 3 = 1 then 15 + i % 8 else 31 + i % 21 end,
            case when i > 32 and i % 9 = 0 then 6 else 1 + i % 2 end, case when i > 32 then case when i % 4 = 0 then 20 + i % 6 else 5 + i % 8 end when i % 3 > 0 then 4 + i % 6 end,
            case when i > 32 then 26 + i % 12 when i % 3 = 2 then 18 + i % 9 end, case when i > 32 then 45 + i % 15 end,
            (array(select m.ags from territory.current_municipality m where m.district_key = x.district order by m.population desc limit case when (select d.is_city from territory.district d where d.key = x.district) then 1 else 3 end))[1 + case when (select d.is_city from territory.district d where d.key = x.district) then 0 else i % 3 end]
          from generate_series(1, 72) i, lateral (select (array['14511', '14524', '14612', '14713', '14729', '14730', '14625', '14612', '14713', '14627', '14628', '14511'])[1 + i % 12] as district) x;
        """;

    private const string Persons = """
        insert into organisation.person (division_id, given_name, family_name, phone, email)
          select k.id, n.given, n.family, '0171 39200' || lpad((n.n % 100)::text, 2, '0'), lower(replace(n.given, 'ä', 'ae')) || '.' || n.n || '@mitglied.example' from newcomer n join organisation.division k on k.slug = 'kreis-' || n.district order by n.n;
        """;

    private const string Memberships = """
        insert into members.party_membership (person_id, division_id, kind, state, declared_on, received_on, entered_on, objection_until, effective_on, area_key)
          select p.id, p.division_id, 'member', case when n.day < 14 then 'awaiting-objection' else 'active' end, @today - n.day - 2, @today - n.day, @today - n.day + n.entered, @today - n.day + 14, case when n.day >= 14 then @today - n.day + 14 end, n.ags
          from newcomer n join organisation.division k on k.slug = 'kreis-' || n.district join organisation.person p on p.division_id = k.id and p.email = lower(replace(n.given, 'ä', 'ae')) || '.' || n.n || '@mitglied.example' order by n.n;
        """;

    private const string Opened = """
        create temporary table arriving on commit drop as
          select n.*, a.id as arrival, a.person_id, a.contact_person_id from newcomer n join organisation.person p on p.email = lower(replace(n.given, 'ä', 'ae')) || '.' || n.n || '@mitglied.example' join welcome.arrival a on a.person_id = p.id;
        update welcome.arrival a set opened_on = @today - x.day + x.entered from arriving x where x.arrival = a.id;
        """;

    private const string Calls = """
        insert into welcome.call (id, arrival_id, person_id, by_person_id, at, outcome)
          select md5('anruf' || x.n || c.outcome)::uuid, x.arrival, x.person_id, x.contact_person_id, ((@today - x.day + c.day) + time '18:20') at time zone 'Europe/Berlin', c.outcome
          from arriving x cross join lateral (values ('reached', x.contact), ('met', x.meeting)) as c (outcome, day) where c.day is not null order by x.n, c.day;
        insert into welcome.call (id, arrival_id, person_id, by_person_id, at, outcome)
          select md5('vergeblich' || x.n)::uuid, x.arrival, x.person_id, x.contact_person_id, ((@today - 5) + time '19:05') at time zone 'Europe/Berlin', 'missed' from arriving x where x.family in ('Entwurf', 'Leerstelle');
        """;

    private const string Tasks = """
        insert into welcome.call (id, arrival_id, person_id, by_person_id, at, outcome)
          select md5('aufgabe' || x.n)::uuid, x.arrival, x.person_id, x.contact_person_id, ((@today - x.day + x.task) + time '17:40') at time zone 'Europe/Berlin', 'task' from arriving x where x.task is not null order by x.n;
        """;

    private const string Duties = """
        update welcome.duty d set done_on = @today - 1 from arriving x where d.arrival_id = x.arrival and (d.duty = 'congratulation' or x.n > 100);
        """;
}
