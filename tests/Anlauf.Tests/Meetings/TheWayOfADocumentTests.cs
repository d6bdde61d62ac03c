using System.Text;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Meetings.Resolutions;
using Anlauf.Rooms.Meetings.Review;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Meetings;

public sealed class TheWayOfADocumentTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Minutes = """
        # Horizont Sachsen – Landesvorstand

        ## Niederschrift der Sitzung am 6. November 2026

        Ort: Bürgerhaus, Döbeln

        Anwesend: Alma Beispiel, Bruno Muster, Edda Exempel
        Entschuldigt: Edda Exempel, Ingo Entwurf

        Protokoll: Lena Leerzeile

        Unterlagen:

        - DS 6 – 031 Anlaufstellen in der Fläche

        Tagesordnung:

        TOP 1 Anlaufstellen in der Fläche (DS 6 – 031)
        TOP 2 Terminplanung

        TOP 1 Anlaufstellen in der Fläche (DS 6 – 031)

        Beschluss: In jedem Flächenlandkreis werden bis zum 30. September 2027 mindestens zwei Anlaufstellen eingerichtet.

        Bei 2 Enthaltungen beschlossen.

        TOP 2 Terminplanung

        Beschluss: Der Landesvorstand beschließt den Terminplan 2027.

        Abstimmung: einstimmig
        """;

    private int land, district, sibling, manager, chair;

    public async Task InitializeAsync()
    {
        await using var scope = database.AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await db.ScalarAsync<int?>("select id from organisation.division where slug = 'land'") is null)
        {
            await db.ExecuteAsync("""
                insert into access.role (id, name) values ('manager', 'M'), ('chair', 'C');
                insert into access.role_right values ('manager', 'resolutions', 'read', 'P1', 'subtree'), ('manager', 'resolutions', 'edit', 'P1', 'own'),
                  ('chair', 'resolutions', 'read', 'P1', 'subtree'), ('chair', 'resolutions', 'read', 'P1', 'chain'), ('chair', 'resolutions', 'edit', 'P1', 'own');
                insert into organisation.division (kind, name, short_name, slug) values ('StateAssociation', 'Land', 'LV', 'land');
                """);
            foreach (var slug in new[] { "kreis", "nachbar" })
                await db.ExecuteAsync("insert into organisation.division (parent_id, kind, name, short_name, slug) select id, 'DistrictAssociation', @slug, @slug, @slug from organisation.division where slug = 'land'", new { slug });
            foreach (var (slug, role) in new[] { ("land", "manager"), ("kreis", "chair") })
                await db.ExecuteAsync("""
                    insert into organisation.person (division_id, given_name, family_name) select id, 'P', @role from organisation.division where slug = @slug;
                    insert into organisation.office (division_id, name, role_id) select id, @role, @role from organisation.division where slug = @slug;
                    insert into organisation.office_holding (office_id, person_id, valid_from, valid_to)
                      select o.id, p.id, current_date - 10, current_date + 10 from organisation.office o join organisation.person p on p.family_name = o.name where o.name = @role;
                    """, new { slug, role });
        }
        async Task<int> IdAsync(string slug) => await db.ScalarAsync<int>("select id from organisation.division where slug = @slug", new { slug });
        (land, district, sibling) = (await IdAsync("land"), await IdAsync("kreis"), await IdAsync("nachbar"));
        (manager, chair) = (await db.ScalarAsync<int>("select id from organisation.person where family_name = 'manager'"), await db.ScalarAsync<int>("select id from organisation.person where family_name = 'chair'"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<(int Document, AcceptDocument.Accepted? Accepted, string? Refusal)> TakeAsync(string text, int division, Func<int, Task<AcceptDocument.Input>>? decide = null)
    {
        await using var scope = database.AsSystem();
        var taken = await scope.ServiceProvider.GetRequiredService<UploadDocument>().HandleAsync(division, "niederschrift.md", Encoding.UTF8.GetBytes(text));
        taken.Done.ShouldBeTrue(taken.Refusal?.Message);
        var input = decide is null ? new() { DocumentId = taken.Value!.DocumentId } : await decide(taken.Value!.DocumentId);
        var outcome = await scope.ServiceProvider.GetRequiredService<AcceptDocument>().HandleAsync(input);
        return (taken.Value.DocumentId, outcome.Value, outcome.Refusal?.Message);
    }

    private async Task<T?> AskAsync<T>(string sql, object? parameters = null)
    {
        await using var scope = database.AsSystem();
        return await scope.ServiceProvider.GetRequiredService<Db>().ScalarAsync<T>(sql, parameters);
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(int document)
    {
        await using var scope = database.AsSystem();
        return Findings.Of(ReviewDesk.Read((await scope.ServiceProvider.GetRequiredService<ReviewDesk>().FindAsync(document))!));
    }

    [Fact]
    public async Task Accepted_minutes_become_meeting_attendance_papers_agenda_and_resolutions_with_their_passages()
    {
        var (document, accepted, refusal) = await TakeAsync(Minutes, land);
        accepted.ShouldNotBeNull(refusal);
        accepted.Resolutions.ShouldBe(2);
        (await AskAsync<string>("select string_agg(name || ':' || status, ' ' order by id) from meetings.attendance where meeting_id = @MeetingId", accepted))
            .ShouldBe("Alma Beispiel:present Bruno Muster:present Edda Exempel:present Edda Exempel:excused Ingo Entwurf:excused", "nothing is decided in place of a person");
        (await AskAsync<string>("select substr(d.text, r.span_start + 1, r.span_length) from meetings.resolution r join meetings.document d on d.id = r.document_id where r.document_id = @document order by r.id limit 1", new { document }))
            .ShouldNotBeNull().ShouldContain("mindestens zwei Anlaufstellen");
        (await AskAsync<int>("select abstain from meetings.resolution where document_id = @document order by id limit 1", new { document })).ShouldBe(2);
        (await AskAsync<string>("select i.number from meetings.agenda_item_paper l join meetings.agenda_item i on i.id = l.agenda_item_id join meetings.paper p on p.id = l.paper_id where i.meeting_id = @MeetingId", accepted)).ShouldBe("1");
        (await AskAsync<string>("select detail from meetings.contradiction where document_id = @document", new { document })).ShouldNotBeNull().ShouldContain("Edda Exempel");
    }

    [Fact]
    public async Task A_later_version_of_the_same_minutes_adds_only_what_is_new()
    {
        var (_, first, _) = await TakeAsync(Minutes.Replace("6. November", "7. November", StringComparison.Ordinal), land);
        var (_, second, refusal) = await TakeAsync(Minutes.Replace("6. November", "7. November", StringComparison.Ordinal).Replace("Bruno Muster", "Bruno Muster, Carla Vorlage", StringComparison.Ordinal), land);
        second.ShouldNotBeNull(refusal);
        second.MeetingId.ShouldBe(first!.MeetingId);
        second.Resolutions.ShouldBe(0);
        second.Attendees.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_file_is_kept_once()
    {
        var text = Minutes.Replace("6. November", "9. November", StringComparison.Ordinal);
        await using var scope = database.AsSystem();
        var upload = scope.ServiceProvider.GetRequiredService<UploadDocument>();
        var first = await upload.HandleAsync(land, "a.md", Encoding.UTF8.GetBytes(text));
        var again = await upload.HandleAsync(land, "b.md", Encoding.UTF8.GetBytes(text));
        again.Value.ShouldBe(new UploadDocument.Taken(first.Value!.DocumentId, WasThere: true));
    }

    [Fact]
    public async Task What_is_rejected_stays_out_and_what_is_corrected_counts()
    {
        var (_, accepted, refusal) = await TakeAsync(Minutes.Replace("6. November", "10. November", StringComparison.Ordinal), land, async id =>
        {
            var decisions = (await FindingsAsync(id)).Where(f => f.Kind == FindingKind.Decision).ToList();
            return new()
            {
                DocumentId = id,
                Rejected = new HashSet<string> { decisions[1].Id },
                Corrections = new Dictionary<(string, string), string> { [(decisions[0].Id, "titel")] = "Zwei Anlaufstellen", [(decisions[0].Id, "nummer")] = "LV 6-031", [(decisions[0].Id, "frist")] = "15.12.2027" },
            };
        });
        accepted.ShouldNotBeNull(refusal).Resolutions.ShouldBe(1);
        (await AskAsync<string>("select title || ' ' || due from meetings.resolution where number = 'LV 6-031'")).ShouldBe("Zwei Anlaufstellen 2027-12-15");
    }

    [Fact]
    public async Task A_wrong_date_is_refused_and_nothing_is_written()
    {
        var (document, accepted, refusal) = await TakeAsync(Minutes.Replace("6. November", "11. November", StringComparison.Ordinal), land, async id =>
            new() { DocumentId = id, Corrections = new Dictionary<(string, string), string> { [((await FindingsAsync(id)).First(f => f.Kind == FindingKind.Decision).Id, "frist")] = "31.2.2027" } });
        accepted.ShouldBeNull();
        refusal.ShouldNotBeNull().ShouldContain("31.2.2027");
        (await AskAsync<long>("select (select count(*) from meetings.meeting where document_id = @document) + (select count(*) from meetings.resolution where document_id = @document)", new { document })).ShouldBe(0);
    }

    [Theory]
    [InlineData("leer.md", "")]
    [InlineData("kaputt.docx", "PK\u0003\u0004abc")]
    public async Task A_file_that_cannot_be_read_is_refused_in_words_and_leaves_nothing(string name, string content)
    {
        await using var scope = database.AsSystem();
        var before = await AskAsync<long>("select count(*) from meetings.document");
        var outcome = await scope.ServiceProvider.GetRequiredService<UploadDocument>().HandleAsync(land, name, Encoding.Latin1.GetBytes(content));
        outcome.Done.ShouldBeFalse();
        outcome.Refusal!.Message.ShouldContain(name);
        (await AskAsync<long>("select count(*) from meetings.document")).ShouldBe(before);
    }

    [Fact]
    public async Task The_land_reads_a_districts_resolution_but_cannot_change_it()
    {
        var (_, accepted, _) = await TakeAsync(Minutes.Replace("6. November", "12. November", StringComparison.Ordinal), district);
        var slug = accepted!.ResolutionSlugs[0];
        await using (var scope = database.As(manager))
        {
            var seen = await scope.ServiceProvider.GetRequiredService<ResolutionRegister>().FindAsync(slug);
            seen.ShouldNotBeNull().MayEdit.ShouldBeFalse();
            var refused = await scope.ServiceProvider.GetRequiredService<ChangeResolution>().HandleAsync(seen.Id, new() { State = "done" });
            refused.Refusal!.Message.ShouldContain("die ihn gefasst hat");
            (await scope.ServiceProvider.GetRequiredService<Db>().ExecuteAsync("update meetings.resolution set title = 'x' where id = @Id", new { seen.Id })).ShouldBe(0, "the database itself refuses");
        }
        await using (var scope = database.As(chair))
        {
            var own = (await scope.ServiceProvider.GetRequiredService<ResolutionRegister>().FindAsync(slug))!;
            (await scope.ServiceProvider.GetRequiredService<ChangeResolution>().HandleAsync(own.Id, new() { State = "underway", Responsible = "Vorstand" })).Done.ShouldBeTrue();
            (await scope.ServiceProvider.GetRequiredService<ResolutionRegister>().HistoryAsync(own.Id))[0].Sentence.ShouldContain("Zuständig: – → Vorstand");
        }
        await using (var scope = database.AsNobody())
            (await scope.ServiceProvider.GetRequiredService<ResolutionRegister>().FindAsync(slug)).ShouldBeNull();
    }

    [Fact]
    public async Task A_district_sees_the_land_and_nothing_of_its_neighbour()
    {
        var (_, ofNeighbour, _) = await TakeAsync(Minutes.Replace("6. November", "13. November", StringComparison.Ordinal), sibling);
        var (_, ofLand, _) = await TakeAsync(Minutes.Replace("6. November", "14. November", StringComparison.Ordinal), land);
        await using var scope = database.As(chair);
        var register = scope.ServiceProvider.GetRequiredService<ResolutionRegister>();
        (await register.FindAsync(ofLand!.ResolutionSlugs[0])).ShouldNotBeNull();
        (await register.FindAsync(ofNeighbour!.ResolutionSlugs[0])).ShouldBeNull();
        (await register.ListAsync(new(), "datum", true)).ShouldNotContain(r => r.Slug == ofNeighbour.ResolutionSlugs[0]);
        (await register.ListAsync(new(Search: "Anlaufstellen"), "treffer", true)).ShouldNotContain(r => r.Slug == ofNeighbour.ResolutionSlugs[0]);
    }

    [Fact]
    public async Task Search_forgives_a_typing_error_and_the_file_holds_what_the_list_shows()
    {
        await TakeAsync(Minutes.Replace("6. November", "15. November", StringComparison.Ordinal), land);
        await using var scope = database.AsSystem();
        var register = scope.ServiceProvider.GetRequiredService<ResolutionRegister>();
        (await register.ListAsync(new(Search: "Anlaufstele"), "treffer", true)).ShouldNotBeEmpty();
        var rows = await register.ListAsync(new(Result: "adopted"), "nummer", false);
        var csv = Encoding.UTF8.GetString(await register.CsvAsync(new(Result: "adopted"), "nummer", false));
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(rows.Count + 1);
    }
}
