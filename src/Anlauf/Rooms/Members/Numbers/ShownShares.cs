using System.Globalization;
using Anlauf.Platform.Privacy;

namespace Anlauf.Rooms.Members.Numbers;

/// <summary>Shares of people as a reader is told them: page, picture and file say the same, and none of them tells about one to four.</summary>
public static class ShownShares
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>A cohort as it is told.</summary>
    /// <param name="Year">Year of joining.</param>
    /// <param name="Began">How many joined.</param>
    /// <param name="Stayed">Percent still there after one, two, three years; null where it is not said.</param>
    /// <param name="Open">How many of these years are not over yet.</param>
    public sealed record Cohort(int Year, Told Began, IReadOnlyList<double?> Stayed, int Open);

    /// <summary>Who stayed, and who did not, may both be few; so may those who left between two columns. The current year adds up the months as they are shown.</summary>
    public static IReadOnlyList<Cohort> Cohorts(IEnumerable<(int Year, int Began, IReadOnlyList<int?> StillAfter)> cohorts, IReadOnlyCollection<ShownFlow> months, DateOnly today) =>
        [.. cohorts.Select(c => new Cohort(c.Year, c.Year == today.Year ? Told.Sum(months.Where(m => m.Month.Year == c.Year).Select(m => m.Joined)) : Told.Of(c.Began),
            [.. c.StillAfter.Select((n, i) => Stayed(c.Began, i == 0 ? c.Began : c.StillAfter[i - 1], n))], c.StillAfter.Count(n => n is null)))];

    private static double? Stayed(int began, int? before, int? now) => now is not { } n || began == 0
        || SmallCounts.Hides(began) || SmallCounts.Hides(n) || SmallCounts.Hides((before ?? n) - n) || SmallCounts.Hides(began - n) ? null : 100.0 * n / began;

    /// <summary>How many of all have something, in words and in whole percent for the picture.</summary>
    public static (string Words, double Percent) Had(int n, int of)
    {
        if (of == 0) return ("–", 0);
        if (SmallCounts.Hides(n)) return ("fast niemandem", 0);
        if (SmallCounts.Hides(of - n)) return ("fast allen", 100);
        var percent = Math.Round(100.0 * n / of);
        return (percent.ToString("0", German) + " %", percent);
    }
}
