using System.Text;
using Anlauf.Platform;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.Members.Reconciliation;
using Anlauf.Rooms.Privacy.Requests;
using Anlauf.Rooms.Welcome.Calls;
using Anlauf.Tests.Welcome;

namespace Anlauf.Tests.Privacy;

/// <summary>What the answer to a person holds (Art. 15): all that is about them, and nothing of anybody else, sealed or not.</summary>
public sealed class AnswerTests(AssociationDatabase association) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private int Officer => association.Persons["data-protection-officer"];
    public Task InitializeAsync() => association.EmptyAsync();
    public Task DisposeAsync() => Task.CompletedTask;

    private Task<SubjectReport.Report> AnswerAsync(int person) => association.UseAsync<SubjectReport, SubjectReport.Report>(Officer, r => r.CompileAsync(person));
    private static string Json(SubjectReport.Report report) => Encoding.UTF8.GetString(SubjectReport.Json(report, DateOnly.FromDateTime(DateTime.Today)));

    private Task<int> PersonAsync(string given, string family, string? phone = null, string? mail = null) => association.AskAsync<int>("""
        insert into organisation.person (division_id, given_name, family_name, phone, email) select id, @given, @family, @phone, @mail from organisation.division where slug = 'ort-14522230' returning id
        """, new { given, family, phone, mail });

    private Task<int> WhoAsync(int arrival) => association.AskAsync<int>("select person_id from welcome.arrival where id = @arrival", new { arrival });

    [Fact]
    public async Task What_was_stored_sealed_names_no_others_either()
    {
        var contact = await association.ContactAsync("ort-14522230", "Hört zu");
        await PersonAsync("Ida", "Weitblick", "0371 987 654");
        await PersonAsync("Erna", "Bekannt");
        // a given name of two words, of which somebody bears the first
        await PersonAsync("Neu", "Vorhanden");
        var arrival = await association.JoinsAsync("Leisegang");
        var person = await WhoAsync(arrival);
        await association.TellAsync("update organisation.person set phone = '+49 37207 12345', email = 'neu@leisegang.example' where id = @person", new { person });
        (await association.UseAsync<PersonDetails, Outcome<int>>(association.DistrictChair, d => d.SaveAsync(person, new(new DateOnly(1949, 2, 27), "Weitblick 7b, 09661 Hainichen")))).Done.ShouldBeTrue();
        const string note = "Nachbar Max Muster, Tel 0371 555 316, nachbar@muster.example, Ida Weitblick, Erna Unbekannt krank. Selbst: 037207/12345, neu@leisegang.example, am 02.03.2026 um 18:00 in 09661 Hainichen";
        (await association.UseAsync<NoteCall, Outcome<NoteCall.Noted>>(contact, n => n.HandleAsync(new() { Id = Guid.NewGuid(), ArrivalId = arrival, Outcome = "reached", Note = note }))).Done.ShouldBeTrue();

        var report = await AnswerAsync(person);
        report.Entries.Single(e => e.Table == "welcome.care_note").Values.Single(v => v.Column == "note").Value
            .ShouldBe("Nachbar ██████████, Tel ████████████, ██████████████████████, █████████████, ██████████████ krank. Selbst: 037207/12345, neu@leisegang.example, am 02.03.2026 um 18:00 in 09661 Hainichen");
        // a fact of the person alone is given as it is, though somebody bears such a name
        var details = report.Entries.Single(e => e.Table == "members.person_detail").Values;
        details.ShouldContain(v => v.Column == "address" && v.Value == "Weitblick 7b, 09661 Hainichen");
        details.ShouldContain(v => v.Column == "birth_date" && v.Value == "27.2.1949");
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => association.AskAsync<string[]>("select privacy.blackened(array['Ida Weitblick'], @person)", new { person }, association.LocalChair))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task Another_person_with_the_same_telephone_or_mail_is_no_mention()
    {
        var person = await PersonAsync("Gerlinde", "Teilhaber", "037207 4711", "haus@teilhaber.example");
        var other = await PersonAsync("Ottmar", "Mitbewohner", "037207 4711", "haus@teilhaber.example");
        var report = await AnswerAsync(person);
        report.Entries.Where(e => e.Table == "organisation.person").ShouldHaveSingleItem().How.ShouldBe("own");
        report.Entries.ShouldNotContain(e => e.Key == $"{other}" && e.Table.StartsWith("organisation.", StringComparison.Ordinal));
        // nor a letter to the other at the common address; what somebody wrote about the other and names them counts on
        await using (var owner = new Npgsql.NpgsqlConnection(association.Connections.Owner))
        {
            await owner.OpenAsync();
            foreach (var write in new[] { "insert into mail.outbox (id, recipient, subject, person_id, caused_by) values (gen_random_uuid(), 'haus@teilhaber.example', 'Termin', $1, 'probe')", "insert into organisation.person_history (person_id, sentence) values ($1, 'Wohnt bei Gerlinde Teilhaber, 037207 4711, Ottmar Mitbewohner')" })
            {
                await using var command = new Npgsql.NpgsqlCommand(write, owner) { Parameters = { new() { Value = other } } };
                await command.ExecuteNonQueryAsync();
            }
        }
        report = await AnswerAsync(person);
        report.Entries.ShouldNotContain(e => e.Table == "mail.outbox");
        report.Entries.Single(e => e.Table == "organisation.person_history" && e.How == "mentioned").Values.ShouldContain(v => v.Value == "Wohnt bei Gerlinde Teilhaber, 037207 4711, " + new string('█', "Ottmar Mitbewohner".Length));
    }

    [Fact]
    public async Task Whoever_read_a_file_in_is_not_given_what_stands_in_it()
    {
        var division = await association.DivisionAsync("kreis-14522");
        (await association.UseAsync<ImportDesk, Outcome<int>>(association.StateManager, d => d.UploadAsync(division, "liste.csv", Encoding.UTF8.GetBytes("Nachname;Vorname;Straße;PLZ;Ort;Eintritt;Mitgliedsnummer\r\nWartend;Erna;Seidenschwanzgasse 3;09661;Hainichen;1.2.2020;E-1"), leads: true))).Done.ShouldBeTrue();
        var report = await AnswerAsync(association.StateManager);
        report.Entries.ShouldContain(e => e.Table == "members.people_import" && e.How == "acted");
        Json(report).ShouldNotContain("Seidenschwanzgasse");
    }

    [Fact]
    public async Task Steps_and_givings_of_an_arrival_are_about_whoever_arrives()
    {
        await association.ContactAsync("kreis-14522", "Gibt weiter");
        var taker = await association.ContactAsync("kreis-14522", "Nimmt");
        var person = await WhoAsync(await association.JoinsAsync("Weitergereicht"));
        (await association.AskAsync<int>("select welcome.give_to(gen_random_uuid(), array[@person], @taker)", new { person, taker }, association.DistrictChair)).ShouldBe(1);
        var report = await AnswerAsync(person);
        foreach (var table in new[] { "welcome.arrival", "welcome.step", "welcome.giving" }) report.Entries.ShouldContain(e => e.Table == table && e.How == "own", table);
        // to whoever took over it is what they did, without the name of the other
        (await AnswerAsync(taker)).Entries.Single(e => e.Table == "welcome.giving").How.ShouldBe("acted");
    }

    [Fact]
    public async Task Every_table_with_something_of_persons_is_reached_by_an_answer()
    {
        var unreached = new List<string>();
        await using var owner = new Npgsql.NpgsqlConnection(association.Connections.Owner);
        await owner.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("""
            select d.table_name from privacy.declared_table d where d.table_name not like 'audit.%' and privacy.about(d.table_name) = 'false'
              and exists (select from privacy.declared_column c where c.table_name = d.table_name and c.data_class is not null)
              and not exists (select from privacy.columns_of(d.table_name) c where c.personal and (c.type = 'integer' or (c.type in ('text', 'jsonb') and c.erasure in ('redact', 'replace', 'clear', 'delete'))))
            order by 1
            """, owner);
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync()) unreached.Add(rows.GetString(0));
        // by what was typed or sent, without anything that says who: networks of failed sign-ins, letters to the contact form and requested links until
        // they are answered, what a file changed until it can no longer be taken back; and the words by which resolutions are found, a copy of their text
        unreached.ShouldBe(["identity.failed_sign_in", "meetings.resolution_search", "members.people_import_step", "portal.confirmation", "portal.message", "selfservice.wish"],
            "declare the subject, or a key to a row that has one");
    }
}
