using System.Globalization;
using Anlauf.Platform.Privacy;

namespace Anlauf.Rooms.Members.Numbers;

/// <summary>Shares as page and file may show them: what would tell about few people is left out in both.</summary>
public static class ShownShares
{
    /// <param name="Open">The time is not over for all of them.</param>
    /// <param name="Percent">With one decimal; null where it is open, or few began, stayed or went between two columns.</param>
    public readonly record struct Part(bool Open, double? Percent);

    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>Of those who began in a year, the share who stayed one, two, three years.</summary>
    public static IReadOnlyList<Part> Stayed(int began, IReadOnlyList<int?> still)
    {
        var (before, parts) = (began, new List<Part>());
        foreach (var n in still)
        {
            parts.Add(n is null ? new(true, null) : began == 0 || SmallCounts.Hides(began) || SmallCounts.Hides(n.Value) || SmallCounts.Hides(before - n.Value) ? new(false, null) : new(false, Math.Round(100.0 * n.Value / began, 1)));
            before = n ?? before;
        }
        return parts;
    }

    /// <summary>The part in words of a table.</summary>
    public static string Words(Part part) => part.Open ? "noch offen" : part.Percent is { } p ? p.ToString("0.0", German) + " %" : "–";

    /// <summary>How many of all have something, in whole percent; null where those who have it, or those who do not, are few.</summary>
    public static int? Had(int n, int all) => all == 0 || SmallCounts.Hides(n) || SmallCounts.Hides(all - n) ? null : (int)Math.Round(100.0 * n / all);

    /// <summary>The same in words: „45 %“, „fast allen“.</summary>
    public static string HadWords(int n, int all) => all == 0 ? "–" : SmallCounts.Hides(n) ? "fast niemandem" : SmallCounts.Hides(all - n) ? "fast allen" : $"{Had(n, all)} %";
}
