using Anlauf.Platform;
using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Presence;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Situation.Gaps;
using Anlauf.Rooms.Territory;

namespace Anlauf.Tests.Situation;

/// <summary>„Mindestens zwei Anlaufstellen – welcher Art auch immer – in jedem Flächenlandkreis“: from the goal to the gap and who looks after it.</summary>
public sealed class GoalTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>, IAsyncLifetime
{
    private const string ContactPoints = "presence.contact-points";
    private Goal goal = null!;

    private static DateOnly Today => DateOnly.FromDateTime(DateTime.Now);

    public async Task InitializeAsync()
    {
        await house.TellAsync("delete from situation.goal; delete from presence.contact_point");
        (await SaveAsync(2)).Refusal.ShouldBeNull();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<Outcome<string>> SaveAsync(decimal target, int? id = null, int? person = null)
    {
        var saxony = await house.DivisionAsync("sachsen");
        var saved = await house.UseAsync<SaveGoal, Outcome<string>>(person ?? house.StateManager, s => s.HandleAsync(new()
        {
            Id = id,
            DivisionId = saxony,
            Title = "Mindestens zwei Anlaufstellen je Landkreis",
            IndicatorId = ContactPoints,
            Target = target,
            AreaFilter = "rural-districts",
            AreaKey = "14",
        }));
        if (saved.Done) goal = (await house.UseAsync<Coverage, Goal?>(house.StateManager, c => c.GoalAsync(saved.Value!)))!;
        return saved;
    }

    private async Task<Outcome<string>> OpenAsync(string municipality, string kind = "party-office", DateOnly? closed = null)
    {
        var district = await house.DivisionAsync("kreis-14522");
        return await house.UseAsync<SaveContactPoint, Outcome<string>>(house.DistrictChair, s => s.HandleAsync(new()
        {
            DivisionId = district,
            KindId = kind,
            Name = "Büro " + kind,
            Municipality = municipality,
            OpenedOn = Today.AddDays(-100),
            ClosedOn = closed,
        }));
    }

    private Task<GoalCoverage> MeasureAsync() => house.UseAsync<Coverage, GoalCoverage>(house.StateManager, c => c.MeasureAsync(goal));
    private async Task<GoalCount> CountAsync() => (await house.UseAsync<Coverage, IReadOnlyList<GoalCount>>(house.StateManager, c => c.CountAsync([goal]))).Single();
    private async Task<AreaRow> RowAsync(string key) => (await MeasureAsync()).Areas.Single(a => a.Key == key);

    private Task<Outcome<int>> AssignAsync(string division, DateOnly? due, int? person = null, params string[] areas) => house.UseAsync<AssignWhiteSpots, Outcome<int>>(person ?? house.StateManager,
        async a => await a.HandleAsync(new() { GoalId = goal.Id, AreaKeys = areas, DivisionId = await house.DivisionAsync(division), Due = due }));

    [Fact]
    public async Task A_target_of_three_changes_every_gap()
    {
        await OpenAsync("Freiberg");
        var before = (await MeasureAsync()).Areas.ToDictionary(a => a.Key, a => a.Gap);
        (await SaveAsync(3, goal.Id)).Refusal.ShouldBeNull();
        (await MeasureAsync()).Areas.ToDictionary(a => a.Key, a => a.Gap).ShouldBe(before.ToDictionary(b => b.Key, b => b.Value + 1));
        (await house.ListAsync<string>("select sentence from situation.goal_history where goal_id = @Id order by id", goal)).ShouldBe(["Ziel angelegt", "Zielwert: 2 → 3"]);
    }

    [Fact]
    public async Task Only_the_division_of_the_goal_changes_it()
    {
        (await SaveAsync(1, goal.Id, house.DistrictChair)).Refusal!.Message.ShouldContain("können Sie nicht ändern");
        (await house.AskAsync<decimal>("select target from situation.goal where id = @Id", goal)).ShouldBe(2);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_new_kind_counts_where_its_flag_says_so(bool counts, int value)
    {
        var kind = (await house.UseAsync<SaveContactPointKind, Outcome<string>>(house.StateManager, s => s.HandleAsync(new() { Name = "Bürgerbus", Counts = counts }))).Value!;
        (await OpenAsync("Freiberg", kind)).Refusal.ShouldBeNull();
        (await RowAsync("14522")).Value.ShouldBe(value);
        // the flag may change later, and the figures follow
        await house.UseAsync<SaveContactPointKind, Outcome<string>>(house.StateManager, s => s.HandleAsync(new() { Name = "Bürgerbus", Counts = !counts }));
        (await RowAsync("14522")).Value.ShouldBe(1 - value);
    }

    [Fact]
    public async Task A_district_chair_adds_no_kind() =>
        (await house.UseAsync<SaveContactPointKind, Outcome<string>>(house.DistrictChair, s => s.HandleAsync(new() { Name = "Zelt" }))).Refusal!.Message.ShouldContain("Landesverband");

    [Fact]
    public async Task A_contact_point_needs_a_known_municipality_and_closes_after_it_opens()
    {
        (await OpenAsync("Xyzzyhausen")).Refusal!.Field.ShouldBe("Municipality");
        (await OpenAsync("Freiberg", closed: Today.AddDays(-101))).Refusal!.Field.ShouldBe("ClosedOn");
        (await house.AskAsync<int>("select count(*) from presence.contact_point")).ShouldBe(0);
    }

    [Fact]
    public async Task A_district_that_becomes_a_city_moves_to_the_other_goals_and_back()
    {
        try
        {
            (await house.UseAsync<TerritoryDirectory, bool>(null, t => t.SetDistrictIsCityAsync("14511", false))).ShouldBeTrue();
            (await MeasureAsync()).Areas.ShouldContain(a => a.Key == "14511");
            (await CountAsync()).Total.ShouldBe(11);
            await house.UseAsync<TerritoryDirectory, bool>(null, t => t.SetDistrictIsCityAsync("14522", true));
            (await MeasureAsync()).Areas.ShouldNotContain(a => a.Key == "14522");
            (await CountAsync()).Total.ShouldBe(10);
        }
        finally
        {
            await house.UseAsync<TerritoryDirectory, bool>(null, t => t.SetDistrictIsCityAsync("14511", true));
            await house.UseAsync<TerritoryDirectory, bool>(null, t => t.SetDistrictIsCityAsync("14522", false));
        }
        (await MeasureAsync()).Areas.Count.ShouldBe(10);
        (await CountAsync()).Total.ShouldBe(10);
    }

    [Fact]
    public async Task The_counts_are_those_of_the_rows()
    {
        await OpenAsync("Freiberg");
        await OpenAsync("Hainichen");
        (await AssignAsync("kreis-14521", Today.AddDays(30), areas: ["14521", "14523"])).Value.ShouldBe(2);
        (await MeasureAsync()).Count.ShouldBe(new GoalCount(goal, 10, 1, 2, 7));
        (await CountAsync()).ShouldBe(new GoalCount(goal, 10, 1, 2, 7));
    }

    [Fact]
    public async Task A_white_spot_given_twice_passes_on_to_the_second()
    {
        (await AssignAsync("kreis-14521", Today.AddDays(30), areas: ["14521", "14521"])).Value.ShouldBe(1);
        (await AssignAsync("kreis-14522", Today, areas: ["14521"])).Value.ShouldBe(1);
        var row = await RowAsync("14521");
        (row.Standing, row.Assignee, row.AssignedUntil).ShouldBe((Standing.UnderWay, "KV Mittelsachsen", Today));
        (await house.ListAsync<string>("select state from situation.assignment where goal_id = @Id order by id", goal)).ShouldBe(["returned", "open"]);
    }

    [Fact]
    public async Task What_cannot_be_given_is_refused_and_nothing_is_written()
    {
        (await AssignAsync("kreis-14521", Today.AddDays(-1), areas: ["14521"])).Refusal!.Message.ShouldContain("in der Vergangenheit");
        (await AssignAsync("kreis-14521", null, areas: ["14521"])).Refusal!.Field.ShouldBe("Due");
        (await AssignAsync("kreis-14521", Today)).Refusal!.Message.ShouldContain("mindestens ein Gebiet");
        // a district chair takes over for the own division only
        (await AssignAsync("kreis-14521", Today, house.DistrictChair, "14521")).Refusal!.Field.ShouldBe("DivisionId");
        (await house.AskAsync<int>("select count(*) from situation.assignment where goal_id = @Id", goal)).ShouldBe(0);
        (await AssignAsync("kreis-14522", Today, house.DistrictChair, "14522")).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Fewer_than_five_members_are_shown_inside_the_own_branch_only()
    {
        await house.TellAsync("""
            insert into members.member_count values ('14522230', current_date, 3), ('14521010', current_date, 4), ('14522180', current_date, 12), ('14522080', current_date, 0) on conflict do nothing
            """);
        await house.UseAsync<Coverage, int>(null, c => c.SnapshotAsync(Today, ["members.count"]));
        async Task<string> Seen(int? person) => await house.UseAsync<Coverage, string>(person, async c =>
            string.Join(' ', (await c.ValuesAsync(c.Indicators.Single(i => i.Id == "members.count"), "14")).OrderBy(v => v.AreaKey).Select(v => $"{v.AreaKey[4..]}:{(v.Value is { } n ? (int)n : "-")}")));
        (await Seen(null)).ShouldBe("1010:4 2080:0 2180:12 2230:3");
        (await Seen(house.StateManager)).ShouldBe("1010:4 2080:0 2180:12 2230:3");
        (await Seen(house.DistrictChair)).ShouldBe("1010:- 2080:0 2180:12 2230:3");
        (await Seen(house.LocalChair)).ShouldBe("1010:- 2080:0 2180:12 2230:3");
        (await Seen(house.LocalMember)).ShouldBe("1010:- 2080:0 2180:12 2230:-");
    }

    [Fact]
    public async Task A_second_snapshot_on_the_same_day_writes_nothing()
    {
        await OpenAsync("Freiberg");
        await house.UseAsync<Coverage, int>(null, c => c.SnapshotAsync(Today));
        var before = await house.AskAsync<int>("select count(*) from situation.indicator_value");
        before.ShouldBeGreaterThan(0);
        (await house.UseAsync<Coverage, int>(null, c => c.SnapshotAsync(Today))).ShouldBe(0);
        (await house.AskAsync<int>("select count(*) from situation.indicator_value")).ShouldBe(before);
    }
}
