using Anlauf.Platform.Privacy;

namespace Anlauf.Rooms.Members.Numbers;

/// <summary>A number as a reader is told it: exactly, about, or not at all.</summary>
/// <param name="Value">What is known of it; where <paramref name="Exact"/> is false an estimate made from what is shown elsewhere.</param>
public readonly record struct Told(decimal Value, bool Exact)
{
    /// <summary>„41“, „etwa 40“, „unter 5“.</summary>
    public string Words => Exact ? SmallCounts.Of((int)Value) : Value < SmallCounts.Least ? "unter 5" : "etwa " + SmallCounts.Words(SmallCounts.Estimate((int)Math.Round(Value, MidpointRounding.AwayFromZero), 0));

    /// <summary>A number that is not said below five; 2.5 stand for it in sums.</summary>
    public static Told Of(int n) => SmallCounts.Hides(n) ? new(2.5m, false) : new(n, true);

    /// <summary>The sum of what is told, and nothing more.</summary>
    public static Told Sum(IEnumerable<Told> parts) => parts.Aggregate(new Told(0, true), (a, b) => new(a.Value + b.Value, a.Exact && b.Exact));
}

/// <summary>One month as it is told. Moves are null where one of them in the whole report is small: arrivals and departures add up to the same, and would tell it.</summary>
public sealed record ShownFlow(DateOnly Month, string Place, Told? Opening, Told Joined, Told Left, Told Died, Told? In, Told? Out, Told? Closing);

/// <summary>
/// Stock and flow without a way back to a hidden number. Only the latest stock is counted; each earlier one is worked out from it and from
/// the flows as they are shown, so that no difference of two stocks says more than the flow between them does. A counted stock, rounded
/// or not, would: 218 and 222 both read „etwa 220“, and with eight who came nobody but exactly four can have gone.
/// </summary>
public static class ShownFlows
{
    /// <summary>Every month of every district.</summary>
    public static IReadOnlyList<ShownFlow> Of(IReadOnlyCollection<Flow> flows)
    {
        var moves = !flows.Any(f => SmallCounts.Hides(f.In) || SmallCounts.Hides(f.Out));
        var shown = new List<ShownFlow>();
        foreach (var place in flows.GroupBy(f => f.Place))
        {
            Told? stock = null;
            var latest = true;
            foreach (var f in place.OrderByDescending(f => f.Month))
            {
                if (latest) (stock, latest) = (Told.Of(f.Closing), false);
                var (joined, left, died) = (Told.Of(f.Joined), Told.Of(f.Left), Told.Of(f.Died));
                // a month with a move that is not told has no stock before it
                var opening = moves || f is { In: 0, Out: 0 } ? Before(stock, joined, left, died, f.In - f.Out) : null;
                shown.Add(new(f.Month, f.Place, opening, joined, left, died, moves ? new(f.In, true) : null, moves ? new(f.Out, true) : null, stock));
                stock = opening;
            }
        }
        return [.. shown.OrderBy(s => s.Month).ThenBy(s => s.Place, StringComparer.Ordinal)];
    }

    /// <summary>All districts together, from what is told of each; moves between them cancel out.</summary>
    /// <param name="joined">How many joined in all these months, where it is told beside them: the hidden ones share what is missing to it, so that the months add up to what the page says. Null: 2.5 stand for each.</param>
    public static IReadOnlyList<ShownFlow> Together(IReadOnlyCollection<Flow> flows, int? joined = null)
    {
        var hidden = flows.Count(f => SmallCounts.Hides(f.Joined));
        var each = joined is { } all && hidden > 0 && (all - flows.Sum(f => SmallCounts.Shown(f.Joined) ?? 0)) / (decimal)hidden is >= 1 and < SmallCounts.Least and var share ? share : Told.Of(1).Value;
        var total = new List<ShownFlow>();
        Told? stock = null;
        foreach (var month in flows.GroupBy(f => f.Month).OrderByDescending(g => g.Key))
        {
            Told SumOf(Func<Flow, int> number) => Told.Sum(month.Select(f => Told.Of(number(f))));
            stock ??= SumOf(f => f.Closing);
            var (came, left, died) = (Told.Sum(month.Select(f => SmallCounts.Hides(f.Joined) ? new Told(each, false) : new(f.Joined, true))), SumOf(f => f.Left), SumOf(f => f.Died));
            var opening = Before(stock, came, left, died, 0);
            total.Insert(0, new(month.Key, "", opening, came, left, died, null, null, stock));
            stock = opening;
        }
        return total;
    }

    /// <summary>Classes side by side, neighbours put together until none of their numbers is small: beside a total that is said, one hidden class is the rest.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<int> Numbers)> Merged(IEnumerable<(string Name, IReadOnlyList<int> Numbers)> classes)
    {
        var rows = classes.ToList();
        while (rows.Count > 1 && rows.FindIndex(r => r.Numbers.Any(n => SmallCounts.Hides(n))) is >= 0 and var at)
        {
            var (a, b) = at + 1 < rows.Count ? (at, at + 1) : (at - 1, at);
            rows[a] = ($"{rows[a].Name}, {rows[b].Name}", [.. rows[a].Numbers.Zip(rows[b].Numbers, (x, y) => x + y)]);
            rows.RemoveAt(b);
        }
        return rows;
    }

    private static Told? Before(Told? closing, Told joined, Told left, Told died, int moved) =>
        closing is { } c ? new(Math.Max(0, c.Value - joined.Value + left.Value + died.Value - moved), c.Exact && joined.Exact && left.Exact && died.Exact) : null;
}
