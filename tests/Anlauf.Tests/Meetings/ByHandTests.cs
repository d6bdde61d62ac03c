using System.Text;
using Anlauf.Intake.Documents;
using Anlauf.Platform;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Rooms.Meetings;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Tests.Meetings;

/// <summary>Meetings, agenda, resolutions and papers entered by hand, and what leaves the house on paper.</summary>
public sealed class ByHandTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private Task<Outcome<string>> MeetingAsync(DateOnly day, string division = "sachsen", int? by = null, string title = "1. Tagung des 9. Landesparteitages") => house.UseAsync<SaveMeeting, Outcome<string>>(by ?? house.StateManager, async s =>
        await s.HandleAsync(new() { DivisionId = await house.DivisionAsync(division), BodyId = division == "sachsen" ? await house.BodyAsync("landesparteitag-sachsen") : null, Title = title, SessionNumber = 1, TermNumber = 9, HeldOn = day, StartTime = new(10, 0), Place = "Döbeln" }));

    private async Task<MeetingRegister.Detail> FindAsync(string slug) => (await house.UseAsync<MeetingRegister, MeetingRegister.Detail?>(house.StateManager, r => r.FindAsync(slug, default)))!;

    private async Task<ResolutionRegister.Detail> ResolveAsync(DateOnly day, Action<SaveResolution.Input>? change = null)
    {
        var meeting = await FindAsync((await MeetingAsync(day)).Value!);
        var input = new SaveResolution.Input { MeetingId = meeting.Id, Title = "Zwei Anlaufstellen", Wording = "In jedem Landkreis werden mindestens zwei Anlaufstellen eingerichtet.\nWas vor Ort trägt, entscheiden die Kreisverbände.", Abstain = 2, Recipients = "Kreisvorstände\nPressestelle", Responsible = "Landesgeschäftsführung" };
        change?.Invoke(input);
        var outcome = await house.UseAsync<SaveResolution, Outcome<string>>(house.StateManager, s => s.HandleAsync(input));
        outcome.Refusal.ShouldBeNull();
        return (await house.UseAsync<ResolutionRegister, ResolutionRegister.Detail?>(house.StateManager, r => r.FindAsync(outcome.Value!)))!;
    }

    [Fact]
    public async Task The_header_of_a_resolution_entered_by_hand_names_session_and_term() =>
        ResolutionHeader.Line(await ResolveAsync(new(2023, 6, 3))).ShouldBe("Beschluss der 1. Tagung des 9. Landesparteitages am 3. Juni 2023 in Döbeln");

    [Fact]
    public async Task Votes_that_are_no_majority_are_not_adopted()
    {
        var meeting = await FindAsync((await MeetingAsync(new(2023, 6, 10))).Value!);
        var refused = await house.UseAsync<SaveResolution, Outcome<string>>(house.StateManager, s => s.HandleAsync(new() { MeetingId = meeting.Id, Title = "X", Wording = "Y wird beschlossen.", Yes = 5, No = 5 }));
        refused.Refusal!.Field.ShouldBe("Yes");
        (await house.AskAsync<long>("select count(*) from meetings.resolution where meeting_id = @Id", meeting)).ShouldBe(0);
    }

    [Fact]
    public async Task One_body_has_one_meeting_a_day_and_a_district_chair_enters_none_for_the_state()
    {
        (await MeetingAsync(new(2023, 6, 17))).Done.ShouldBeTrue();
        (await MeetingAsync(new(2023, 6, 17))).Refusal!.Field.ShouldBe("HeldOn");
        (await MeetingAsync(new(2023, 6, 18), by: house.DistrictChair)).Refusal!.Field.ShouldBe("DivisionId");
        (await MeetingAsync(new(2023, 6, 18), "kreis-14522", house.StateManager)).Refusal!.Field.ShouldBe("DivisionId");
        (await MeetingAsync(new(2023, 6, 18), "kreis-14522", house.DistrictChair, "Kreisvorstand")).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task An_agenda_item_has_rapporteur_planned_time_and_joint_treatment()
    {
        var meeting = await FindAsync((await MeetingAsync(new(2023, 7, 1))).Value!);
        async Task<Outcome<int>> ItemAsync(string number, string title, int? with = null) => await house.UseAsync<SaveAgendaItem, Outcome<int>>(house.StateManager,
            s => s.HandleAsync(new() { MeetingId = meeting.Id, Number = number, Title = title, Rapporteur = "Alma Beispiel", MinutesPlanned = 20, ResultKind = "decision", TreatedWithId = with }));
        var first = (await ItemAsync("1", "Lage")).Value;
        (await ItemAsync("2", "Schließung von Büros", first)).Done.ShouldBeTrue();
        (await ItemAsync("2", "Noch einmal")).Refusal!.Message.ShouldContain("TOP 2 gibt es schon");
        var items = await house.UseAsync<MeetingRegister, IReadOnlyList<MeetingRegister.Item>>(house.StateManager, r => r.AgendaAsync(meeting.Id, default));
        items.Select(i => (i.Number, i.Rapporteur, i.MinutesPlanned, i.TreatedWith)).ShouldBe([("1", "Alma Beispiel", 20, null), ("2", "Alma Beispiel", 20, "1")]);
    }

    [Fact]
    public async Task The_official_copy_has_every_section_as_pdf_and_as_docx()
    {
        var resolution = await ResolveAsync(new(2023, 8, 5), i => i.Publicity = "Gespräch auf Obersorbisch: Łužica, Krabat a Pětr");
        var recipients = await house.UseAsync<ResolutionRegister, IReadOnlyList<string>>(house.StateManager, r => r.RecipientsAsync(resolution.Id));
        var paper = OfficialCopy.Of(resolution, [], [], recipients, "Horizont Sachsen", "Vorführdaten", "anlauf.example");
        foreach (var (name, bytes) in new[] { ("b.pdf", PdfPaper.Write(paper)), ("b.docx", DocxPaper.Write(paper)) })
        {
            var text = string.Join(' ', DocumentReader.Read(name, bytes).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            foreach (var part in new[] { "Wortlaut", "Begründung –", "Maßnahmen der Öffentlichkeitsarbeit", "Łužica, Krabat a Pětr", "Weitere Maßnahmen –", "Finanzen –", "Abgestimmt mit –", "Den Beschluss sollen erhalten", "Kreisvorstände", "Pressestelle", "Bei 2 Enthaltungen beschlossen", "F. d. R.", "mindestens zwei Anlaufstellen", "Zwei Anlaufstellen", "Vorführdaten" })
                text.ShouldContain(part, Case.Sensitive, name);
        }
    }

    [Fact]
    public async Task A_long_resolution_runs_over_pages_and_every_page_is_numbered()
    {
        var resolution = await ResolveAsync(new(2023, 8, 12), i => i.Wording = string.Join('\n', Enumerable.Range(1, 120).Select(n => $"Punkt {n}: Die Kreisverbände prüfen bis zum Ende des Jahres, welche Räume sie gemeinsam mit anderen Vereinen nutzen können, und berichten dem Landesvorstand.")));
        var text = DocumentReader.Read("lang.pdf", PdfPaper.Write(OfficialCopy.Of(resolution, [], [], [], "Horizont", null, "anlauf.example"))).Text;
        text.ShouldContain("Seite 1 von ");
        text.ShouldContain("Punkt 120");
        Encoding.Latin1.GetString(PdfPaper.Write(OfficialCopy.Of(resolution, [], [], [], "Horizont", null, "anlauf.example")))[..5].ShouldBe("%PDF-");
    }

    [Fact]
    public async Task Papers_get_the_next_number_of_their_kind_and_term_also_when_two_ask_at_once()
    {
        var division = await house.DivisionAsync("kreis-14522");
        var numbers = await Task.WhenAll(Enumerable.Range(1, 5).Select(n => house.UseAsync<PaperRegister, Outcome<string>>(house.DistrictChair, r => r.AddAsync(new() { DivisionId = division, Kind = "ds", Term = 6, Title = $"Vorlage {n}" }))));
        numbers.Select(n => n.Value!).Order().ShouldBe(["DS 6 – 001", "DS 6 – 002", "DS 6 – 003", "DS 6 – 004", "DS 6 – 005"]);
        (await house.UseAsync<PaperRegister, IReadOnlyList<PaperRegister.Row>>(house.DistrictChair, r => r.ListAsync())).Where(r => r.Division == "KV Mittelsachsen").Select(r => r.Number).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task The_control_list_puts_the_overdue_first_and_exports_what_one_person_has_to_do()
    {
        await ResolveAsync(new(2023, 9, 2), i => (i.Title, i.Responsible, i.Due) = ("Später", "Zora Zuständig", DateOnly.FromDateTime(DateTime.Today).AddDays(30)));
        await ResolveAsync(new(2023, 9, 9), i => (i.Title, i.Responsible, i.Due) = ("=Formel", "Zora Zuständig", DateOnly.FromDateTime(DateTime.Today).AddDays(-3)));
        var rows = await house.UseAsync<ResolutionControl, IReadOnlyList<ResolutionControl.Row>>(house.StateManager, c => c.ListAsync("zora zuständig"));
        rows.Select(r => (r.What, r.Overdue)).ShouldBe([("=Formel", true), ("Später", false)]);
        var csv = Encoding.UTF8.GetString(await house.UseAsync<ResolutionControl, byte[]>(house.StateManager, c => c.CsvAsync("zora zuständig")));
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        csv.ShouldContain("\"'=Formel\"");
        (await house.UseAsync<ResolutionControl, IReadOnlyList<ResolutionControl.Row>>(house.LocalChair, c => c.ListAsync("zora zuständig"))).Count.ShouldBe(2); // the chain above is readable
        (await house.UseAsNobodyAsync<ResolutionControl, IReadOnlyList<ResolutionControl.Row>>(c => c.ListAsync())).ShouldBeEmpty();
    }
}
