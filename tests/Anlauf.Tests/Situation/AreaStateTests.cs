using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Situation;

namespace Anlauf.Tests.Situation;

/// <summary>How an area stands towards a goal.</summary>
public sealed class AreaStateTests
{
    [Theory]
    [InlineData(2.0, 2.0, true, false, Standing.Reached)]
    [InlineData(3.0, 2.0, true, true, Standing.Reached)]
    [InlineData(1.0, 2.0, true, true, Standing.UnderWay)]
    [InlineData(1.0, 2.0, true, false, Standing.Missing)]
    [InlineData(null, 2.0, true, false, Standing.Unknown)]
    [InlineData(null, 2.0, true, true, Standing.UnderWay)]
    [InlineData(3.0, 2.0, false, false, Standing.Missing)]
    [InlineData(2.0, 2.0, false, false, Standing.Reached)]
    public void A_value_a_target_and_whether_somebody_looks_after_it_make_the_state(double? value, double target, bool atLeast, bool lookedAfter, Standing expected) =>
        AreaState.Of((decimal?)value, (decimal)target, atLeast, lookedAfter).ShouldBe(expected);

    [Fact]
    public void A_gap_is_never_negative_and_unknown_stays_unknown()
    {
        AreaState.Gap(3, 2, true).ShouldBe(0);
        AreaState.Gap(1, 3, true).ShouldBe(2);
        AreaState.Gap(5, 2, false).ShouldBe(3);
        AreaState.Gap(null, 2, true).ShouldBeNull();
    }
}

/// <summary>Where the pace of the last weeks leads.</summary>
public sealed class OutlookTests
{
    private static readonly DateOnly Today = new(2026, 11, 17), Due = new(2027, 4, 8);

    [Fact]
    public void The_pace_of_eight_weeks_is_drawn_on_to_the_deadline()
    {
        var outlook = Outlook.Of([(Today.AddDays(-56), 227), (Today, 270)], 270, 418, Today, Due).ShouldNotBeNull();
        // 43 in 56 days, 142 days left: 270 + 109 = 379
        (outlook.Expected, outlook.Left, outlook.Weeks).ShouldBe((379, 39, 8));
    }

    [Fact]
    public void It_never_promises_more_areas_than_there_are() =>
        Outlook.Of([(Today.AddDays(-56), 100), (Today, 400)], 400, 418, Today, Due)!.Expected.ShouldBe(418);

    [Fact]
    public void Less_than_two_weeks_are_too_little_to_go_by() =>
        Outlook.Of([(Today.AddDays(-7), 100), (Today, 110)], 110, 418, Today, Due).ShouldBeNull();

    [Fact]
    public void Without_a_deadline_ahead_there_is_no_outlook()
    {
        Outlook.Of([(Today.AddDays(-56), 100)], 110, 418, Today, null).ShouldBeNull();
        Outlook.Of([(Today.AddDays(-56), 100)], 110, 418, Today, Today).ShouldBeNull();
    }
}

/// <summary>Whether a goal is on plan.</summary>
public sealed class PaceTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static GoalCount Count(int reached, int daysOld) => new(new(1, 1, "liste", "Liste", "territory.council-list", "at-least", 1, "municipality", "all", "14", Today.AddDays(-daysOld), Today.AddDays(daysOld), null, null, null, null), 400, reached, 0, 400 - reached);

    private static Outlook.Result Expecting(int expected) => new(expected, 400 - expected, 1, Today.AddDays(-56), 0, 8);

    [Fact]
    public void Half_of_the_time_asks_for_half_of_the_areas()
    {
        Pace.Due(Count(200, 100), Today).ShouldBe(200);
        Pace.Words(Count(200, 100), Today, null).ShouldBe("im Plan");
        Pace.Words(Count(250, 100), Today, null).ShouldBe("vor dem Plan");
        Pace.Words(Count(150, 100), Today, null).ShouldBe("hinter dem Plan");
    }

    [Fact]
    public void In_the_first_two_weeks_nothing_is_said()
    {
        Pace.Words(Count(400, 13), Today, null).ShouldBeNull();
        Pace.Due(Count(400, 13), Today).ShouldBeNull();
        Pace.Words(Count(400, 14), Today, null).ShouldBe("vor dem Plan");
    }

    [Fact]
    public void The_plan_and_the_forecast_never_contradict_each_other()
    {
        Pace.Words(Count(200, 100), Today, Expecting(380)).ShouldBeNull();
        Pace.Words(Count(150, 100), Today, Expecting(400)).ShouldBeNull();
        Pace.Words(Count(200, 100), Today, Expecting(400)).ShouldBe("im Plan");
        Pace.Words(Count(150, 100), Today, Expecting(300)).ShouldBe("hinter dem Plan");
    }
}
