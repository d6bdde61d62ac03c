using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Anlauf.Platform;
using Anlauf.Rooms.Members.Reconciliation;
using Anlauf.Rooms.Members.Register;
using Anlauf.Tests.Welcome;

namespace Anlauf.Tests.Members;

/// <summary>Preview of a file and list of people as somebody without script uses them.</summary>
public sealed partial class MemberPagesTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => door.House;

    private async Task<Visitor> ManagerAsync()
    {
        if (!await House.AskAsync<bool>("select exists (select from identity.account where user_name = 'land')")) await door.AccountAsync("land", House.StateManager);
        return await door.SignInAsync("land");
    }

    private async Task<int> UploadAsync(string division, params string[] lines) => (await House.UseAsync<ImportDesk, Outcome<int>>(House.StateManager, async d =>
        await d.UploadAsync(await House.DivisionAsync(division), "seite.csv", Encoding.UTF8.GetBytes(string.Join('\n', lines)), leads: true))).Value;

    private static string Head(string page) => Words().Replace(Tags().Replace(page[page.IndexOf("<h1", StringComparison.Ordinal)..page.IndexOf("</h1>", StringComparison.Ordinal)], ""), " ").Trim();

    [Fact]
    public async Task Whoever_compares_two_entries_is_noted_for_both()
    {
        using var manager = await ManagerAsync();
        var (one, other) = (await House.PersonAsync("ort-14522230", "Vergleicheins"), await House.PersonAsync("ort-14522230", "Vergleichzwei"));
        (await manager.ReadAsync($"/menschen/doppelungen/{one}?mit={other}&grund=duty")).ShouldContain("Vergleichzwei");
        foreach (var person in new[] { one, other })
            (await House.AskAsync<int>("select (select count(*) from audit.entry where object like '/menschen/doppelungen/%' and subject_id = @person)::int + (select count(*) from audit.waiting where object like '/menschen/doppelungen/%' and subject_id = @person)::int", new { person })).ShouldBe(1);
    }

    [Fact]
    public async Task A_cell_is_corrected_and_a_line_left_out_by_the_form_of_the_preview_and_the_record_of_it_stays()
    {
        using var manager = await ManagerAsync();
        var id = await UploadAsync("kreis-14522", "Vorname;Nachname;Eintritt;Ort", "Tilda;Formular;31.02.2019;Hainichen", "Otto;Formular;x;Hainichen", "Gerda;Formular;1.2.2020;Hainichen");
        var address = $"/menschen/einlesen/{id}";
        var page = await manager.ReadAsync(address);
        Head(page).ShouldBe("Von 3 Zeilen wäre eine neu. 2 Zeilen lassen sich so nicht einlesen.");
        page.ShouldContain("aria-label=\"Eintritt in Zeile 2\"");
        // what was typed is taken along when the line below is left out
        (await manager.SendAsync(address, "fix", ("Zeile", "2"), ("Feld", "received"), ("Vorher", "31.02.2019"), ("Wert", "28.02.2019"), ("Auslassen", "3"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        page = await manager.ReadAsync(address);
        Head(page).ShouldBe("Von 2 Zeilen wären 2 neu.");
        page.ShouldContain("Von Hand berichtigt: 2");
        (await manager.SendAsync(address, "take")).StatusCode.ShouldBe(HttpStatusCode.Found);
        page = await manager.ReadAsync(address);
        page.ShouldContain("28.02.2019");
        page.ShouldContain("ausgelassen");
        page.ShouldNotContain("name=\"Berichtigung\"");
        // read in again it changes nothing, and says so in words instead of noughts
        var again = await manager.ReadAsync($"/menschen/einlesen/{await UploadAsync("kreis-14522", "Vorname;Nachname;Eintritt;Ort", "Tilda;Formular;28.02.2019;Hainichen")}");
        Head(again).ShouldBe("Die eine Zeile der Datei steht schon so im Register.");
        Head(await manager.ReadAsync($"/menschen/einlesen/{await UploadAsync("kreis-14522", "Farbe;Form", "rot;rund")}")).ShouldBe("Die eine Zeile der Datei lässt sich so nicht einlesen.");
        Tags().Replace(again, " ").ShouldNotMatch(@"(?<![\d.,:])0 (neu|ändern|Zeilen|Menschen|Felder)");
    }

    [Fact]
    public async Task The_lines_that_cannot_be_read_are_given_out_with_what_does_not_fit_to_whoever_sees_the_preview()
    {
        using var manager = await ManagerAsync();
        var id = await UploadAsync("kreis-14522", "Vorname;Nachname;Eintritt;Ort;Telefon;Bemerkung", "Tilda;=HYPERLINK(1);31.02.2019;Hainichen;+49 371 1;schwierig", "Otto;Fehlerdatei;1.2.2020;Nirgendwo;037;geheim", "Gerda;Fehlerdatei;1.2.2020;Hainichen;;", "Weg;Fehlerdatei;x;Hainichen;;");
        (await manager.ReadAsync($"/menschen/einlesen/{id}")).ShouldContain("3 Zeilen als CSV");
        await House.UseAsync<ImportDesk, int>(House.StateManager, d => d.CorrectAsync(id, [(3, "phone", "0371 9")], [5]));
        (await manager.ReadAsync($"/menschen/einlesen/{id}")).ShouldContain($"href=\"/menschen/einlesen/{id}/fehler.csv\"");
        using var file = await manager.OpenAsync($"/menschen/einlesen/{id}/fehler.csv");
        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var text = (await file.Content.ReadAsStringAsync()).TrimStart('\uFEFF');
        // corrected cells as corrected, lines left out not at all, free remarks never, and nothing that a spreadsheet takes for a formula
        text.Split("\r\n").ShouldBe([
            "\"Zeile\";\"Was nicht passt\";\"Vorname\";\"Nachname\";\"Eintritt\";\"Ort\";\"Telefon\"",
            "\"2\";\"Eintritt: Diesen Tag gibt es nicht. Prüfen Sie Tag und Monat\";\"Tilda\";\"'=HYPERLINK(1)\";\"31.02.2019\";\"Hainichen\";\"'+49 371 1\"",
            "\"3\";\"Ort: Diese Gemeinde kennen wir nicht. Bei einem Ortsteil nennen Sie die Gemeinde\";\"Otto\";\"Fehlerdatei\";\"1.2.2020\";\"Nirgendwo\";\"0371 9\"", ""]);
        // mended there, it is read in like any other; the apostrophe before a number is none of it
        var again = await House.UseAsync<ImportDesk, Reconcile.Preview?>(House.StateManager, async d => await d.PreviewAsync(await UploadAsync("kreis-14522", text.Replace("31.02.", "28.02.", StringComparison.Ordinal).Replace("Nirgendwo", "Hainichen", StringComparison.Ordinal).Split("\r\n"))));
        again!.ShouldSatisfyAllConditions(p => p.Problems.ShouldBeEmpty(), p => p.New.Select(n => n.Phone).ShouldBe(["+49 371 1", "0371 9"]));
        // for whoever reads the preview, and nobody else
        await door.AccountAsync("fehler-ort", House.LocalMember);
        using var other = await door.SignInAsync("fehler-ort");
        using var refused = await other.OpenAsync($"/menschen/einlesen/{id}/fehler.csv");
        refused.Content.Headers.ContentType?.MediaType.ShouldNotBe("text/csv");
        await House.UseAsync<ImportDesk, int>(House.StateManager, d => d.DropAsync(id));
        (await manager.WhereAsync($"/menschen/einlesen/{id}/fehler.csv")).ShouldBe($"/menschen/einlesen/{id}");
    }

    [Fact]
    public async Task Everybody_missing_in_a_file_is_found_page_by_page()
    {
        using var manager = await ManagerAsync();
        await House.TellAsync("insert into organisation.person (division_id, given_name, family_name) select d.id, 'Nr' || lpad(n::text, 2, '0'), 'Fehltprobe' from organisation.division d, generate_series(1, 60) n where d.slug = 'kreis-14627'");
        await House.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, received_on, member_number) select id, division_id, 'member', 'active', current_date - 900, 'F-' || id from organisation.person where family_name = 'Fehltprobe'");
        var address = $"/menschen/einlesen/{await UploadAsync("kreis-14627", "Vorname;Nachname", "Nur;Diese")}";
        (await manager.ReadAsync(address)).ShouldContain("Alle 60 ansehen");
        var seen = new HashSet<string>();
        for (var page = 1; page <= 3; page++)
        {
            var text = await manager.ReadAsync($"{address}?liste=fehlen&seite={page}");
            text.ShouldContain("Zur ganzen Vorschau");
            seen.UnionWith(Missing().Matches(text).Select(m => m.Value));
        }
        seen.Count.ShouldBe(60);
    }

    [Fact]
    public async Task A_selection_is_rung_up_from_here_without_those_who_object()
    {
        using var manager = await ManagerAsync();
        await House.TellAsync("insert into organisation.person (division_id, given_name, family_name, phone, email) select d.id, g, 'Anrufprobe', '0371 55 ' || length(g), 'a@anruf.example' from organisation.division d, unnest(array['Gern', 'Stumm', 'Niemals', 'Ungefragt', 'Mitglied']) g where d.slug = 'kreis-14522'");
        await House.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on, proof, withdrawn_on) select id, 'phone', '1', 'paper', current_date - 9, 'Ordner', current_date from organisation.person where family_name = 'Anrufprobe' and given_name = 'Stumm'");
        await House.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on, proof) select id, 'phone', '1', 'paper', current_date - 9, 'Ordner' from organisation.person where family_name = 'Anrufprobe' and given_name = 'Gern'");
        await House.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, received_on) select id, division_id, 'member', 'active', current_date - 900 from organisation.person where family_name = 'Anrufprobe' and given_name = 'Mitglied'");
        await House.TellAsync("insert into privacy.person_flag (person_id, kind) select id, 'no-contact' from organisation.person where family_name = 'Anrufprobe' and given_name = 'Niemals'");
        var list = await manager.ReadAsync("/menschen?name=anrufprobe");
        list.ShouldContain("<label class=\"klein d-block\" for=\"s-name\">Vor- oder Nachname</label>");
        list.ShouldContain("formaction=\"/menschen/anrufliste\"");
        list.ShouldContain("type=\"reset\">Auswahl aufheben");
        var calls = await manager.ReadAsync("/menschen/anrufliste?name=anrufprobe&wahl=1&alle=ja");
        Head(calls).ShouldBe("4 Menschen stehen auf dieser Anrufliste.");
        calls.ShouldContain("href=\"tel:0371554\"");
        calls.ShouldContain("wünscht keine Anrufe");
        calls.ShouldContain("keine Einwilligung in Anrufe");
        calls.ShouldContain("href=\"tel:0371558\"");
        foreach (var silent in new[] { "0371555", "0371559" }) calls.ShouldNotContain(silent);
        calls.ShouldNotContain("Niemals");
        calls.ShouldContain("Eine Person ist ausgeblendet");
        (await House.AskAsync<int>("select count(*)::int from audit.entry where action = 'read' and object like '%anrufliste%'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_list_of_calls_goes_on_paper_with_a_reason_that_is_kept_and_an_outcome_is_noted_on_the_page_of_the_person()
    {
        await House.TellAsync("insert into access.role_right values ('state-manager', 'membership', 'export', 'P2', 'subtree') on conflict do nothing");
        using var manager = await ManagerAsync();
        await House.TellAsync("insert into organisation.person (division_id, given_name, family_name, phone) select d.id, g, 'Papierprobe', '0371 77 ' || length(g) from organisation.division d, unnest(array['Gern', 'Stumm', 'Niemals']) g where d.slug = 'kreis-14522'");
        await House.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, received_on) select id, division_id, 'member', 'active', current_date - 900 from organisation.person where family_name = 'Papierprobe'");
        await House.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on, proof, withdrawn_on) select id, 'phone', '1', 'paper', current_date - 9, 'Ordner', current_date from organisation.person where family_name = 'Papierprobe' and given_name = 'Stumm'");
        await House.TellAsync("insert into privacy.person_flag (person_id, kind) select id, 'no-contact' from organisation.person where family_name = 'Papierprobe' and given_name = 'Niemals'");
        var rows = await House.UseAsync<IssueList, IReadOnlyList<IssueList.SheetRow>>(House.StateManager, l => l.SheetAsync(new("Papierprobe"), "Anrufaktion", "Anrufe vor der Beratung", default));
        rows.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Name.ShouldBe("Gern Papierprobe"), r => r.Phone.ShouldBe("0371 77 4"));
        (await House.ListAsync<(string, string, int)>("select sentence, filter, rows from members.list_issue where filter like '%auf Papier'")).ShouldBe([("Anrufe vor der Beratung", "mit einem Namen gesucht, auf Papier", 1)]);
        // without the right to export there is no paper
        (await House.UseAsync<IssueList, IReadOnlyList<IssueList.SheetRow>>(House.DistrictChair, l => l.SheetAsync(new("Papierprobe"), "Anrufaktion", "Anrufe vor der Beratung", default))).ShouldBeEmpty();
        (await manager.ReadAsync("/menschen/anrufliste?name=papierprobe")).ShouldContain("href=\"/menschen/anrufliste/druck?name=papierprobe\"");
        (await manager.SendAsync("/menschen/anrufliste/druck?name=papierprobe", "sheet", ("Input.Sentence", "kurz"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var sheet = await (await manager.SendAsync("/menschen/anrufliste/druck?name=papierprobe", "sheet", ("Input.Sentence", "Anrufe vor der Beratung"))).Content.ReadAsStringAsync();
        Head(sheet).ShouldBe("Vertraulich: Anrufliste mit einem Menschen");
        sheet.ShouldContain("0371 77 4");
        sheet.ShouldContain("<span>nicht erreicht</span>");
        foreach (var number in new[] { "0371 77 5", "0371 77 7" }) sheet.ShouldNotContain(number);
        // the outcome, by its form, and back again
        var person = await House.AskAsync<int>("select id from organisation.person where family_name = 'Papierprobe' and given_name = 'Gern'");
        (await manager.ReadAsync($"/menschen/{person}")).ShouldContain($"action=\"/menschen/{person}/anruf\"");
        var noted = Guid.NewGuid();
        (await House.UseAsync<Rooms.Welcome.Calls.NoteCall, Outcome<string>>(House.StateManager, h => h.HandleAsync(noted, person, "missed"))).Value.ShouldBe("Gern Papierprobe");
        Words().Replace(Tags().Replace(await manager.ReadAsync($"/menschen/{person}"), ""), " ").ShouldContain("nicht erreicht");
        (await House.UseAsync<Rooms.Welcome.Calls.NoteCall, Outcome<int>>(House.StateManager, h => h.UndoAsync(noted))).Done.ShouldBeTrue();
        // the same sent again is not kept, and says so
        (await House.UseAsync<Rooms.Welcome.Calls.NoteCall, Outcome<string>>(House.StateManager, h => h.HandleAsync(noted, person, "declined"))).Refusal!.Message.ShouldContain("Notieren Sie ihn neu");
        (await House.AskAsync<bool>("select privacy.may_contact(@person)", new { person })).ShouldBeTrue();
        // nobody notes a call to whom nobody may call, nor one to a member she does not see
        var silent = await House.AskAsync<int>("select id from organisation.person where family_name = 'Papierprobe' and given_name = 'Stumm'");
        (await House.UseAsync<Rooms.Welcome.Calls.NoteCall, Outcome<string>>(House.StateManager, h => h.HandleAsync(Guid.NewGuid(), silent, "missed"))).Done.ShouldBeFalse();
        (await House.UseAsync<Rooms.Welcome.Calls.NoteCall, Outcome<string>>(House.LocalMember, h => h.HandleAsync(Guid.NewGuid(), person, "missed"))).Done.ShouldBeFalse();
        // „keine Ansprache“ counts as everywhere
        (await House.UseAsync<Rooms.Welcome.Calls.NoteCall, Outcome<string>>(House.StateManager, h => h.HandleAsync(Guid.NewGuid(), person, "declined"))).Done.ShouldBeTrue();
        (await House.AskAsync<bool>("select privacy.may_contact(@person)", new { person })).ShouldBeFalse();
        await House.TellAsync("delete from access.role_right where role_id = 'state-manager' and feature = 'membership' and action = 'export'");
    }

    [Theory]
    [InlineData("Gern", "btn btn-primary", null)]
    [InlineData("Mitglied", "btn btn-zweit", "soweit es um die Mitgliedschaft geht")]
    [InlineData("Stumm", null, "Die Einwilligung in Anrufe ist widerrufen")]
    [InlineData("Ungefragt", null, "weder eine Einwilligung in Anrufe noch eine Mitgliedschaft")]
    [InlineData("Niemals", null, "Wünscht keine Ansprache")]
    public async Task A_call_is_the_main_thing_on_the_page_of_a_person_only_where_they_have_said_yes_to_calls(string given, string? button, string? words)
    {
        using var manager = await ManagerAsync();
        if (!await House.AskAsync<bool>("select exists (select from organisation.person where family_name = 'Rufprobe')"))
        {
            await House.TellAsync("insert into organisation.person (division_id, given_name, family_name, phone) select d.id, g, 'Rufprobe', '0371 66' from organisation.division d, unnest(array['Gern', 'Stumm', 'Niemals', 'Ungefragt', 'Mitglied']) g where d.slug = 'kreis-14522'");
            await House.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on, proof, withdrawn_on) select id, 'phone', '1', 'paper', current_date - 9, 'Ordner', case given_name when 'Stumm' then current_date end from organisation.person where family_name = 'Rufprobe' and given_name in ('Gern', 'Stumm')");
            await House.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, received_on) select id, division_id, 'member', 'active', current_date - 900 from organisation.person where family_name = 'Rufprobe' and given_name = 'Mitglied'");
            await House.TellAsync("insert into privacy.person_flag (person_id, kind) select id, 'no-contact' from organisation.person where family_name = 'Rufprobe' and given_name = 'Niemals'");
        }
        var page = await manager.ReadAsync($"/menschen/{await House.AskAsync<int>("select id from organisation.person where family_name = 'Rufprobe' and given_name = @given", new { given })}");
        if (words is not null) page.ShouldContain(words);
        if (button is null) page.ShouldNotContain("href=\"tel:");
        else page.ShouldContain($"<a class=\"{button}\" href=\"tel:037166\">");
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();
    [GeneratedRegex(@"\s+")]
    private static partial Regex Words();
    [GeneratedRegex("Nr[0-9]{2} Fehltprobe")]
    private static partial Regex Missing();
}
