using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Organisation.Deputies;
using Anlauf.Rooms.Organisation.Persons;
using Anlauf.Rooms.Organisation.Shields;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Anlauf.Tests.Access;

/// <summary>The file of persons holds no one who must not be in it, whoever asks for it; and who is found by a search stands in the log.</summary>
public sealed class ExportTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.Today);

    private Task<string> FileAsync(int person) => house.UseAsync<PersonExport, string>(person, async export =>
    {
        using var file = new MemoryStream();
        await export.WriteAsync(new(), file);
        return Encoding.UTF8.GetString(file.ToArray());
    });

    private async Task<int> PersonAsync(string name, string division = "kreis-14522") => await house.AskAsync<int>(
        "insert into organisation.person (division_id, given_name, family_name) select id, 'Probe', @name from organisation.division where slug = @division returning id", new { name, division });

    [Fact]
    public async Task A_deputy_gives_out_no_list_unless_the_holder_said_so()
    {
        await PersonAsync("Listenmensch");
        (await FileAsync(house.DistrictChair)).ShouldContain("Listenmensch");
        async Task NameAsync(bool withExport)
        {
            var holding = await house.AskAsync<int>("select h.id from organisation.office_holding h join organisation.office o on o.id = h.office_id where h.person_id = @DistrictChair and o.role_id = 'district-chair'", new { house.DistrictChair });
            await house.TellAsync("delete from organisation.delegation");
            (await house.UseAsync<NameDeputy, Outcome<int>>(house.DistrictChair, n => n.HandleAsync(new() { HoldingId = holding, PersonId = house.LocalMember, ValidFrom = Today, ValidTo = Today.AddDays(7), WithExport = withExport }))).Done.ShouldBeTrue();
        }
        await NameAsync(withExport: false);
        // sees the list, but takes none along
        (await house.UseAsync<PersonRegister, int>(house.LocalMember, r => r.CountAsync(new("Listenmensch")))).ShouldBe(1);
        (await FileAsync(house.LocalMember)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        await NameAsync(withExport: true);
        (await FileAsync(house.LocalMember)).ShouldContain("Listenmensch");
        await house.TellAsync("delete from organisation.delegation");
    }

    [Fact]
    public async Task Who_does_not_want_to_be_addressed_or_is_restricted_is_in_no_file()
    {
        var (objector, restricted) = (await PersonAsync("Widerspruch"), await PersonAsync("Eingeschränkt"));
        (await FileAsync(house.DistrictChair)).ShouldContain("Widerspruch");
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@objector, 'no-contact'), (@restricted, 'restricted')", new { objector, restricted });
        var file = await FileAsync(house.DistrictChair);
        file.ShouldNotContain("Widerspruch");
        file.ShouldNotContain("Eingeschränkt");
        // the one may be seen, the other not even that
        (await house.UseAsync<PersonRegister, int>(house.DistrictChair, r => r.CountAsync(new("Widerspruch")))).ShouldBe(1);
        (await house.UseAsync<PersonRegister, int>(house.DistrictChair, r => r.CountAsync(new("Eingeschränkt")))).ShouldBe(0);
    }

    [Fact]
    public async Task Whom_a_division_has_closed_to_those_above_is_not_in_their_file()
    {
        await PersonAsync("Verschlossen");
        await PersonAsync("Offenbach", "kreis-14521");
        await house.TellAsync("insert into access.role_right values ('state-manager', 'people', 'export', 'P2', 'subtree') on conflict do nothing");
        // an association may let more be closed than comes with the program
        await using (var owner = new NpgsqlConnection(house.Connections.Owner))
        {
            await owner.OpenAsync();
            await using var more = new NpgsqlCommand("insert into access.shieldable values ('people', 'P2', 'Personen')", owner);
            await more.ExecuteNonQueryAsync();
        }
        (await FileAsync(house.StateManager)).ShouldContain("Verschlossen");
        var district = await house.DivisionAsync("kreis-14522");
        (await house.UseAsync<SetShield, Outcome<bool>>(house.DistrictChair, s => s.HandleAsync(district, "people:P2", true))).Done.ShouldBeTrue();
        var file = await FileAsync(house.StateManager);
        file.ShouldNotContain("Verschlossen");
        file.ShouldContain("Offenbach");
        (await FileAsync(house.DistrictChair)).ShouldContain("Verschlossen");
        (await house.UseAsync<PersonRegister, IReadOnlyList<PersonRegister.Row>>(house.StateManager, r => r.ListAsync(new("Verschlossen"), "name", false, 0, 25))).ShouldBeEmpty();
        await house.TellAsync("delete from organisation.shield");
    }

    [Fact]
    public async Task Who_is_found_by_the_search_stands_in_the_log_as_seen()
    {
        var person = await PersonAsync("Suchtreffer");
        Task<int> NotedAsync() => house.AskAsync<int>("select count(*)::int from audit.entry where object = '/suche' and action = 'read' and subject_id = @person and actor = @who", new { person, who = $"{house.DistrictChair}" });
        async Task<int> SearchAsync(int who)
        {
            await using var scope = house.Scope(who);
            var hits = 0;
            foreach (var part in scope.ServiceProvider.GetServices<ISearchPart>()) hits += (await part.FindAsync("Suchtreffer", default)).Count;
            return hits;
        }
        (await SearchAsync(house.DistrictChair)).ShouldBe(1);
        (await NotedAsync()).ShouldBe(1);
        (await SearchAsync(house.LocalMember)).ShouldBe(0);
        (await house.AskAsync<int>("select count(*)::int from audit.entry where object = '/suche' and subject_id = @person", new { person })).ShouldBe(1);
    }
}
