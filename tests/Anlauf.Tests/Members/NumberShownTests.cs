using System.Net;
using System.Text;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Organisation.Persons;
using Anlauf.Rooms.SelfService.Checks;

namespace Anlauf.Tests.Members;

/// <summary>Whose number stands in a list and can be dialled is one definition, that of the call list, wherever a number leaves the register.</summary>
public sealed class NumberShownTests(OpenHouse door) : IClassFixture<OpenHouse>, IAsyncLifetime
{
    private AssociationDatabase House => door.House;
    private readonly Dictionary<string, int> ids = [];
    private const string Name = "Nummernprobe";
    // given name, and whether somebody may ring up
    private static readonly (string Given, bool MayCall)[] People = [("Gern", true), ("Mitglied", true), ("Amtlich", true), ("Ungefragt", false), ("Stumm", false), ("Niemals", false)];
    private static string Number(string given) => $"0371 880{given.Length} {(int)given[0]}";

    public async Task InitializeAsync()
    {
        if (!await House.AskAsync<bool>("select exists (select from organisation.person where family_name = @Name)", new { Name }))
        {
            foreach (var (given, _) in People)
                await House.TellAsync("insert into organisation.person (division_id, given_name, family_name, phone, email) select id, @given, @Name, @number, lower(@given) || '@nummer.example' from organisation.division where slug = 'kreis-14522'", new { given, Name, number = Number(given) });
            await House.TellAsync("""
                insert into members.consent (person_id, kind, text_version, channel, given_on, proof, withdrawn_on) select id, 'phone', '1', 'paper', current_date - 9, 'Ordner', case given_name when 'Stumm' then current_date end from organisation.person where family_name = @Name and given_name in ('Gern', 'Stumm');
                insert into members.party_membership (person_id, division_id, kind, state, received_on) select id, division_id, 'member', 'active', current_date - 900 from organisation.person where family_name = @Name and given_name in ('Mitglied', 'Stumm', 'Niemals');
                insert into members.party_membership (person_id, division_id, kind, state, received_on, left_on, left_reason) select id, division_id, 'member', 'left', current_date - 900, current_date - 9, 'resigned' from organisation.person where family_name = @Name and given_name = 'Ungefragt';
                insert into organisation.office_holding (office_id, person_id, valid_from) select (select id from organisation.office where division_id = p.division_id order by id limit 1), p.id, current_date - 1 from organisation.person p where p.family_name = @Name and p.given_name = 'Amtlich';
                insert into privacy.person_flag (person_id, kind) select id, 'no-contact' from organisation.person where family_name = @Name and given_name = 'Niemals';
                insert into access.role_right values ('state-manager', 'membership', 'export', 'P2', 'subtree'), ('state-manager', 'people', 'export', 'P2', 'subtree') on conflict do nothing;
                """, new { Name });
            await door.AccountAsync("nummern", House.StateManager);
        }
        foreach (var (id, given) in await House.ListAsync<(int, string)>("select id, given_name from organisation.person where family_name = @Name", new { Name })) ids[given] = id;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<string> TextAsync(Func<Stream, Task> write)
    {
        using var file = new MemoryStream();
        await write(file);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    [Fact]
    public async Task A_file_gives_the_numbers_that_the_call_list_shows_and_nobody_who_objects()
    {
        var bases = await House.UseAsync<MemberList, IReadOnlyDictionary<int, CallBasis>>(House.StateManager, l => l.CallBasesAsync(ids.Values));
        People.Select(p => bases[ids[p.Given]].Allowed).ShouldBe(People.Select(p => p.MayCall));
        var files = new Dictionary<string, string>
        {
            ["ausgabe"] = await TextAsync(s => House.UseAsync<IssueList, int>(House.StateManager, l => l.WriteAsync(new(Name), "Anrufaktion", "Anrufe vor der Beratung am 5. Dezember", ["phone"], s))),
            ["personen"] = await TextAsync(s => House.UseAsync<PersonExport, int>(House.StateManager, e => e.WriteAsync(new(Name), s))),
        };
        foreach (var (which, file) in files)
            foreach (var (given, mayCall) in People)
            {
                file.Contains(given).ShouldBe(given != "Niemals", $"{which}: {given}");
                file.Contains(Number(given)).ShouldBe(mayCall, $"{which}: {given}");
            }
    }

    [Fact]
    public async Task Nobody_is_dialled_from_the_register_of_persons_who_is_not_from_the_call_list()
    {
        using var manager = await door.SignInAsync("nummern");
        var list = await manager.ReadAsync($"/verwaltung/personen?name={Name}");
        foreach (var (given, mayCall) in People)
        {
            list.Contains(Number(given)).ShouldBe(mayCall, given);
            var page = await manager.ReadAsync($"/verwaltung/personen/{ids[given]}");
            page.Contains("href=\"tel:").ShouldBe(mayCall, given);
            page.Contains("href=\"mailto:").ShouldBe(given != "Niemals", given);
            page.Contains("ünscht keine Ansprache").ShouldBe(given == "Niemals", given);
        }
        list.ShouldContain("wünscht keine Ansprache");
        list.ShouldNotContain("niemals@nummer.example");
    }

    [Fact]
    public async Task Keeping_the_data_gives_no_number_to_dial_where_calls_are_not_wished()
    {
        await House.TellAsync("insert into organisation.mail_trouble (person_id, code, since) select p.id, 'refused 5.1.1', current_date from organisation.person p where p.family_name = @Name on conflict do nothing", new { Name });
        var rows = (await House.UseAsync<CheckDesk, IReadOnlyList<CheckDesk.Unreached>>(House.DistrictChair, d => d.UnreachedAsync())).Where(u => u.Name.Contains(Name)).ToDictionary(u => u.Name.Split(' ')[0], u => u.Phone);
        foreach (var (given, mayCall) in People) rows[given].ShouldBe(mayCall ? Number(given) : null, given);
    }

    [Fact]
    public async Task The_whole_register_as_a_file_asks_why_and_the_page_says_for_whom_it_is()
    {
        using var manager = await door.SignInAsync("nummern");
        var page = await manager.ReadAsync("/menschen/einlesen");
        page.ShouldContain("nicht zum Anrufen oder Anschreiben");
        page.ShouldContain("auch die, die keine Ansprache wünschen");
        (await manager.WhereAsync("/menschen/abgleich.csv")).ShouldBe("/grund?weiter=%2Fmenschen%2Fabgleich.csv");
        (await manager.WhereAsync("/menschen/abgleich.csv?grund=ausgedacht")).ShouldStartWith("/grund");
        (await House.AskAsync<int>("select count(*)::int from audit.entry where action = 'export' and object = '/menschen/abgleich.csv'")).ShouldBe(0);
        using var file = await manager.OpenAsync("/menschen/abgleich.csv?grund=duty");
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await file.Content.ReadAsStringAsync()).ShouldContain("Niemals");
        (await House.ListAsync<string>("select reason_id from audit.entry where action = 'export' and object = '/menschen/abgleich.csv'")).ShouldBe(["duty"]);
    }
}
