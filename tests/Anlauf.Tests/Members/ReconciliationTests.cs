using System.Globalization;
using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Imports;
using Anlauf.Rooms.Members.Reconciliation;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Members;

/// <summary>Files of the federal register: previewed with every error by line and field, read in once, taken back whole.</summary>
public sealed class ReconciliationTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private static byte[] File(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines));

    private async Task<int> UploadAsync(byte[] file, bool leads = true, string division = "kreis-14522")
    {
        var id = await house.DivisionAsync(division);
        var taken = await house.UseAsync<ImportDesk, Outcome<int>>(house.StateManager, d => d.UploadAsync(id, "vogtland_2026-11.csv", file, leads));
        taken.Refusal.ShouldBeNull();
        return taken.Value;
    }

    private Task<Reconcile.Preview?> PreviewAsync(int id) => house.UseAsync<ImportDesk, Reconcile.Preview?>(house.StateManager, d => d.PreviewAsync(id));
    private Task<Outcome<int>> TakeAsync(int id) => house.UseAsync<ImportRun, Outcome<int>>(house.StateManager, r => r.TakeAsync(id));
    private Task<Outcome<int>> UndoAsync(int id) => house.UseAsync<ImportRun, Outcome<int>>(house.StateManager, r => r.UndoAsync(id));
    private Task<ImportDesk.Row?> FindAsync(int id) => house.UseAsync<ImportDesk, ImportDesk.Row?>(house.StateManager, d => d.FindAsync(id));
    private Task<int> PersonsAsync(string family) => house.AskAsync<int>("select count(*)::int from organisation.person where family_name like @family", new { family });

    [Fact]
    public async Task Every_error_is_named_by_line_and_field_with_what_helps_and_nothing_is_written()
    {
        var id = await UploadAsync(File(
            "Name;PLZ;Gemeinde;Eintr.;Geburtsdatum;E-Mail;Mg-Nr.;Bem.",
            "Fehlerlos, Tilda;09661;Hainichen;14.10.2026;12.7.1951;tilda@entwurf.example;V-1;schwierig",
            "Fehlerdatum, Tilda;09661;Hainichen;31.02.2019;;;V-2;",
            "Fehlercode, Tilda;9661;Hainichen;14.10.2026;;;V-3;",
            "Fehlermail, Tilda;09661;Hainichen;14.10.2026;;tilda(at)entwurf.example;V-4;",
            "Fehlerjahr, Tilda;09661;Hainichen;14.10.2026;12.7.51;;V-5;",
            ";09661;Hainichen;14.10.2026;;;V-6;",
            "Fehlernummer, Tilda;09661;Hainichen;14.10.2026;;;V-1;",
            "Fehlerort, Tilda;;Nirgendwo;14.10.2026;;;V-8;"));
        var preview = (await PreviewAsync(id))!;
        preview.Problems.Select(p => (p.Line, p.Field, p.Raw, p.Repair)).ShouldBe([
            (3, "Eintritt", "31.02.2019", null), (4, "Postleitzahl", "9661", "09661"), (5, "E-Mail", "tilda(at)entwurf.example", "tilda@entwurf.example"), (6, "Geburtstag", "12.7.51", "12.7.1951"),
            (7, "Name", "leer", null), (8, "Mitgliedsnummer", "V-1", null), (9, "Ort", "Nirgendwo", null)]);
        preview.Problems.Single(p => p.Line == 3).Message.ShouldBe("Diesen Tag gibt es nicht. Prüfen Sie Tag und Monat");
        preview.Problems.Single(p => p.Line == 8).Message.ShouldContain("Steht schon in Zeile 2 bei Tilda Fehlerlos");
        preview.New.ShouldHaveSingleItem().ShouldSatisfyAllConditions(n => n.Family.ShouldBe("Fehlerlos"), n => n.Given.ShouldBe("Tilda"), n => n.Ags.ShouldBe("14522230"), n => n.Birth.ShouldBe(new DateOnly(1951, 7, 12)));
        // remarks about people have no purpose here
        preview.Map.Columns.Last().ShouldBe(("Bem.", "remark"));
        (await PersonsAsync("Fehler%")).ShouldBe(0);
        // with the proposals taken three more lines can be read
        await house.UseAsync<ImportDesk, int>(house.StateManager, d => d.ChooseAsync(id, new Dictionary<string, string>(), repaired: true, leads: true));
        (await PreviewAsync(id))!.ShouldSatisfyAllConditions(p => p.New.Count.ShouldBe(4), p => p.Repaired.ShouldBe(3), p => p.Problems.Count.ShouldBe(4));
        await house.UseAsync<ImportDesk, int>(house.StateManager, d => d.DropAsync(id));
        (await house.AskAsync<bool>("select content is null from members.people_import where id = @id", new { id })).ShouldBeTrue();
    }

    [Fact]
    public async Task A_cell_is_corrected_and_a_line_left_out_in_place_checked_again_and_kept_on_record()
    {
        var id = await UploadAsync(File(
            "Name;Wohnort;Eintr.;Mg-Nr.",
            "Stellenprobe, Tilda;Hainichen;31.02.2019;Q-1",
            "Stellenprobe, Otto;Nirgendwo;14.10.2025;Q-2",
            "Stellenprobe, Gerd;Hainichen;1.2.2020;Q-1",
            "Stellenprobe, Paula;Hainichen;1.2.2020;Q-4"));
        Task<int> CorrectAsync(params (int, string, string)[] cells) => house.UseAsync<ImportDesk, int>(house.StateManager, d => d.CorrectAsync(id, cells, []));
        Task<IReadOnlyList<Corrections.Fix>> FixesAsync() => house.UseAsync<Corrections, IReadOnlyList<Corrections.Fix>>(house.StateManager, c => c.OfAsync(id));
        (await PreviewAsync(id))!.Problems.Select(p => (p.Line, p.FieldId, p.Value)).ShouldBe([(2, "received", "31.02.2019"), (3, "place", "Nirgendwo"), (4, "number", "Q-1")]);
        // what is corrected is checked like the file: still wrong is said again
        (await CorrectAsync((2, "received", "30.02.2019"), (3, "place", "09661 Hainichen"))).ShouldBe(2);
        (await PreviewAsync(id))!.Problems.Select(p => (p.Line, p.Raw)).ShouldBe([(2, "30.02.2019"), (4, "Q-1")]);
        (await CorrectAsync((2, "received", " 28.02.2019 "), (9, "received", "1.1.2020"), (2, "farbe", "rot"))).ShouldBe(1);
        (await house.UseAsync<ImportDesk, int>(house.StateManager, d => d.CorrectAsync(id, [(4, "number", "Q-9")], [4]))).ShouldBe(1);
        var preview = (await PreviewAsync(id))!;
        preview.Problems.ShouldBeEmpty();
        preview.New.Select(n => (n.Given, n.Received, n.Ags)).ShouldBe([("Tilda", new DateOnly(2019, 2, 28), "14522230"), ("Otto", new(2025, 10, 14), "14522230"), ("Paula", new(2020, 2, 1), "14522230")]);
        // a line left out can be taken in again; another district finds nothing to correct
        var leftOut = (await FixesAsync()).Single(f => f.Field is null);
        (await house.UseAsync<Corrections, int>(house.StateManager, c => c.TakeBackAsync(id, leftOut.Id))).ShouldBe(1);
        (await PreviewAsync(id))!.Problems.ShouldHaveSingleItem().Line.ShouldBe(4);
        (await house.UseAsync<ImportDesk, int>(house.StateManager, d => d.CorrectAsync(id, [], [4]))).ShouldBe(1);
        (await house.UseAsync<Corrections, IReadOnlyList<Corrections.Fix>>(house.LocalMember, c => c.OfAsync(id))).ShouldBeEmpty();
        (await house.UseAsync<ImportDesk, int>(house.LocalMember, d => d.CorrectAsync(id, [(2, "received", "1.1.2001")], [5]))).ShouldBe(0);
        (await TakeAsync(id)).Value.ShouldBe(3);
        (await PersonsAsync("Stellenprobe")).ShouldBe(3);
        // the record of it stays with the file, sealed, and nothing can be corrected any more
        (await FixesAsync()).Select(f => (f.Line, f.Field, f.Was, f.Becomes)).ShouldBe([(2, "received", "31.02.2019", "28.02.2019"), (3, "place", "Nirgendwo", "09661 Hainichen"), (4, null, null, null)]);
        (await CorrectAsync((2, "received", "1.1.2001"))).ShouldBe(0);
        (await house.AskAsync<int>("select count(*)::int from members.people_import_fix where position('28.02.2019'::bytea in cell) > 0")).ShouldBe(0);
        (await house.AskAsync<int>("select count(*)::int from audit.entry where object = 'members.people_import_fix'")).ShouldBeGreaterThan(0);
        // a preview thrown away takes its corrections along
        var dropped = await UploadAsync(File("Name", "Weg, Anna"));
        await house.UseAsync<ImportDesk, int>(house.StateManager, d => d.CorrectAsync(dropped, [(2, "name", "Weg, Anne")], []));
        await house.UseAsync<ImportDesk, int>(house.StateManager, d => d.DropAsync(dropped));
        (await house.AskAsync<int>("select count(*)::int from members.people_import_fix where import_id = @dropped", new { dropped })).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_read_in_twice_changes_nothing_and_can_be_taken_back_whole()
    {
        var file = File("Mitgliedsnummer;Vorname;Nachname;Geburtstag;Straße;PLZ;Ort;E-Mail;Telefon;Art;Eintritt;Rundbrief",
            "Z-1;Ludmila;Zweimal;3.4.1980;Markt 1;09661;Hainichen;ludmila@zwei.example;+49 37207 1;Mitglied;1.2.2020;ja",
            "Z-2;Norbert;Zweimal;5.6.1990;Ring 2;;Chemnitz;;;Gastmitglied;1.3.2026;nein");
        var id = await UploadAsync(file, division: "sachsen");
        (await TakeAsync(id)).Value.ShouldBe(2);
        (await house.ListAsync<(string, string, string, string)>("""
            select p.given_name, d.slug, m.kind, m.state from organisation.person p join organisation.division d on d.id = p.division_id join members.party_membership m on m.person_id = p.id where p.family_name = 'Zweimal' order by 1
            """)).ShouldBe([("Ludmila", "ort-14522230", "member", "active"), ("Norbert", "kreis-14511", "guest", "active")]);
        // the file is gone, nothing of it in the clear
        (await house.AskAsync<bool>("select i.content is null and s.journal is not null and position('Zweimal'::bytea in s.journal) = 0 from members.people_import i join members.people_import_step s on s.import_id = i.id where i.id = @id", new { id })).ShouldBeTrue();
        var again = await UploadAsync(file, division: "sachsen");
        (await PreviewAsync(again))!.ShouldSatisfyAllConditions(p => p.New.ShouldBeEmpty(), p => p.Changes.ShouldBeEmpty(), p => p.Unchanged.ShouldBe(2));
        // what is given out in the same shape changes nothing when it is read in
        using var given = new MemoryStream();
        await house.UseAsync<SameShape, int>(null, x => x.WriteAsync(given));
        var own = Encoding.UTF8.GetString(given.ToArray()).Split("\r\n").Where((l, i) => i == 0 || l.Contains("Zweimal", StringComparison.Ordinal)).ToArray();
        own.Length.ShouldBe(3);
        (await PreviewAsync(await UploadAsync(File(own), division: "sachsen")))!.ShouldSatisfyAllConditions(p => p.Problems.ShouldBeEmpty(), p => p.New.ShouldBeEmpty(), p => p.Changes.ShouldBeEmpty(), p => p.Unchanged.ShouldBe(2));
        (await TakeAsync(again)).Refusal!.Message.ShouldContain("nichts, was sich einlesen ließe");
        (await TakeAsync(id)).Refusal!.Message.ShouldContain("schon eingelesen");
        (await UndoAsync(id)).Value.ShouldBe(2);
        (await PersonsAsync("Zweimal")).ShouldBe(0);
        (await UndoAsync(id)).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task A_workbook_of_old_or_with_a_password_is_told_by_its_name_and_how_to_save_it()
    {
        var division = await house.DivisionAsync("kreis-14522");
        (await house.UseAsync<ImportDesk, Outcome<int>>(house.StateManager, d => d.UploadAsync(division, "mitglieder.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], true))).Refusal!.Message.ShouldContain("alte Excel-Datei (.xls) oder eine mit Kennwort");
    }

    [Fact]
    public async Task What_changed_is_compared_field_by_field_and_a_withdrawn_consent_is_never_overwritten()
    {
        var first = await UploadAsync(File("Nr.;Vorname;Nachname;Geburtstag;Straße;PLZ;Ort;Telefon;Rundbrief", "G-1;Juri;Geaendert;3.4.1980;Markt 1;09661;Hainichen;03741 555 21;ja", "G-2;Sina;Geaendert;;;09661;Hainichen;;ja"));
        (await TakeAsync(first)).Done.ShouldBeTrue();
        await house.TellAsync("update members.consent set withdrawn_on = current_date where person_id = (select id from organisation.person where given_name = 'Juri' and family_name = 'Geaendert')");
        var second = File("Nr.;Vorname;Nachname;Geburtstag;Straße;PLZ;Ort;Telefon;Rundbrief", "G-1;Juri;Geaendert;3.4.1980;Ring 7;09661;Hainichen;03741 555 27;ja");
        var led = (await PreviewAsync(await UploadAsync(second)))!;
        led.Changes.ShouldHaveSingleItem().Differences.Select(d => (d.Field, d.Ours, d.Theirs, d.Takes)).ShouldBe([
            ("Anschrift", "Markt 1, 09661 Hainichen", "Ring 7, 09661 Hainichen", true), ("Telefon", "03741 555 21", "03741 555 27", true), ("Rundbrief", $"widerrufen am {DateTime.Today:d.M.yyyy}", "ja", false)]);
        led.Missing.Select(m => m.Name).ShouldContain("Sina Geaendert");
        // where the register leads, a file only fills what is empty
        (await PreviewAsync(await UploadAsync(second, leads: false)))!.Changes.ShouldBeEmpty();
        var id = await UploadAsync(second);
        (await TakeAsync(id)).Value.ShouldBe(1);
        var juri = await house.AskAsync<int>("select id from organisation.person where given_name = 'Juri' and family_name = 'Geaendert'");
        (await house.AskAsync<string>("select phone from organisation.person where id = @juri", new { juri })).ShouldBe("03741 555 27");
        (await house.AskAsync<int>("select count(*)::int from members.consent where person_id = @juri and withdrawn_on is null", new { juri })).ShouldBe(0);
        await UndoAsync(id);
        (await house.UseAsync<Anlauf.Rooms.Members.PersonDetails, string?>(null, async d => (await d.FindAsync(juri))!.Address)).ShouldBe("Markt 1, 09661 Hainichen");
        (await house.AskAsync<string>("select phone from organisation.person where id = @juri", new { juri })).ShouldBe("03741 555 21");
    }

    [Fact]
    public async Task An_assignment_of_columns_is_remembered_for_the_next_file_of_the_same_shape()
    {
        var file = File("Rufzeichen;Kennung", "Rita;Vorlagenprobe");
        var division = await house.DivisionAsync("kreis-14522");
        var first = await UploadAsync(file);
        (await PreviewAsync(first))!.Problems.ShouldHaveSingleItem().Message.ShouldContain("nennt keine Namen");
        await house.UseAsync<ImportDesk, int>(house.StateManager, d => d.RememberAsync(first, "Bundesdatei", new Dictionary<string, string> { ["Rufzeichen"] = "given", ["Kennung"] = "family" }));
        (await PreviewAsync(await UploadAsync(file)))!.New.ShouldHaveSingleItem().ShouldSatisfyAllConditions(n => n.Given.ShouldBe("Rita"), n => n.Family.ShouldBe("Vorlagenprobe"));
        // a neighbour has not remembered it
        (await PreviewAsync(await UploadAsync(file, division: "kreis-14521")))!.New.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_belongs_to_those_who_keep_the_memberships_there()
    {
        var state = await house.DivisionAsync("sachsen");
        (await house.UseAsync<ImportDesk, Outcome<int>>(house.DistrictChair, d => d.UploadAsync(state, "x.csv", File("Vorname;Nachname", "A;B"), true))).Refusal!.Message.ShouldContain("führen Sie keine Mitgliedschaften");
        var id = await UploadAsync(File("Vorname;Nachname", "Nur;Vorschau"), division: "sachsen");
        (await house.UseAsync<ImportDesk, ImportDesk.Row?>(house.DistrictChair, d => d.FindAsync(id))).ShouldBeNull();
        (await TakeAsync(await UploadAsync(File("Farbe;Form", "rot;rund"), division: "sachsen"))).Refusal!.Message.ShouldContain("nichts, was sich einlesen ließe");
        (await house.UseAsync<ImportDesk, Outcome<int>>(house.StateManager, d => d.UploadAsync(state, "x.csv", [0, 1, 2, 0], true))).Refusal!.Message.ShouldContain("keine Textdatei");
    }

    [Fact]
    public async Task Three_thousand_mixed_errors_are_all_listed_and_the_shell_writes_nothing()
    {
        var lines = new List<string> { "Nr.;Vorname;Nachname;Geburtstag;PLZ;Ort;E-Mail;Telefon" };
        var expected = new HashSet<(int, string)>();
        for (var i = 0; i < 6000; i++)
        {
            // every second line carries one error, of six kinds in turn
            var kind = i % 2 == 0 ? i / 2 % 6 : -1;
            lines.Add($"T-{i};Vor{i};{(kind == 0 ? "" : "Tausendfehler")};{(kind == 1 ? "31.2.1970" : "1.2.1970")};{(kind == 2 ? "966" : "09661")};Hainichen;{(kind == 3 ? "ohneklammeraffe" : "")};{(kind == 4 ? "siehe Vater" : "")}");
            if (kind == 5) lines[^1] = lines[^1].Replace("T-" + i + ";", "T-1;", StringComparison.Ordinal);
            if (kind >= 0) expected.Add((i + 2, new[] { "Nachname", "Geburtstag", "Postleitzahl", "E-Mail", "Telefon", "Mitgliedsnummer" }[kind]));
        }
        var path = Path.Combine(Path.GetTempPath(), $"register-{Guid.NewGuid():N}.csv");
        await System.IO.File.WriteAllTextAsync(path, string.Join('\n', lines));
        try
        {
            await using var scope = house.Scope(null);
            var import = scope.ServiceProvider.GetServices<IFileImport>().Single(i => i.Kind == "people");
            var report = await import.RunAsync(path, dryRun: false, default);
            report.Rejected.Count.ShouldBe(3000);
            report.Rejected.Select(p => (p.Line, p.Field)).ToHashSet().SetEquals(expected).ShouldBeTrue();
            (await PersonsAsync("Tausendfehler")).ShouldBe(0);
        }
        finally { System.IO.File.Delete(path); }
    }

    [Fact]
    public async Task A_first_file_opens_no_arrival_for_those_who_joined_long_ago_and_somebody_may_choose_otherwise()
    {
        string Ago(int days) => DateTime.Today.AddDays(-days).ToString("d.M.yyyy", CultureInfo.InvariantCulture);
        byte[] Joined(string family) => File("Vorname;Nachname;PLZ;Ort;Art;Eintritt;Austritt", $"Heute;{family};09661;Hainichen;Mitglied;{Ago(5)};", $"Frühling;{family};09661;Hainichen;Mitglied;{Ago(100)};", $"Früher;{family};09661;Hainichen;Mitglied;{Ago(400)};", $"Fort;{family};09661;Hainichen;Mitglied;{Ago(6)};{Ago(1)}");
        Task<IReadOnlyList<string>> ArrivingAsync(string family) => house.ListAsync<string>("select p.given_name from welcome.arrival a join organisation.person p on p.id = a.person_id where p.family_name = @family order by a.received_on desc", new { family });
        await house.TellAsync("delete from members.people_import where division_id = (select id from organisation.division where slug = 'kreis-14627')");
        var first = await UploadAsync(Joined("Erstling"), division: "kreis-14627");
        (await FindAsync(first))!.NewcomersFrom.ShouldBe(DateOnly.FromDateTime(DateTime.Today).AddDays(-30));
        ImportDesk.Newcomers((await PreviewAsync(first))!, (await FindAsync(first))!.NewcomersFrom).ShouldBe(1);
        (await TakeAsync(first)).Value.ShouldBe(4);
        (await ArrivingAsync("Erstling")).ShouldBe(["Heute"]);
        // a file that comes later finds newcomers as far back as the rule of arrivals has it; the choice stands above both
        var later = await UploadAsync(Joined("Spaeter"), division: "kreis-14627");
        ImportDesk.Newcomers((await PreviewAsync(later))!, (await FindAsync(later))!.NewcomersFrom).ShouldBe(2);
        await house.UseAsync<ImportDesk, int>(house.StateManager, d => d.WelcomeFromAsync(later, DateOnly.FromDateTime(DateTime.Today).AddDays(-500)));
        ImportDesk.Newcomers((await PreviewAsync(later))!, (await FindAsync(later))!.NewcomersFrom).ShouldBe(3);
        (await TakeAsync(later)).Value.ShouldBe(4);
        (await ArrivingAsync("Spaeter")).ShouldBe(["Heute", "Frühling", "Früher"]);
    }
}
