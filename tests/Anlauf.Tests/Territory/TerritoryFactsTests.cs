using Anlauf.Platform.Database;
using Anlauf.Rooms.Territory;
using Anlauf.Rooms.Territory.Facts;
using Anlauf.Rooms.Territory.Maps;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Territory;

/// <summary>The table of facts that comes with the program; no shared files are needed.</summary>
public sealed class TerritoryFactsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private async Task<AsyncServiceScope> WithFactsAsync()
    {
        await using (var scope = database.AsSystem()) await scope.ServiceProvider.GetRequiredService<TerritoryFacts>().EnsureAsync();
        return database.AsNobody();
    }

    [Fact]
    public async Task Both_states_have_all_their_municipalities_and_people()
    {
        await using var scope = await WithFactsAsync();
        var directory = scope.ServiceProvider.GetRequiredService<TerritoryDirectory>();
        var (saxony, anhalt) = (await directory.MunicipalitiesAsync("14"), await directory.MunicipalitiesAsync("15"));
        (saxony.Count, saxony.Sum(m => m.Population)).ShouldBe((418, 4_089_467));
        (anhalt.Count, anhalt.Sum(m => m.Population)).ShouldBe((218, 2_180_448));
    }

    [Fact]
    public async Task A_city_can_become_a_district_and_moves_to_the_other_target_set()
    {
        await using (await WithFactsAsync()) { }
        await using var scope = database.AsSystem();
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        await db.InTransactionAsync(async () =>
        {
            var directory = scope.ServiceProvider.GetRequiredService<TerritoryDirectory>();
            (await directory.DistrictsAsync("14")).Count(d => !d.IsCity).ShouldBe(10);
            (await directory.SetDistrictIsCityAsync("14511", false)).ShouldBeTrue();
            (await directory.DistrictsAsync("14")).Count(d => !d.IsCity).ShouldBe(11);
            return new Anlauf.Platform.Outcome<bool>(false, new Anlauf.Platform.Refusal("rolled back"));
        });
    }

    [Theory]
    [InlineData("Hainchen", "14522230")]
    [InlineData("hainichen", "14522230")]
    [InlineData("Döbel", "14522080")]
    [InlineData("09661", "14522230")]
    [InlineData("01067", "14612000")]
    public async Task A_municipality_is_found_by_a_mistyped_name_or_its_postal_code(string text, string ags)
    {
        await using var scope = await WithFactsAsync();
        var found = await scope.ServiceProvider.GetRequiredService<TerritoryDirectory>().SearchAsync(text);
        found.Take(4).ShouldContain(m => m.Ags == ags);
    }

    [Fact]
    public async Task An_old_key_leads_to_its_successor()
    {
        await using var scope = await WithFactsAsync();
        var directory = scope.ServiceProvider.GetRequiredService<TerritoryDirectory>();
        (await directory.SuccessorsAsync("14522450")).ShouldBe([("14522275", 1m)]);
        (await directory.SuccessorsAsync("14522230")).ShouldBe([("14522230", 1m)]);
        (await directory.SuccessorsAsync("99999999")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_map_is_there_at_once_and_says_that_it_is_schematic()
    {
        await using var scope = await WithFactsAsync();
        var maps = scope.ServiceProvider.GetRequiredService<TerritoryMaps>();
        var map = (await maps.GetAsync("14"))!;
        (map.Shapes.Count, map.Labels.Count, map.Width, map.Schematic).ShouldBe((418, 13, 1000, true));
        map.Caption.ShouldContain("Schematische Flächen");
        map.Shapes.ShouldAllBe(s => s.Path.StartsWith('M') && s.Path.EndsWith('z') && s.LabelX > 0 && s.LabelX < 1000 && s.LabelY > 0 && s.LabelY < map.Height);
        map.Outline.Length.ShouldBeGreaterThan(100);
        map.DistrictLines.Length.ShouldBeGreaterThan(100);
        map.Shapes.Sum(s => s.Path.Length).ShouldBeLessThan(62_000);
        (await maps.GetAsync("14")).ShouldBeSameAs(map);
        (await maps.GetAsync(""))!.Shapes.Count.ShouldBe(27);
        (await maps.GetAsync("14522"))!.Shapes.Count.ShouldBe(52);
        (await maps.GetAsync("99")).ShouldBeNull();
    }
}
