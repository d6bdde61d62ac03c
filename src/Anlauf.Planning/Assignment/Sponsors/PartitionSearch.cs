namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Decides whether a connected plan of cost at most <see cref="Threshold"/> exists. A column costs its excess over the
/// member's cheapest column under the multipliers; a plan costs exactly bound + sum of the excesses, so columns and
/// branches above the threshold fall away. Branches on the constituency with the fewest columns left.
/// </summary>
internal sealed class PartitionSearch(SponsorProblem problem, SetColumns columns, Func<bool> goOn)
{
    private readonly record struct Column(UInt128 Areas, int Member, long Excess);

    private readonly List<Column[]> _live = [];
    private readonly int[] _degree = new int[problem.Constituencies];
    private readonly long[] _least = new long[problem.Members];
    private readonly List<Column> _chosen = [];
    private bool _stopped;

    /// <summary>Plans wanted cost at most this.</summary>
    public long Threshold { get; private set; }

    /// <summary>Member of each constituency in the best plan of this search, or none.</summary>
    public int[]? Best { get; private set; }

    /// <summary>Searches; true when finished: no plan costs at most the final threshold.</summary>
    /// <param name="u">multipliers, scaled</param>
    /// <param name="threshold">plans wanted cost at most this</param>
    public bool Run(long[] u, long threshold)
    {
        Threshold = threshold;
        _live.Clear();
        var bound = columns.Evaluate(u);
        if (bound > Limit) return true;
        var kept = new List<Column>();
        for (var s = 0; s < columns.Sets.Count; s++)
        {
            var price = columns.Price(s, u);
            for (var m = 0; m < problem.Members; m++)
                if (columns.Cost(s, m) - price - columns.Cheapest[m] is var excess && bound + excess <= Limit)
                    kept.Add(new(columns.Sets[s].Areas, m, excess));
        }
        kept.Sort((a, b) => a.Excess.CompareTo(b.Excess));
        _live.Add([.. kept]);
        var all = problem.Constituencies == 128 ? UInt128.MaxValue : (UInt128.One << problem.Constituencies) - 1;
        Explore(0, kept.Count, all, bound);
        return !_stopped;
    }

    private long Limit => Threshold * columns.Scale;

    private void Explore(int depth, int count, UInt128 uncovered, long bound)
    {
        if (depth == problem.Members)
        {
            if (uncovered == 0) Take(bound);
            return;
        }
        if (_stopped || !goOn()) { _stopped = true; return; }
        var live = _live[depth];
        for (var before = -1; before != count;)
        {
            before = count;
            count = DropDear(live, count, depth, bound);
            if (count == 0) return;
        }
        Array.Clear(_degree);
        for (var k = 0; k < count; k++)
            for (var areas = live[k].Areas; areas != 0; areas &= areas - 1) _degree[(int)UInt128.TrailingZeroCount(areas)]++;
        var branch = -1;
        for (var open = uncovered; open != 0; open &= open - 1)
        {
            var v = (int)UInt128.TrailingZeroCount(open);
            if (_degree[v] == 0) return;
            if (branch < 0 || _degree[v] < _degree[branch]) branch = v;
        }
        if (branch < 0) return;
        if (_live.Count == depth + 1) _live.Add(new Column[_live[0].Length]);
        var next = _live[depth + 1];
        for (var k = 0; k < count && !_stopped; k++)
        {
            var column = live[k];
            if (((column.Areas >> branch) & 1) == 0) continue;
            var left = 0;
            for (var other = 0; other < count; other++)
                if (live[other].Member != column.Member && (live[other].Areas & column.Areas) == 0) next[left++] = live[other];
            _chosen.Add(column);
            Explore(depth + 1, left, uncovered & ~column.Areas, bound + column.Excess);
            _chosen.RemoveAt(_chosen.Count - 1);
        }
    }

    // every member still to come pays at least its least excess; 0 left means nothing fits
    private int DropDear(Column[] live, int count, int depth, long bound)
    {
        Array.Fill(_least, long.MaxValue);
        var members = 0;
        long sum = 0;
        for (var k = 0; k < count; k++)
        {
            ref var least = ref _least[live[k].Member];
            if (least == long.MaxValue) { members++; least = live[k].Excess; sum += least; } // sorted: the first is the least
        }
        if (members < problem.Members - depth || bound + sum > Limit) return 0;
        var left = 0;
        for (var k = 0; k < count; k++)
            if (bound + sum - _least[live[k].Member] + live[k].Excess <= Limit) live[left++] = live[k];
        return left;
    }

    private void Take(long scaled)
    {
        var plan = new int[problem.Constituencies];
        foreach (var column in _chosen)
            for (var areas = column.Areas; areas != 0; areas &= areas - 1) plan[(int)UInt128.TrailingZeroCount(areas)] = column.Member;
        Best = plan;
        Threshold = (scaled / columns.Scale) - 1;
    }
}
