using System.Diagnostics;
using Anlauf.Testing;

namespace Anlauf.Tests.Territory;

/// <summary>Keys over time: directories of different years in one database.</summary>
public sealed class TerritoryHistoryTests(TestDatabase database) : TerritoryTest(database), IClassFixture<TestDatabase>
{
    private const string Register2017 = "municipalities/AuszugGV_2017-12-31.xlsx";

    [SkippableFact]
    public async Task Old_and_new_directories_can_come_in_any_order()
    {
        var (old, current, changes) = (SharedData.PathTo(Register2017), SharedData.PathTo(Register2024), SharedData.PathTo("municipalities/ags_aenderungen_2017_2024_sn.csv"));
        (await ImportAsync("municipalities", old)).Rejected.ShouldBeEmpty();
        (await AskAsync<int>("select count(*) from territory.municipality where state_key = '14' and valid_to is null")).ShouldBe(422);
        (await ImportAsync("key-changes", changes)).Inserted.ShouldBe(6);
        var dry = await ImportAsync("municipalities", current, dryRun: true);
        dry.Updated.ShouldBeGreaterThan(10_000);
        (await AskAsync<int>("select count(*) from territory.municipality where state_key = '14' and valid_to is null")).ShouldBe(416); // six ended by the changes
        var watch = Stopwatch.StartNew();
        var report = await ImportAsync("municipalities", current);
        watch.Elapsed.ShouldBeLessThan(Quiet.Limit(10));
        report.ShouldSatisfyAllConditions(() => report.Rejected.ShouldBeEmpty(), () => (report.Inserted, report.Updated).ShouldBe((dry.Inserted, dry.Updated)));
        (await AskAsync<int>("select sum(population)::int from territory.municipality where state_key = '14' and valid_to is null")).ShouldBe(4_089_467);
        (await AskAsync<int>("select sum(population)::int from territory.municipality where state_key = '15' and valid_to is null")).ShouldBe(2_180_448);
        (await AskAsync<string>("select valid_to::text from territory.municipality where ags = '14522450'")).ShouldBe("2022-12-31");
        (await AskAsync<string>("select valid_from::text from territory.municipality where ags = '14522275'")).ShouldBe("2023-01-01");

        var again = await ImportAsync("municipalities", current);
        (again.Inserted, again.Updated).ShouldBe((0, 0));
        var late = await ImportAsync("municipalities", old);
        (late.Inserted, late.Updated).ShouldBe((0, 0));
        (await AskAsync<int>("select count(*) from territory.municipality where state_key = '14' and valid_to is null")).ShouldBe(418);
        // every current municipality of both states has an area on the map
        (await AskAsync<int>("select count(*) from territory.boundary b join territory.municipality m using (ags) where level = 1 and schematic and state_key in ('14', '15')")).ShouldBe(636);
    }
}
