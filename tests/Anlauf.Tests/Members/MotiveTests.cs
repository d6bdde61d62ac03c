using Anlauf.Platform;
using Anlauf.Rooms.Members.Motives;
using Npgsql;

namespace Anlauf.Tests.Members;

/// <summary>Why people joined: said by each for themselves, read by nobody about one, shown from ten people on and never as a difference of few (H7).</summary>
public sealed class MotiveTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await house.TellAsync("delete from members.party_membership");
        await OwnerAsync("delete from members.motive_snapshot");
    }
    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<List<int>> NewcomersAsync(int count, string family, params string[] motives)
    {
        var persons = new List<int>();
        for (var i = 0; i < count; i++)
        {
            var person = await SelfService.Links.MemberAsync(house, $"{family}{i}");
            await house.TellAsync("update members.party_membership set received_on = current_date - 100 where person_id = @person", new { person });
            await SayAsync(person, motives);
            persons.Add(person);
        }
        return persons;
    }

    private Task<Outcome<int>> SayAsync(int person, params string[] motives) => house.UseAsync<MotiveBox, Outcome<int>>(person, m => m.SaveAsync(person, motives));
    private Task<int> TakeAsync() => house.UseAsync<MotiveBox, int>(null, m => m.TakeAsync());
    private Task<IReadOnlyList<MotiveBox.Share>> SharesAsync(int by) => house.UseAsync<MotiveBox, IReadOnlyList<MotiveBox.Share>>(by, m => m.SharesAsync());

    // snapshots belong to the database: the program can neither change nor delete one
    private async Task OwnerAsync(string sql)
    {
        await using var owner = new NpgsqlConnection(house.Connections.Owner);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task Fewer_than_ten_are_no_statistic_and_no_office_reads_a_single_motive()
    {
        var nine = await NewcomersAsync(9, "Neun", "peace");
        await TakeAsync();
        (await SharesAsync(house.StateManager)).ShouldBeEmpty();
        foreach (var by in new int?[] { house.StateManager, house.DistrictChair, house.LocalChair, house.Persons["data-protection-officer"], nine[1], null })
            (await house.ListAsync<int>("select person_id from members.motive where person_id = @first", new { first = nine[0] }, by)).ShouldBeEmpty();
        (await house.AskAsync<int>("select count(*)::int from members.motive", null, nine[0])).ShouldBe(1);
        // not even the log of changes names it
        (await house.AskAsync<int>("select count(*)::int from audit.entry where object = 'members.motive' and (key like '%peace%')")).ShouldBe(0);
        (await Should.ThrowAsync<PostgresException>(() => house.AskAsync<string>("select named::text from members.motive_snapshot", null, house.StateManager))).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task From_ten_people_on_shares_are_shown_in_steps_of_five_and_what_fewer_have_named_is_left_out()
    {
        await NewcomersAsync(12, "Zehn", "peace", "task");
        await NewcomersAsync(7, "Zehnmehr", "climate");
        (await TakeAsync()).ShouldBe(1);
        foreach (var by in new[] { house.StateManager, house.DistrictChair, house.LocalChair })
        {
            var shares = await SharesAsync(by);
            shares.Select(s => (s.Name, s.Percent, s.People)).ShouldBe([("Frieden", 65, 20), ("eine Aufgabe übernehmen", 65, 20)]);
        }
        (await SharesAsync(house.LocalMember)).ShouldBeEmpty();
        // nine more, a night later, change nothing that anybody sees; with the tenth there is a new picture
        await OwnerAsync("update members.motive_snapshot set taken_on = taken_on - 1; update members.motive set since = since - 2");
        await NewcomersAsync(9, "Zehnneun", "climate");
        (await TakeAsync()).ShouldBe(0);
        (await SharesAsync(house.StateManager)).ShouldNotContain(s => s.Name == "Umwelt und Klima");
        await NewcomersAsync(1, "Zehnzehn", "climate");
        (await TakeAsync()).ShouldBe(1);
        (await SharesAsync(house.StateManager)).Select(s => s.Name).ShouldContain("Umwelt und Klima");
    }

    [Fact]
    public async Task What_was_said_is_taken_back_by_leaving_the_boxes_empty()
    {
        var person = (await NewcomersAsync(1, "Zurück", "asylum", "humanism", "gibtsnicht"))[0];
        (await house.UseAsync<MotiveBox, IReadOnlyList<MotiveBox.Choice>>(person, m => m.OfMineAsync())).Where(c => c.Chosen).Select(c => c.Id).ShouldBe(["asylum", "humanism"]);
        await SayAsync(person);
        (await house.AskAsync<int>("select count(*)::int from members.motive where person_id = @person", new { person }, person)).ShouldBe(0);
    }
}
