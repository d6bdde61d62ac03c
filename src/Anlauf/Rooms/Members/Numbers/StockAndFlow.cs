namespace Anlauf.Rooms.Members.Numbers;

/// <summary>One membership over time, as far as counting needs it.</summary>
/// <param name="Place">The district it belongs to now.</param>
/// <param name="Age">Age class on the day of the report; fixed, so that growing older is no movement.</param>
/// <param name="From">Effective since.</param>
/// <param name="Left">Ended on; that day no longer counts.</param>
public sealed record Spell(int Id, string Place, string Age, DateOnly From, DateOnly? Left, string? Reason);

/// <summary>A membership moved from one district to another; from that day on it counts there.</summary>
public sealed record Move(int SpellId, string From, string To, DateOnly On);

/// <summary>One month in one district: what there was, what came and went, what there is.</summary>
public sealed record Flow(DateOnly Month, string Place, int Opening, int Joined, int Left, int Died, int In, int Out, int Closing)
{
    /// <summary>Stock(t) = stock(t−1) + joins − leaves ± transfers; counted from both ends, so that it can fail.</summary>
    public bool Holds => Closing == Opening + Joined - Left - Died + In - Out;
}

/// <summary>Stock and flow of members (H8). Stock is counted from the spells on a day, flow from what happened between two days: the two must agree.</summary>
public static class StockAndFlow
{
    /// <summary>Flows of each month from <paramref name="first"/> to <paramref name="last"/> (first days of months) and each district that occurs.</summary>
    public static IReadOnlyList<Flow> Of(IReadOnlyCollection<Spell> spells, IEnumerable<Move> moves, DateOnly first, DateOnly last)
    {
        var ways = moves.Where(m => m.From != m.To).OrderBy(m => m.On).ToLookup(m => m.SpellId);
        var months = new List<DateOnly>();
        for (var month = first; month <= last; month = month.AddMonths(1)) months.Add(month);
        var places = spells.Select(s => s.Place).Concat(ways.SelectMany(w => w).SelectMany(m => new[] { m.From, m.To })).Distinct().Order(StringComparer.Ordinal).ToList();
        var cells = new Dictionary<(DateOnly, string), int[]>();
        int[] Cell(DateOnly month, string place) => cells.TryGetValue((month, place), out var cell) ? cell : cells[(month, place)] = new int[7];
        foreach (var spell in spells)
        {
            var way = ways[spell.Id].ToList();
            foreach (var month in months)
            {
                var (before, end) = (month.AddDays(-1), month.AddMonths(1).AddDays(-1));
                if (Counts(spell, before)) Cell(month, PlaceOn(spell, way, before))[0]++;
                if (Counts(spell, end)) Cell(month, PlaceOn(spell, way, end))[6]++;
            }
            if (Month(spell.From) is { } began && spell.Left != spell.From) Cell(began, PlaceOn(spell, way, spell.From))[1]++;
            if (spell.Left is { } left && left != spell.From && Month(left) is { } ended) Cell(ended, PlaceOn(spell, way, left))[spell.Reason == "died" ? 3 : 2]++;
            foreach (var move in way.Where(m => m.On > spell.From && (spell.Left is null || m.On <= spell.Left)))
                if (Month(move.On) is { } month)
                {
                    Cell(month, move.To)[4]++;
                    Cell(month, move.From)[5]++;
                }
        }
        return [.. from month in months from place in places let c = cells.GetValueOrDefault((month, place)) where c is not null select new Flow(month, place, c[0], c[1], c[2], c[3], c[4], c[5], c[6])];

        DateOnly? Month(DateOnly day) => day >= first && day < last.AddMonths(1) ? new DateOnly(day.Year, day.Month, 1) : null;
    }

    /// <summary>The same for all districts together; moves between them cancel out.</summary>
    public static IReadOnlyList<Flow> Together(IEnumerable<Flow> flows) =>
        [.. flows.GroupBy(f => f.Month).OrderBy(g => g.Key).Select(g => new Flow(g.Key, "", g.Sum(f => f.Opening), g.Sum(f => f.Joined), g.Sum(f => f.Left), g.Sum(f => f.Died), g.Sum(f => f.In), g.Sum(f => f.Out), g.Sum(f => f.Closing)))];

    /// <summary>How many of those who became members in a year still are after so many years; null where the time is not over for all of them.</summary>
    public static IReadOnlyList<(int Year, int Began, IReadOnlyList<int?> StillAfter)> Retention(IEnumerable<Spell> spells, DateOnly today, int years = 3) =>
        [.. spells.Where(s => s.From <= today && s.Left != s.From).GroupBy(s => s.From.Year).OrderBy(g => g.Key).Select(g => (g.Key, g.Count(),
            (IReadOnlyList<int?>)[.. Enumerable.Range(1, years).Select(n => new DateOnly(g.Key, 12, 31).AddYears(n) <= today ? g.Count(s => s.Left is null || s.Left > s.From.AddYears(n)) : (int?)null)]))];

    private static bool Counts(Spell spell, DateOnly day) => spell.From <= day && (spell.Left is null || spell.Left > day);

    // where it was on a day: the first move after that day came from there
    private static string PlaceOn(Spell spell, List<Move> way, DateOnly day) => way.Find(m => m.On > day)?.From ?? spell.Place;
}
