using Anlauf.Platform.Database;
using Anlauf.Rooms.Demo;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Welcome.Arrivals;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Demo;

public sealed class DemoAssociationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static async Task<string> CountsAsync(TestDatabase of)
    {
        await using var scope = of.AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var tables = await db.QueryAsync<string>("""
            select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and has_table_privilege(c.oid, 'select') and n.nspname in ('organisation', 'meetings', 'presence', 'members', 'situation', 'territory', 'identity', 'welcome') order by 1
            """);
        var counts = new List<string>();
        foreach (var table in tables) counts.Add($"{table} {await db.ScalarAsync<long?>($"select count(*) from {table}")}");
        return string.Join('\n', counts);
    }

    [Fact]
    public async Task The_demo_association_is_the_same_every_time_and_is_built_once()
    {
        var other = new TestDatabase();
        await other.InitializeAsync();
        try
        {
            await DemoAssociation.EnsureAsync(database.Services);
            var first = await CountsAsync(database);
            first.ShouldContain("meetings.meeting 2");
            first.ShouldContain("identity.account 9");
            await DemoAssociation.EnsureAsync(database.Services);
            (await CountsAsync(database)).ShouldBe(first);
            await DemoAssociation.EnsureAsync(other.Services);
            (await CountsAsync(other)).ShouldBe(first);
        }
        finally { await other.DisposeAsync(); }

        await using var scope = database.AsSystem();
        var coverage = scope.ServiceProvider.GetRequiredService<Coverage>();
        var goals = await coverage.GoalsAsync();
        goals.Select(g => g.Slug).ShouldBe(["in-jeder-gemeinde-eine-liste", "zwei-anlaufstellen-je-landkreis", "fuenf-mitglieder-je-gemeinde"]);
        goals.ShouldAllBe(g => g.ResolutionId != null);
        foreach (var count in await coverage.CountAsync(goals))
        {
            var sentence = SituationSentence.Text(count, coverage.Indicators.Single(i => i.Id == count.Goal.IndicatorId));
            sentence.ShouldStartWith($"In {Wording.Number(count.Reached)} von {Wording.Number(count.Total)} ");
            count.Missing.ShouldBeGreaterThan(0);
        }

        // the member entered after four months: red on the track, in the table of districts and on the Heute of the state (H1)
        var manager = await scope.ServiceProvider.GetRequiredService<Db>().ScalarAsync<int>("select h.person_id from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.role_id = 'state-manager'");
        await using var state = database.As(manager);
        var (arrivals, today) = (state.ServiceProvider.GetRequiredService<ArrivalRegister>(), DateOnly.FromDateTime(new Anlauf.Platform.GermanTime().GetLocalNow().Date));
        var late = (await arrivals.ListAsync(new(), today)).Single(a => a.Name == "Hanno Nachtrag");
        (late.Pace(today), late.Next!.LateBy(today) > 100).ShouldBe((ArrivalPace.Overdue, true));
        (await arrivals.DistrictsAsync(today)).Single(d => d.Key.StartsWith("14523", StringComparison.Ordinal)).ShouldSatisfyAllConditions(d => d.IsLate.ShouldBeTrue(), d => d.P90.ShouldBeGreaterThan(100));
        (await state.ServiceProvider.GetRequiredService<TodayTasks>().ListAsync()).ShouldContain(t => t.Promise && t.Why.Contains("überfällig seit 109 Tagen"));
    }
}
