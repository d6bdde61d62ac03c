using System.Security.Cryptography;
using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Mail;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.Members.Reconciliation;
using Anlauf.Rooms.Portal;
using Anlauf.Rooms.Portal.Outside;
using Anlauf.Rooms.Surveys;
using Anlauf.Rooms.Welcome.Calls;
using Anlauf.Tests.Offers;
using Anlauf.Tests.Portal;
using Anlauf.Tests.SelfService;
using Anlauf.Tests.Welcome;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Privacy;

/// <summary>
/// Every column that the declarations call encrypted is written by the program itself with a text that stands nowhere else, then the whole
/// database is searched for it. A new encrypted column fails here until it is written too.
/// </summary>
public sealed class EncryptedFieldsTests(OpenPortal portal) : IClassFixture<OpenPortal>
{
    private AssociationDatabase House => portal.House;
    private const string Iban = "DE89 3704 0044 0532 0130 00";

    // what each column is filled with; the keys of cookies are looked for by their own words
    private static readonly Dictionary<string, string[]> Plain = new()
    {
        ["members.person_detail.birth_date"] = ["1949-02-27", "27.02.1949", "27.2.1949"],
        ["members.person_detail.address"] = ["Kranichwinkel 7b, 09661 Hainichen", "Kranichwinkel"],
        ["members.bank_detail.iban"] = [Iban, "DE89370400440532013000"],
        ["welcome.care_note.note"] = ["möchte wegen der Trauer um Ottilie geschont werden", "Ottilie"],
        ["members.people_import.content"] = ["Seidenschwanzgasse", "12.11.1933"],
        ["members.people_import_fix.cell"] = ["Bekassinenstieg"],
        ["members.people_import_step.journal"] = ["Rohrdommelweg", "30.06.1941"],
        ["portal.message.content"] = ["Wiedehopf", "wiedehopf@brief.example", "Ich habe Angst vor meinem Vermieter"],
        ["surveys.named_answer.answer"] = ["Lieber eine Doppelspitze als gar keine", "Doppelspitze"],
        ["mail.outbox.body"] = ["Ihr Termin beim Ombudsmann steht fest"],
        ["selfservice.wish.address"] = ["heimlich@kranichwinkel.example"],
        ["identity.code_app.seed"] = ["ORSXG5BAONSWG4TFOQQGS3Q"],
        ["identity.protection_key.sealed"] = ["masterKey", "<encryption algorithm"],
    };

    private async Task WriteAsync()
    {
        var division = await House.DivisionAsync("kreis-14522");
        var treasurer = await House.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) values (@division, 'Asta', 'Kassel') returning id", new { division });
        var office = await House.AskAsync<int>("insert into organisation.office (division_id, name, role_id) values (@division, 'Schatzmeisterei', 'treasurer') returning id", new { division });
        await House.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @treasurer, current_date - 1)", new { office, treasurer });
        (await House.UseAsync<PersonDetails, Outcome<int>>(House.DistrictChair, d => d.SaveAsync(House.LocalMember, new(new DateOnly(1949, 2, 27), "Kranichwinkel 7b, 09661 Hainichen")))).Done.ShouldBeTrue();
        (await House.UseAsync<BankDetails, Outcome<int>>(treasurer, d => d.SaveAsync(House.LocalMember, Iban))).Done.ShouldBeTrue();
        await House.EmptyAsync();
        var contact = await House.ContactAsync("ort-14522230", "Hört zu");
        var arrival = await House.JoinsAsync("Leise");
        (await House.UseAsync<NoteCall, Outcome<NoteCall.Noted>>(contact, n => n.HandleAsync(new() { Id = Guid.NewGuid(), ArrivalId = arrival, Outcome = "reached", Note = "möchte wegen der Trauer um Ottilie geschont werden" }))).Done.ShouldBeTrue();
        // one file that waits, one that was read in and can be taken back
        foreach (var (line, take) in new[] { ("Wartend;Erna;12.11.1933;Seidenschwanzgasse 3;09661;Hainichen;1.2.2020;E-1", false), ("Eingelesen;Karl;30.06.1941;Rohrdommelweg 9;09661;Hainichen;1.2.2020;E-2", true) })
        {
            var file = (await House.UseAsync<ImportDesk, Outcome<int>>(House.StateManager, d => d.UploadAsync(division, "liste.csv", Encoding.UTF8.GetBytes("Nachname;Vorname;Geburtstag;Straße;PLZ;Ort;Eintritt;Mitgliedsnummer\r\n" + line), leads: true))).Value;
            if (!take) (await House.UseAsync<ImportDesk, int>(House.StateManager, d => d.CorrectAsync(file, [(2, "street", "Bekassinenstieg 4")], []))).ShouldBe(1);
            if (take) (await House.UseAsync<ImportRun, Outcome<int>>(House.StateManager, r => r.TakeAsync(file))).Value.ShouldBe(1);
        }
        await portal.Outside.GetRequiredService<Slot>().PutInAsync(Guid.NewGuid(), new Letter("Gustav Wiedehopf", "wiedehopf@brief.example", "09661", "Ich habe Angst vor meinem Vermieter", "ja", DateTimeOffset.UtcNow), default);
        await AnswerWithNameAsync(division, "Lieber eine Doppelspitze als gar keine");
        (await House.UseAsync<Outbox, Outcome<Guid>>(House.StateManager, o => o.PutAsync("petra@example.org", "Termin", "Ihr Termin beim Ombudsmann steht fest"))).Done.ShouldBeTrue();
        (await House.AtTheDeskAsync(0, d => d.WishAsync("heimlich@kranichwinkel.example"))).Done.ShouldBeTrue();
        var account = await portal.Inside.AccountAsync("verschwiegen", House.LocalMember);
        await House.TellAsync("insert into identity.account_token values (@account, '[AspNetUserStore]', 'AuthenticatorKey', 'ORSXG5BAONSWG4TFOQQGS3Q')", new { account });
        // the next start seals it
        await using var app = await Anlauf.Platform.Hosting.AnlaufHost.BuildAsync(Rooms.RoomList.All, House.Connections, OpenHouse.Configure);
        await app.StartAsync();
    }

    private async Task AnswerWithNameAsync(int division, string words)
    {
        var today = DateOnly.FromDateTime(DateTime.Today);
        var voter = await House.MemberAsync("kreis-14522", "Befragt");
        var survey = (await House.UseAsync<SaveSurvey, Outcome<int>>(House.DistrictChair, s => s.HandleAsync(new() { DivisionId = division, Kind = "questionnaire", Title = "Spitze", ElectorateOn = today, ClosesOn = today.AddDays(7), Named = true }))).Value;
        (await House.UseAsync<SaveQuestion, Outcome<int>>(House.DistrictChair, s => s.HandleAsync(survey, new() { Wording = "Wie weiter?", Kind = "text" }))).Done.ShouldBeTrue();
        (await House.UseAsync<RunSurvey, Outcome<int>>(House.DistrictChair, r => r.OpenAsync(survey))).Done.ShouldBeTrue();
        var questions = await House.UseAsync<SurveyRegister, IReadOnlyList<Question>>(voter, r => r.QuestionsAsync(survey));
        var asked = (await House.UseAsync<SurveyRegister, Survey?>(voter, r => r.FindAsync(survey)))!;
        (await House.UseAsync<AnswerSurvey, Outcome<int>>(voter, a => a.HandleAsync(asked, questions, new(new Dictionary<int, int[]>(), new Dictionary<int, string> { [questions[0].Id] = words })))).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_dump_of_the_whole_database_holds_nothing_of_any_column_that_is_called_encrypted()
    {
        (await House.ListAsync<string>("select table_name || '.' || column_name from privacy.declared_column where encrypted")).ShouldBe(Plain.Keys, ignoreOrder: true, "write a text into the new column here");
        await WriteAsync();
        foreach (var column in Plain.Keys)
        {
            var (table, name) = (column[..column.LastIndexOf('.')], column[(column.LastIndexOf('.') + 1)..]);
            (await House.AskAsync<long>($"select count(*) from {table} where {name} is not null")).ShouldBeGreaterThan(0, $"{column} is filled");
            (await House.AskAsync<long>($"select count(*) from {table} where {name} is not null and get_byte({name}, 0) not in (1, 2)")).ShouldBe(0, $"{column} begins with the version of a sealed value");
        }
        var dump = await DumpAsync();
        dump.Length.ShouldBeGreaterThan(100_000);
        dump.ShouldContain("Leise", Case.Sensitive, "the dump is not blind");
        foreach (var (column, texts) in Plain)
            foreach (var text in texts)
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                foreach (var form in new[] { text, text.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes).TrimEnd('='), Convert.ToHexStringLower(SHA256.HashData(bytes)) })
                    dump.Contains(form, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{column}: {form}");
            }
        // the keys that open all this are not in it either
        foreach (var secret in (await File.ReadAllTextAsync(House.Connections.KeyFile!)).Split('"').Where(s => s.Length >= 40)) dump.ShouldNotContain(secret);
    }

    // every table there is, as pg_dump would write it; the program brings no pg_dump along
    private async Task<string> DumpAsync()
    {
        await using var owner = new NpgsqlConnection(House.Connections.Owner);
        await owner.OpenAsync();
        var all = new StringBuilder();
        foreach (var table in await House.ListAsync<string>("select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^(pg_|information_schema)' and (n.nspname, c.relname) not in (('territory', 'boundary'))"))
        {
            using var copy = await owner.BeginTextExportAsync($"copy {table} to stdout");
            all.AppendLine(await copy.ReadToEndAsync());
        }
        return all.ToString();
    }
}
