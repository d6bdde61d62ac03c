namespace Anlauf.Rooms.Members.Statutes;

/// <summary>
/// When a declared resignation takes effect. A statute may name a later day as usual; leaving at once stays possible whatever it says
/// (PartG § 10 Abs. 2 Satz 3).
/// </summary>
public static class Resignation
{
    /// <summary>The usual day by the value of the rule „resignation“; today where the statute names none.</summary>
    /// <param name="rule">at-once, month-end, quarter-end or year-end.</param>
    public static DateOnly Usual(string? rule, DateOnly today) => rule switch
    {
        "month-end" => EndOf(today, today.Month),
        "quarter-end" => EndOf(today, (today.Month + 2) / 3 * 3),
        "year-end" => EndOf(today, 12),
        _ => today,
    };

    private static DateOnly EndOf(DateOnly day, int month) => new(day.Year, month, DateTime.DaysInMonth(day.Year, month));
}
