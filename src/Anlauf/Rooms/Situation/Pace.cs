namespace Anlauf.Rooms.Situation;

/// <summary>Where a goal should be today if it advanced evenly from its start to its deadline.</summary>
public static class Pace
{
    /// <summary>Share of a goal's areas, in percent, within which it counts as being on plan.</summary>
    private const decimal Tolerance = 2;

    /// <summary>Areas that should be reached today; null without a deadline after the start.</summary>
    public static int? Due(GoalCount count, DateOnly today)
    {
        var goal = count.Goal;
        if (goal.Due is not { } due || due <= goal.StartedOn) return null;
        var passed = Math.Clamp((decimal)(today.DayNumber - goal.StartedOn.DayNumber) / (due.DayNumber - goal.StartedOn.DayNumber), 0, 1);
        return (int)Math.Round(count.Total * passed, MidpointRounding.AwayFromZero);
    }

    /// <summary>Days in which a goal is too young to be ahead of or behind anything.</summary>
    private const int FirstDays = 14;

    /// <summary>„vor dem Plan“, „im Plan“, „hinter dem Plan“; null where there is no plan, and in the first two weeks.</summary>
    public static string? Words(GoalCount count, DateOnly today)
    {
        if (count.Total == 0 || today.DayNumber - count.Goal.StartedOn.DayNumber < FirstDays || Due(count, today) is not { } due) return null;
        var ahead = 100m * (count.Reached - due) / count.Total;
        return ahead > Tolerance ? "vor dem Plan" : ahead < -Tolerance ? "hinter dem Plan" : "im Plan";
    }
}
