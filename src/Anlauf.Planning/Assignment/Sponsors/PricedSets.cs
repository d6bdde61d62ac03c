using System.Collections.Concurrent;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Lists every (member, set of constituencies) within the load window whose price c(m,S) − u(S) lies near the member's
/// least. The members are divided among threads; what is listed does not depend on how many.
/// </summary>
internal sealed class PricedSets(SponsorProblem problem, long scale, int workers)
{
    /// <summary>Most constituencies: sets are 128 bits wide.</summary>
    public const int MostConstituencies = 128;

    private const long Never = 1L << 58;
    private readonly ConcurrentBag<PriceTable> _tables = [];
    private readonly UInt128?[] _cheapest = new UInt128?[problem.Members]; // the last cheapest set of each member
    private readonly long[] _leastPrice = new long[problem.Members];
    private readonly SetBuffer[] _sets = [.. Enumerable.Range(0, problem.Members).Select(_ => new SetBuffer())];

    /// <summary>Units of a multiplier in one unit of cost.</summary>
    public long Scale { get; } = scale;

    /// <summary>L(u) = Σ u + Σ_m least price of a set, scaled: a bound on the scaled cost of every plan.</summary>
    public long Bound(long[] u)
    {
        Each((m, table) => SetLeast(m, table, u, 0));
        return Sum(u);
    }

    /// <summary>
    /// <see cref="Bound"/>, and some columns little above their member's least price. Where they are too many, room
    /// shrinks; where they are few, it grows for the next time.
    /// </summary>
    public (long Bound, ColumnList Columns) Near(long[] u, ref long room, int most)
    {
        var (wanted, longest) = (room, 2 * most / problem.Members);
        var rooms = new long[problem.Members];
        Each((m, table) =>
        {
            _sets[m].Clear();
            SetLeast(m, table, u, wanted);
            if (_leastPrice[m] == Never) return;
            for (rooms[m] = wanted; ; rooms[m] = rooms[m] * 3 / 5)
            {
                table.List(_sets[m], _leastPrice[m] + rooms[m], longest);
                if (_sets[m].Count <= longest || rooms[m] <= 0) break;
                _sets[m].Clear();
            }
        });
        var columns = new ColumnList(problem, Scale, _sets);
        room = rooms.Min();
        if (columns.Count < most / 4) room = room * 5 / 4;
        return (Sum(u), columns);
    }

    /// <summary>
    /// All columns at most <paramref name="room"/> above their member's least price, or none when there are more than
    /// <paramref name="most"/>. Call <see cref="Bound"/> with the same multipliers before.
    /// </summary>
    /// <param name="u">scaled multipliers</param>
    /// <param name="room">scaled</param>
    /// <param name="most">most columns</param>
    /// <param name="evenly">whether the first members have their share of them and no more than another, so that a list much too long is noticed at the first</param>
    public ColumnList? List(long[] u, long room, int most, bool evenly = false)
    {
        var tooMany = false;
        Each((m, table) =>
        {
            _sets[m].Clear();
            if (Volatile.Read(ref tooMany)) return;
            table.Prepare(m, u, Scale, _cheapest[m], room);
            var longest = evenly ? Share(m, most) : most;
            table.List(_sets[m], _leastPrice[m] + room, longest);
            if (_sets[m].Count > longest) Volatile.Write(ref tooMany, true);
        });
        var all = 0;
        for (var m = 0; m < problem.Members && !tooMany; m++)
        {
            all += _sets[m].Count;
            tooMany = all > (evenly ? Share(m, most) : most);
        }
        return tooMany ? null : new(problem, Scale, _sets);
    }

    // what the first members may have: an even share and that of another
    private int Share(int member, int most) => (int)Math.Min(most, most * (member + 2L) / problem.Members);

    private void Each(Action<int, PriceTable> work) => Division.For(workers, problem.Members, m =>
    {
        if (!_tables.TryTake(out var table)) table = new(problem);
        work(m, table);
        _tables.Add(table);
    });

    private void SetLeast(int member, PriceTable table, long[] u, long room)
    {
        table.Prepare(member, u, Scale, _cheapest[member], room);
        var found = table.Cheapest();
        _leastPrice[member] = found?.Price ?? Never;
        _cheapest[member] = found?.Set;
    }

    private long Sum(long[] u)
    {
        var bound = u.Sum();
        foreach (var least in _leastPrice)
        {
            if (least == Never) return Never;
            bound += least;
        }
        return Math.Min(bound, Never);
    }
}
