using Anlauf.Platform.Database;
using Anlauf.Rooms.Territory;
using Anlauf.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Territory;

/// <summary>Official files on the way into the database.</summary>
public sealed class TerritoryImportTests(TestDatabase database) : TerritoryTest(database), IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task White_spots_of_the_election_of_2024_are_counted_with_their_people()
    {
        await ImportAsync("municipalities", SharedData.PathTo(Register2024));
        var file = SharedData.PathTo("elections/kommunal-sachsen/gemeinderatswahl_sachsen_2024.xlsx");
        (await ImportAsync("elections", file)).ShouldSatisfyAllConditions(r => r.Rejected.ShouldBeEmpty(), r => r.Inserted.ShouldBe(418));
        (await ImportAsync("elections", file)).Unchanged.ShouldBe(418);
        await using var scope = Database.AsNobody();
        var spots = await scope.ServiceProvider.GetRequiredService<WhiteSpots>().FindAsync("gr-sn-2024", "Die Linke");
        (spots.Count, spots.Sum(s => s.Population)).ShouldBe((237, 849_925));
    }

    [SkippableFact]
    public async Task A_broken_file_leaves_nothing_behind()
    {
        var half = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.txt");
        await File.WriteAllBytesAsync(half, (await File.ReadAllBytesAsync(SharedData.PathTo("municipalities/GV100AD_301123.txt")))[..2_000_100]);
        try
        {
            var report = await ImportAsync("municipalities", half);
            report.Rejected.ShouldContain(p => p.Line > 5_000 && p.Message.Contains("abgeschnitten", StringComparison.Ordinal));
            (await AskAsync<int>("select count(*) from territory.municipality where register_on = '2023-11-30'")).ShouldBe(0);
        }
        finally { File.Delete(half); }
    }

    [Fact]
    public async Task Nobody_but_the_system_writes_public_facts()
    {
        await using var scope = Database.AsNobody();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => db.ExecuteAsync("insert into territory.state values ('99', 'Nirgendwo', '2024-01-01')"))).SqlState.ShouldBe("42501");
    }
}
