namespace Anlauf.Rooms.Situation;

/// <summary>Where a goal should be today if it advanced evenly from its start to its deadline.</summary>
public static class Pace
{
    /// <summary>Share of a goal's areas, in percent, within which it counts as being on plan.</summary>
    private const decimal Tolerance = 2;

    /// <summary>Days in which a goal is too young to be ahead of or behind anything.</summary>
    private const int FirstDays = 14;

    /// <summary>Areas that should be reached today; null without a deadline after the start, and in the first two weeks.</summary>
    public static int? Due(GoalCount count, DateOnly today)
    {
        var goal = count.Goal;
        if (goal.Due is not { } due || due <= goal.StartedOn || today.DayNumber - goal.StartedOn.DayNumber < FirstDays) return null;
        var passed = Math.Clamp((decimal)(today.DayNumber - goal.StartedOn.DayNumber) / (due.DayNumber - goal.StartedOn.DayNumber), 0, 1);
        return (int)Math.Round(count.Total * passed, MidpointRounding.AwayFromZero);
    }

    /// <summary>
    /// „vor dem Plan“, „im Plan“, „hinter dem Plan“; null where there is no plan, and where the pace of the last weeks says otherwise:
    /// on plan today, but short of the goal on the due date, or behind, but there in time.
    /// </summary>
    public static string? Words(GoalCount count, DateOnly today, Outlook.Result? outlook)
    {
        if (count.Total == 0 || Due(count, today) is not { } due) return null;
        var ahead = 100m * (count.Reached - due) / count.Total;
        if (outlook is not null && (ahead < -Tolerance) != (outlook.Left > 0)) return null;
        return ahead > Tolerance ? "vor dem Plan" : ahead < -Tolerance ? "hinter dem Plan" : "im Plan";
    }
}
