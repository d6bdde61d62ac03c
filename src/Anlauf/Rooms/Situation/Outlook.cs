namespace Anlauf.Rooms.Situation;

/// <summary>Where the pace of the last eight weeks leads by the due date. A straight line, said to be one; no forecast.</summary>
public static class Outlook
{
    /// <summary>Areas that would be reached on the due date, and the basis of the calculation; null where there is too little to go by.</summary>
    public sealed record Result(int Expected, int Left, decimal PerWeek, DateOnly From, int FromReached, int Weeks);

    /// <summary>Extends the pace between the first snapshot within the last 56 days and today.</summary>
    public static Result? Of(IReadOnlyList<(DateOnly Day, int Reached)> trend, int reachedNow, int total, DateOnly today, DateOnly? due)
    {
        if (due is not { } end || end <= today) return null;
        var since = trend.Where(t => t.Day >= today.AddDays(-56) && t.Day < today).OrderBy(t => t.Day).ToList();
        if (since.Count == 0 || today.DayNumber - since[0].Day.DayNumber < 14) return null;
        var days = today.DayNumber - since[0].Day.DayNumber;
        var perDay = (decimal)(reachedNow - since[0].Reached) / days;
        var expected = (int)Math.Clamp(Math.Floor(reachedNow + perDay * (end.DayNumber - today.DayNumber)), 0, total);
        return new(expected, total - expected, Math.Round(perDay * 7, 1), since[0].Day, since[0].Reached, days / 7);
    }
}
