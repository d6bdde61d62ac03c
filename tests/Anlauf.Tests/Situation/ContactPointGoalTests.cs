using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Presence;
using Anlauf.Rooms.Territory;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Situation;

/// <summary>„Mindestens zwei Anlaufstellen – welcher Art auch immer – in jedem Flächenlandkreis“ over the real districts of Saxony.</summary>
public sealed class ContactPointGoalTests(TestDatabase database) : SituationTest(database), IClassFixture<TestDatabase>
{
    private const string Points = "presence.contact-points", MiddleSaxony = "14522", Goerlitz = "14626", Leipzig = "14713";

    [Fact]
    public async Task The_goal_counts_ten_rural_districts_and_not_the_three_cities()
    {
        var state = await MeasureAsync(await SetGoalAsync("Zwei je Landkreis", Points, 2, "rural-districts"));
        state.Areas.Count.ShouldBe(10);
        state.Areas.Select(a => a.Key).ShouldNotContain(k => k == "14511" || k == "14612" || k == Leipzig);
    }

    [Fact]
    public async Task One_open_and_one_closed_office_leave_a_gap_of_one()
    {
        var goal = await SetGoalAsync("Zwei in Mittelsachsen", Points, 2, "rural-districts", MiddleSaxony);
        await OpenContactPointAsync("Büro Freiberg", "14522180");
        await OpenContactPointAsync("Büro Döbeln", "14522080", closed: new DateOnly(2026, 1, 31));
        (await MeasureAsync(goal)).Areas.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            a => a.Value.ShouldBe(1), a => a.Gap.ShouldBe(1), a => a.Standing.ShouldBe(Standing.Missing));
    }

    [Fact]
    public async Task A_new_kind_is_a_row_and_counts_where_it_is_flagged()
    {
        var goal = await SetGoalAsync("Eine in Görlitz", Points, 1, "rural-districts", Goerlitz);
        var bench = await SaveKindAsync("Mitfahrbank mit Sprechzeit", counts: false);
        await OpenContactPointAsync("Bank Niesky", "14626370", bench);
        (await MeasureAsync(goal)).Reached.ShouldBe(0);
        (await SaveKindAsync("Mitfahrbank mit Sprechzeit", counts: true)).ShouldBe(bench);
        (await MeasureAsync(goal)).Reached.ShouldBe(1);
    }

    private Task<string> SaveKindAsync(string name, bool counts) => AsSystemAsync(async s =>
        (await s.GetRequiredService<SaveContactPointKind>().HandleAsync(new() { Name = name, Counts = counts })).Value!);

    [Fact]
    public async Task Another_target_changes_every_row()
    {
        var slug = await SetGoalAsync("Zwei, dann drei", Points, 2, "rural-districts");
        var before = await MeasureAsync(slug);
        await SetGoalAsync("Zwei, dann drei", Points, 3, "rural-districts", id: before.Goal.Id);
        var after = await MeasureAsync(slug);
        after.Areas.Select(a => a.Gap).ShouldBe(before.Areas.Select(a => (decimal?)Math.Max(0, 3 - a.Value!.Value)));
        after.Areas.Zip(before.Areas).ShouldAllBe(pair => pair.First.Gap == pair.Second.Gap + 1 || pair.Second.Value >= 3);
        (await AskAsync<string>("select sentence from situation.goal_history where goal_id = @Id order by id desc limit 1", new { before.Goal.Id })).ShouldBe("Zielwert: 2 → 3");
    }

    [Fact]
    public async Task A_district_that_becomes_a_city_leaves_the_goal()
    {
        var slug = await SetGoalAsync("Zwei ohne Städte", Points, 2, "rural-districts", "15");
        var rural = (await MeasureAsync(slug)).Areas.Count;
        await AsSystemAsync(s => s.GetRequiredService<TerritoryDirectory>().SetDistrictIsCityAsync("15081", true));
        (await MeasureAsync(slug)).Areas.ShouldSatisfyAllConditions(a => a.Count.ShouldBe(rural - 1), a => a.ShouldNotContain(x => x.Key == "15081"));
    }
}
