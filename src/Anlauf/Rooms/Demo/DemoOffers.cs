using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Demo;

/// <summary>Tasks that look for somebody, interests they fit, a vacant post with a task, notes of a meeting, and a project with a guest.</summary>
internal static class DemoOffers
{
    public static Task BuildAsync(Db db, DateOnly today, CancellationToken ct) => db.InTransactionAsync(async () =>
    {
        // one statement each: row-level security sees a new row only from the next statement on
        foreach (var statement in new[] { Group, Tasks, Offers, Traits, Answers, Staff, Post, Vacant, Notes, Project, Items, Guest, Grant }) await db.ExecuteAsync(statement, new { today }, ct);
        return true;
    }, ct);

    private const string Group = "insert into organisation.body (division_id, kind, name, slug) select id, 'StateWorkingGroup', 'AG Umwelt und Verkehr', 'ag-umwelt-sachsen' from organisation.division where slug = 'sachsen'";
    private const string Tasks = """
        insert into meetings.task (division_id, kind, text, due) select d.id, 'task', t.text, @today + t.days from organisation.division d, (values
          ('Infostand auf dem Weihnachtsmarkt in Hainichen betreuen', 24), ('Vorlage zum Bürgerbus lesen und zusammenfassen', 18), ('Plakate in Freiberg abhängen', 9), ('Saal für die Kreisversammlung mieten', 40)) as t (text, days) where d.slug = 'kreis-14522'
        """;
    private const string Offers = """
        insert into offers.offer (division_id, task_id, details, hours, place, area_key, online, skills, addressed, target_division_id, first_wins, answer_by)
        select t.division_id, t.id, o.details, o.hours, o.place, o.area, o.online, o.skills, 'members', t.division_id, o.first, @today + o.days from (values
          ('Infostand auf%', 'Zwei Stunden am Stand, Zelt und Material sind da.', 2, 'Hainichen', '14522230', false, '{Infostand,Soziales}'::text[], true, 12),
          ('Vorlage zum%', 'Eine Seite reicht: Worum geht es, was kostet es, was fehlt?', 3, null, null, true, '{Verkehr,Umwelt}'::text[], false, 10),
          ('Plakate in%', 'Leiter und Auto sind da.', 4, 'Freiberg', '14522180', false, '{Plakate}'::text[], true, -2)) as o (task, details, hours, place, area, online, skills, first, days)
        join meetings.task t on t.text like o.task join organisation.division d on d.id = t.division_id and d.slug = 'kreis-14522'
        """;
    private const string Traits = """
        insert into members.trait (person_id, kind, label) select p.id, 'interest', 'Umwelt' from organisation.person p where p.given_name = 'Max' and p.family_name = 'Muster' and exists (select from organisation.office_holding h where h.person_id = p.id) on conflict do nothing
        """;
    private const string Answers = """
        insert into offers.answer (offer_id, person_id, answer) select o.id, m.person_id, 'yes' from offers.offer o cross join lateral (
          select m.person_id from members.party_membership m join organisation.division_closure c on c.descendant_id = m.division_id and c.ancestor_id = o.division_id where m.kind = 'member' and m.state = 'active' and not exists (select from organisation.office_holding h where h.person_id = m.person_id) order by m.person_id limit 1) m
        where o.online
        """;
    private const string Staff = "update organisation.office set staff = true where name in ('Landesgeschäftsführung', 'Mitgliederverwaltung', 'Mitgliederbetreuung', 'Kreisgeschäftsführung')";
    private const string Post = "insert into organisation.office (division_id, name, sort, staff) select id, 'Wahlkampfbüro, noch einzustellen', 45, true from organisation.division where slug = 'kreis-14522'";
    private const string Vacant = """
        insert into meetings.task (division_id, kind, text, due, office_id, responsible) select o.division_id, 'task', 'Wahlkampfmaterial für 2027 bestellen', @today + 50, o.id, o.name from organisation.office o where o.name = 'Wahlkampfbüro, noch einzustellen'
        """;
    private const string Notes = """
        insert into meetings.note (meeting_id, agenda_item_id, division_id, text, level) select m.id, i.id, m.division_id, n.text, n.level from meetings.meeting m join meetings.agenda_item i on i.meeting_id = m.id and i.position = 1,
          (values ('Kritik am Ablauf der letzten Sitzung; wird im Gespräch geklärt.', 'internal'), ('Die Einladung geht künftig zehn Tage vorher hinaus.', 'members')) as n (text, level) where m.slug = '2026-11-06-landesvorstand'
        """;
    private const string Project = """
        insert into projects.project (division_id, title, purpose, starts_on, ends_on) select id, 'Bürgerbus Mittelsachsen', 'Fahrplan und Antrag gemeinsam mit der Fraktion vorbereiten.', @today - 20, @today + 100 from organisation.division where slug = 'kreis-14522'
        """;
    private const string Items = """
        insert into projects.item (project_id, task_id) select p.id, t.id from projects.project p join meetings.task t on t.division_id = p.division_id and t.text like 'Vorlage zum Bürgerbus%'
        """;
    private const string Guest = "insert into organisation.person (division_id, given_name, family_name) select id, 'Gesa', 'Anbau' from organisation.division where slug = 'kreis-14522'";
    private const string Grant = """
        insert into projects.guest (project_id, person_id, employer, valid_from, valid_to) select p.id, g.id, 'Fraktion im Landtag', @today - 10, @today + 80 from projects.project p join organisation.person g on g.division_id = p.division_id and g.given_name = 'Gesa' and g.family_name = 'Anbau'
        """;
}
