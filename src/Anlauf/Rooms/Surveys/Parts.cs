namespace Anlauf.Rooms.Surveys;

/// <summary>Turnout by district without cells that point at few: small ones are put together until each row stands for enough people.</summary>
public static class Parts
{
    /// <summary>Fewest people a row stands for, among those who took part and among those who did not.</summary>
    public const int Least = 5;

    /// <summary>
    /// Rows in which at least <see cref="Least"/> took part and as many were asked beyond that. Those that are smaller are one row
    /// „übrige“; where even that is too small, the smallest of the others joins it, so that no row can be computed from the sum. Empty
    /// where only one row would remain.
    /// </summary>
    public static IReadOnlyList<Turnout> Of(IEnumerable<Turnout> all)
    {
        var rows = all.OrderByDescending(t => t.Asked).ThenBy(t => t.Division, StringComparer.Ordinal).ToList();
        var small = rows.Where(t => !Enough(t)).ToList();
        rows.RemoveAll(t => !Enough(t));
        while (small.Count > 0 && !Enough(Together(small)) && rows.Count > 0)
        {
            small.Add(rows[^1]);
            rows.RemoveAt(rows.Count - 1);
        }
        if (small.Count > 0 && Enough(Together(small))) rows.Add(Together(small));
        return rows.Count > 1 ? rows : [];
    }

    private static bool Enough(Turnout t) => t.TookPart >= Least && t.Asked - t.TookPart >= Least;
    private static Turnout Together(IReadOnlyCollection<Turnout> few) => new("übrige", few.Sum(t => t.Asked), few.Sum(t => t.TookPart), few.Sum(t => t.OnPaper));
}
