namespace Anlauf.Rooms.Meetings.Review;

/// <summary>Days of what the intake reads: a day („2026-12-15“), a month, a year, or a range of days („2026-12-15/2026-12-17“).</summary>
internal static class IsoDays
{
    /// <summary>The day, or the first one of a range; null where the text names none.</summary>
    public static DateOnly? First(string? iso) => Exact(iso?.Split('/')[0]);

    /// <summary>Last day of a day, month, year or range: until then it must be done.</summary>
    public static DateOnly? Last(string? iso)
    {
        if (iso is null) return null;
        var end = iso.Split('/')[^1];
        if (Exact(end) is { } day) return day;
        if (Exact(end + "-01") is { } month) return month.AddMonths(1).AddDays(-1);
        return end.Length == 4 && int.TryParse(end, out var year) ? new DateOnly(year, 12, 31) : null;
    }

    /// <summary>First day of a range; null for everything else.</summary>
    public static DateOnly? FirstOfRange(string? iso) => iso is not null && iso.Contains('/', StringComparison.Ordinal) ? First(iso) : null;

    /// <summary>Last day of a range; null for everything else.</summary>
    public static DateOnly? LastOfRange(string iso) => iso.Split('/') is [_, var to] ? Exact(to) : null;

    /// <summary>A single day; null for months, years and ranges.</summary>
    public static DateOnly? Exact(string? iso) => DateOnly.TryParseExact(iso, "yyyy-MM-dd", out var day) ? day : null;
}
