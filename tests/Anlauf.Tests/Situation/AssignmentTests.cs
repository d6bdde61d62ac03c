using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Situation.Gaps;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Situation;

/// <summary>Who looks after a white spot, and what others may see of small numbers.</summary>
public sealed class AssignmentTests(TestDatabase database) : SituationTest(database), IClassFixture<TestDatabase>
{
    private const string Members = "members.count";

    private Task<int> DivisionAsync(string slug) => AskAsync<int>("select id from organisation.division where slug = @slug", new { slug })!;

    private static async Task<Anlauf.Platform.Outcome<int>> AssignAsync(IServiceProvider services, GoalCoverage goal, int division, params string[] areas) =>
        await services.GetRequiredService<AssignWhiteSpots>().HandleAsync(new() { GoalId = goal.Goal.Id, AreaKeys = areas, DivisionId = division, Due = DateOnly.FromDateTime(DateTime.Today).AddDays(30) });

    [Fact]
    public async Task A_white_spot_that_is_given_to_somebody_is_under_way_in_row_and_count()
    {
        var slug = await SetGoalAsync("Ein Büro je Gemeinde", "presence.contact-points-local", 1);
        var before = await MeasureAsync(slug);
        before.Missing.ShouldBe(418);
        var division = await DivisionAsync("kreis-14522");
        (await AsSystemAsync(s => AssignAsync(s, before, division, "14522180", "14522080"))).Value.ShouldBe(2);
        var after = await MeasureAsync(slug);
        (after.UnderWay, after.Missing).ShouldBe((2, 416));
        after.Areas.Single(a => a.Key == "14522180").ShouldSatisfyAllConditions(a => a.Standing.ShouldBe(Standing.UnderWay), a => a.Assignee.ShouldBe("KV Mittelsachsen"));
        (await AsSystemAsync(s => s.GetRequiredService<Coverage>().CountAsync([after.Goal]))).ShouldBe([after.Count]);
    }

    [Fact]
    public async Task An_assignment_that_is_given_back_leaves_a_white_spot_and_a_sentence_why()
    {
        var goal = await MeasureAsync(await SetGoalAsync("Zurück", "presence.contact-points-local", 1, area: "14523"));
        var division = await DivisionAsync("kreis-14523");
        await AsSystemAsync(s => AssignAsync(s, goal, division, "14523320"));
        var id = (await MeasureAsync(goal.Goal.Slug)).Areas.Single(a => a.Key == "14523320").AssignmentId!.Value;
        (await AsSystemAsync(s => s.GetRequiredService<ReportOnAssignment>().HandleAsync(new() { Id = id, State = "returned" }))).Refusal!.Message.ShouldContain("Grund");
        (await AsSystemAsync(s => s.GetRequiredService<ReportOnAssignment>().HandleAsync(new() { Id = id, State = "returned", Sentence = "Der Raum ist vergeben." }))).Done.ShouldBeTrue();
        (await MeasureAsync(goal.Goal.Slug)).Areas.Single(a => a.Key == "14523320").Standing.ShouldBe(Standing.Missing);
        (await AskAsync<string>("select sentence from situation.assignment_report where assignment_id = @id", new { id })).ShouldBe("Der Raum ist vergeben.");
    }

    [Fact]
    public async Task A_district_chair_takes_over_for_the_own_district_and_not_for_the_neighbour()
    {
        var goal = await MeasureAsync(await SetGoalAsync("Übernehmen", "presence.contact-points-local", 1));
        var person = await AddOfficerAsync("kreis-14524", "chair", "situation:read:P1:subtree situation:edit:P1:subtree goals:read:P1:chain");
        await using var scope = Database.As(person);
        (await AssignAsync(scope.ServiceProvider, goal, await DivisionAsync("kreis-14524"), "14524330")).Done.ShouldBeTrue();
        (await AssignAsync(scope.ServiceProvider, goal, await DivisionAsync("kreis-14522"), "14522180")).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Fewer_than_five_members_are_shown_only_to_those_who_may_see_the_persons()
    {
        await ExecuteAsync("insert into members.member_count values ('14524330', date '2026-11-01', 3), ('14524180', date '2026-11-01', 12), ('14523320', date '2026-11-01', 4) on conflict do nothing");
        await AsSystemAsync(async s => { await s.GetRequiredService<IndicatorRefresh>().RunAsync(); return 0; });
        var slug = await SetGoalAsync("Mitglieder", Members, 5, area: "14");
        var stranger = await AddOfficerAsync("kreis-14522", "reader", "situation:read:P1:chain goals:read:P1:chain");
        var own = await AddOfficerAsync("kreis-14524", "carer", "situation:read:P1:chain goals:read:P1:chain people:read:P2:subtree");
        async Task<decimal?[]> SeenAsync(int person)
        {
            await using var scope = Database.As(person);
            var coverage = scope.ServiceProvider.GetRequiredService<Coverage>();
            var areas = (await coverage.MeasureAsync((await coverage.GoalAsync(slug))!)).Areas.ToDictionary(a => a.Key, a => a.Value);
            return [areas["14524330"], areas["14524180"], areas["14523320"]];
        }
        (await SeenAsync(stranger)).ShouldBe([null, 12, null]);
        (await SeenAsync(own)).ShouldBe([3, 12, null]);
    }

    [Fact]
    public async Task The_trend_of_member_counts_cannot_be_narrowed_down_to_one_municipality()
    {
        await AsSystemAsync(async s => { await s.GetRequiredService<IndicatorRefresh>().RunAsync(); return 0; });
        var slug = await SetGoalAsync("Verlauf", Members, 5, area: "14");
        async Task<int> DaysAsync(string? within) => await AsSystemAsync(async s =>
        {
            var coverage = s.GetRequiredService<Coverage>();
            return (await coverage.TrendAsync((await coverage.GoalAsync(slug))!, within)).Count;
        });
        await ExecuteAsync("insert into members.member_count values ('14612000', date '2026-11-01', 900) on conflict do nothing");
        await AsSystemAsync(async s => { await s.GetRequiredService<IndicatorRefresh>().RunAsync(); return 0; });
        (await DaysAsync(null)).ShouldBeGreaterThan(0);
        (await DaysAsync("14612000")).ShouldBe(0);
    }

    [Fact]
    public async Task The_trend_follows_the_days_values_changed()
    {
        var slug = await SetGoalAsync("Listen", "presence.contact-points-local", 2, area: "14730");
        await ExecuteAsync("""
            insert into situation.indicator_value values ('presence.contact-points-local', '14730110', current_date - 30, 2), ('presence.contact-points-local', '14730020', current_date - 10, 2),
              ('presence.contact-points-local', '14730110', current_date - 4, 1);
            select situation.retrace(array(select id from situation.goal)) -- as Coverage.SnapshotAsync does after every change of figures
            """);
        var trend = await AsSystemAsync(async s =>
        {
            var coverage = s.GetRequiredService<Coverage>();
            return await coverage.TrendAsync((await coverage.GoalAsync(slug))!);
        });
        trend.Select(t => t.Reached).ShouldBe([1, 1, 1, 2, 1]);
    }
}
