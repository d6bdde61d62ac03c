using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.Members.Reconciliation;
using Anlauf.Rooms.Privacy.Requests;

namespace Anlauf.Tests.Members;

/// <summary>Between reading a file in and taking it back life goes on: what happened since stays.</summary>
public sealed class TakingBackTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private const string Heading = "Nr.;Vorname;Nachname;PLZ;Ort;E-Mail;Telefon;Art;Eintritt;Austritt;Rundbrief";

    private async Task<int> UploadAsync(params string[] lines)
    {
        var division = await house.DivisionAsync("kreis-14522");
        return (await house.UseAsync<ImportDesk, Outcome<int>>(house.StateManager, d => d.UploadAsync(division, "register.csv", Encoding.UTF8.GetBytes(string.Join("\r\n", [Heading, .. lines])), true))).Value;
    }

    private async Task<int> ReadAsync(params string[] lines)
    {
        var id = await UploadAsync(lines);
        (await house.UseAsync<ImportRun, Outcome<int>>(house.StateManager, r => r.TakeAsync(id))).Value.ShouldBe(lines.Length);
        return id;
    }

    private Task<Outcome<int>> UndoAsync(int id) => house.UseAsync<ImportRun, Outcome<int>>(house.StateManager, r => r.UndoAsync(id));
    private async Task<string> SaidAsync(int id) => (await house.UseAsync<ImportDesk, ImportDesk.Row?>(house.StateManager, d => d.FindAsync(id)))!.TakenBack;
    private Task<int> PersonAsync(string given, string family) => house.AskAsync<int>("select id from organisation.person where given_name = @given and family_name = @family", new { given, family });
    private async Task<(string? Mail, string? Phone)> ContactAsync(int person) => (await house.ListAsync<(string?, string?)>("select email, phone from organisation.person where id = @person", new { person })).Single();
    private async Task<(string State, bool Ended, string? Reason)> StandingAsync(int person) => (await house.ListAsync<(string, bool, string?)>("select state, left_on is not null, left_reason from members.party_membership where person_id = @person", new { person })).Single();
    private Task<IReadOnlyList<bool>> ConsentsAsync(int person) => house.ListAsync<bool>("select withdrawn_on is null from members.consent where person_id = @person order by id", new { person });

    private async Task EraseAsync(int person)
    {
        var officer = house.Persons["data-protection-officer"];
        var request = (await house.UseAsync<HandleRequest, Outcome<int>>(officer, h => h.OpenAsync(new() { Kind = "erasure", PersonId = person, Channel = "mail", ReceivedOn = DateOnly.FromDateTime(DateTime.Today) }))).Value;
        await house.UseAsync(officer, (HandleRequest h) => h.IdentifyAsync(request, "reply"));
        await house.UseAsync(officer, (HandleRequest h) => h.PrepareErasureAsync(request));
        (await house.UseAsync(house.StateManager, (HandleRequest h) => h.ConfirmErasureAsync(request))).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Taking_a_file_back_leaves_alone_what_happened_since()
    {
        string[] names = ["Erna", "Wera", "Konrad", "Ines", "Otto", "Ruth", "Theo", "Gitta", "Hanno"];
        string Line(int i, string mail, string phone, string left, string newsletter) => $"S-{i};{names[i]};Seither;09661;Hainichen;{mail};{phone};Mitglied;1.2.2020;{left};{newsletter}";
        await ReadAsync([.. names.Select((n, i) => Line(i, $"{n}@alt.example", $"03741 555 0{i}", "", n is "Otto" or "Hanno" ? "ja" : ""))]);
        var persons = new Dictionary<string, int>();
        foreach (var name in names) persons[name] = await PersonAsync(name, "Seither");
        async Task SetAsync(string name, string change) => (await house.TellAsync($"update members.party_membership set {change} where person_id = @person", new { person = persons[name] })).ShouldBe(1);
        await SetAsync("Wera", "state = 'awaiting-objection'");
        await SetAsync("Ruth", "state = 'suspended'");
        var id = await ReadAsync(
            Line(0, "", "03741 555 10", "", ""), Line(1, "", "03741 555 11", "", ""), Line(2, "konrad@neu.example", "03741 555 12", "", ""), Line(3, "", "", "", "ja"), Line(4, "", "", "", "nein"),
            Line(5, "", "", "1.6.2026", ""), Line(6, "", "", "1.6.2026", ""), Line(7, "", "", "", "ja"), Line(8, "", "", "", "nein"));
        (await StandingAsync(persons["Ruth"])).ShouldBe(("left", true, "resigned"));

        await house.TellAsync("insert into members.people_import_fix (import_id, line, field, cell) values (@id, 2, 'email', '\\x01')", new { id });
        await EraseAsync(persons["Erna"]);
        // a corrected cell may be hers: the values go, that there was a correction stays
        (await house.ListAsync<bool>("select cell is null from members.people_import_fix where import_id = @id", new { id })).ShouldBe([true]);
        // nor does what is kept for taking back remember her
        var step = await house.AskAsync<int>("select id from members.people_import_step where import_id = @id", new { id });
        async Task<bool> RemembersAsync() => await house.UseAsync<StepJournal, bool>(null, async j => j.Open(step, (await house.AskAsync<byte[]>("select journal from members.people_import_step where id = @step", new { step }))!) is var kept && (kept.Before.Any(p => p.Id == persons["Erna"]) || kept.After!.Any(p => p!.Id == persons["Erna"])));
        (await RemembersAsync()).ShouldBeTrue("the program has not been there yet");
        (await house.UseAsync<ForgetErased, int>(null, f => f.RunAsync())).ShouldBe(1);
        (await RemembersAsync()).ShouldBeFalse();
        (await house.UseAsync<ForgetErased, int>(null, f => f.RunAsync())).ShouldBe(0);
        await SetAsync("Wera", "state = 'left', left_on = current_date, left_reason = 'withdrawn'");
        await house.TellAsync("update organisation.person set phone = '0371 77' where id = @person", new { person = persons["Konrad"] });
        await house.TellAsync("update members.consent set withdrawn_on = current_date where person_id = @person", new { person = persons["Ines"] });
        await house.TellAsync("insert into members.consent (person_id, kind, text_version, channel, given_on, withdrawn_on) values (@person, 'newsletter', '1', 'form', current_date, current_date)", new { person = persons["Otto"] });
        await SetAsync("Theo", "left_reason = 'died'");

        (await UndoAsync(id)).Value.ShouldBe(4);
        (await SaidAsync(id)).ShouldBe("Das Einlesen ist zurückgenommen. Bei 5 Menschen blieb etwas, wie es ist, weil es seither geändert, widerrufen oder gelöscht wurde oder sie umgezogen sind.");
        // erased stays erased
        (await ContactAsync(persons["Erna"])).ShouldBe((null, null));
        (await house.AskAsync<string>("select given_name || family_name from organisation.person where id = @person", new { person = persons["Erna"] })).ShouldBe($"Gelöschte Person {persons["Erna"]}");
        // an application withdrawn makes no member; the telephone the file wrote goes back all the same
        (await StandingAsync(persons["Wera"])).ShouldBe(("left", true, "withdrawn"));
        (await ContactAsync(persons["Wera"])).Phone.ShouldBe("03741 555 01");
        // her own correction stays, the rest goes back
        (await ContactAsync(persons["Konrad"])).ShouldBe(("Konrad@alt.example", "0371 77"));
        (await ConsentsAsync(persons["Ines"])).ShouldBe([false]);
        (await ConsentsAsync(persons["Otto"])).ShouldBe([false, false]);
        // what the file alone changed is as before, the state of the membership as well
        (await StandingAsync(persons["Ruth"])).ShouldBe(("suspended", false, null));
        (await StandingAsync(persons["Theo"])).ShouldBe(("left", true, "died"));
        (await ConsentsAsync(persons["Gitta"])).ShouldBeEmpty();
        (await ConsentsAsync(persons["Hanno"])).ShouldBe([true]);
    }

    [Fact]
    public async Task Who_came_by_the_file_and_was_erased_or_withdrew_a_consent_since_stays_as_they_are()
    {
        string[] lines = ["K-1;Lore;Gekommen;09661;Hainichen;;;Mitglied;1.2.2020;;ja", "K-2;Arno;Gekommen;09661;Hainichen;;;Mitglied;1.2.2020;;ja", "K-3;Hilde;Gekommen;09661;Hainichen;;;Mitglied;1.2.2020;;ja"];
        var id = await ReadAsync(lines);
        var (lore, arno) = (await PersonAsync("Lore", "Gekommen"), await PersonAsync("Arno", "Gekommen"));
        await house.TellAsync("update members.consent set withdrawn_on = current_date where person_id = @lore", new { lore });
        await EraseAsync(arno);
        (await UndoAsync(id)).Value.ShouldBe(1);
        (await SaidAsync(id)).ShouldContain("Bei 2 Menschen blieb etwas, wie es ist");
        (await PersonAsync("Hilde", "Gekommen")).ShouldBe(0);
        (await house.AskAsync<int>("select count(*)::int from organisation.person where id = @arno", new { arno })).ShouldBe(1);
        // the next file finds the withdrawal and does not give the consent again
        var again = await UploadAsync(lines[0]);
        (await house.UseAsync<ImportDesk, Reconcile.Preview?>(house.StateManager, d => d.PreviewAsync(again)))!.ShouldSatisfyAllConditions(p => p.New.ShouldBeEmpty(), p => p.Changes.ShouldBeEmpty());
        (await ConsentsAsync(lore)).ShouldBe([false]);
    }

    [Fact]
    public async Task What_cannot_go_back_stays_with_its_line_and_the_others_go_back()
    {
        await ReadAsync(";Alma;Nummer;09661;Hainichen;alma@nummer.example;;Mitglied;1.2.2020;;", ";Bodo;Nummer;09661;Hainichen;bodo@nummer.example;;Mitglied;1.2.2020;;", "N-4;Dora;Nummer;09661;Hainichen;dora@nummer.example;;Mitglied;1.2.2020;;");
        var id = await ReadAsync("N-1;Alma;Nummer;09661;Hainichen;alma@nummer.example;0371 1;Mitglied;1.2.2020;;", "N-2;Bodo;Nummer;09661;Hainichen;bodo@nummer.example;;Mitglied;1.2.2020;;", "N-4;Dora;Nummer;09661;Hainichen;dora@nummer.example;;Mitglied;1.2.2020;1.6.2026;",
            "N-5;Emil;Nummer;09661;Hainichen;;;Mitglied;1.2.2020;;", "N-6;Frida;Nummer;09661;Hainichen;;;Mitglied;1.2.2020;;");
        async Task<string?> NumberAsync(string given) => await house.AskAsync<string?>("select max(member_number) from members.party_membership where person_id = @person", new { person = await PersonAsync(given, "Nummer") });
        (await NumberAsync("Alma")).ShouldBe("N-1");
        // Alma's number went to somebody else, Dora came back, Emil objected to being addressed
        await house.TellAsync("update members.party_membership set member_number = 'N-7' where person_id = @person", new { person = await PersonAsync("Alma", "Nummer") });
        await house.TellAsync("update members.party_membership set member_number = 'N-1' where person_id = @person", new { person = await PersonAsync("Bodo", "Nummer") });
        await house.TellAsync("insert into members.party_membership (person_id, division_id, kind, state, received_on) select id, division_id, 'member', 'active', current_date from organisation.person where given_name = 'Dora' and family_name = 'Nummer'");
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) select id, 'no-contact' from organisation.person where given_name = 'Emil' and family_name = 'Nummer'");
        (await UndoAsync(id)).Value.ShouldBe(1, string.Join("; ", await house.ListAsync<string>("select concat_ws(' ', p.given_name, p.phone, m.member_number, m.state, m.left_on) from organisation.person p left join members.party_membership m on m.person_id = p.id where p.family_name = 'Nummer' order by 1")));
        (await SaidAsync(id)).ShouldContain("Bei 4 Menschen blieb etwas");
        (await NumberAsync("Alma")).ShouldBe("N-7");
        (await ContactAsync(await PersonAsync("Alma", "Nummer"))).Phone.ShouldBeNull("the rest of her goes back");
        (await NumberAsync("Bodo")).ShouldBe("N-1");
        (await house.ListAsync<bool>("select left_on is null from members.party_membership where person_id = @person order by id", new { person = await PersonAsync("Dora", "Nummer") })).ShouldBe([false, true]);
        (await house.ListAsync<string>("select given_name from organisation.person where family_name = 'Nummer' order by 1")).ShouldBe(["Alma", "Bodo", "Dora", "Emil"]);
    }

    [Fact]
    public async Task Who_came_by_the_file_and_was_corrected_or_spoken_to_since_is_real_and_stays()
    {
        string[] names = ["Berta", "Gerd", "Nora", "Paul"];
        var id = await ReadAsync([.. names.Select((n, i) => $"R-{i};{n};Wirklich;09661;Hainichen;;;Mitglied;1.2.2020;;")]);
        await house.UseAsync<Db, int>(house.StateManager, async db => await db.ExecuteAsync("update organisation.person set phone = '0371 88' where given_name = 'Berta' and family_name = 'Wirklich'"));
        await house.UseAsync<PersonDetails, Outcome<int>>(house.StateManager, async d => await d.SaveAsync(await PersonAsync("Gerd", "Wirklich"), new(new DateOnly(1970, 1, 2), null)));
        // what the program does by itself is no correction
        await house.TellAsync("update members.party_membership set state = 'suspended' where person_id = @person", new { person = await PersonAsync("Nora", "Wirklich") });
        (await UndoAsync(id)).Value.ShouldBe(2);
        (await house.ListAsync<string>("select given_name from organisation.person where family_name = 'Wirklich' order by 1")).ShouldBe(["Berta", "Gerd"]);
    }

    [Fact]
    public async Task Who_came_by_the_file_and_holds_or_held_an_office_stays_alone_and_the_file_goes_back()
    {
        string[] names = ["Amt", "Früher", "Ohne"];
        var id = await ReadAsync([.. names.Select((n, i) => $"A-{i};{n};Gewählt;09661;Hainichen;{n}@gewaehlt.example;;Mitglied;1.2.2020;;")]);
        var office = await house.AskAsync<int>("insert into organisation.office (division_id, name) select id, 'Beisitz' from organisation.division where slug = 'kreis-14522' returning id");
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from, valid_to) select @office, id, current_date - 10, case given_name when 'Früher' then current_date - 1 end from organisation.person where family_name = 'Gewählt' and given_name <> 'Ohne'", new { office });
        (await UndoAsync(id)).Value.ShouldBe(1);
        (await SaidAsync(id)).ShouldContain("Bei 2 Menschen blieb etwas");
        (await house.ListAsync<(string, string?, bool)>("select p.given_name, p.email, m.left_on is null from organisation.person p join members.party_membership m on m.person_id = p.id where p.family_name = 'Gewählt' order by 1")).ShouldBe([("Amt", "Amt@gewaehlt.example", true), ("Früher", "Früher@gewaehlt.example", true)]);
    }
}
