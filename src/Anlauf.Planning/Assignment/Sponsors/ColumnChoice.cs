using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Tries every choice of one column per member that takes each constituency once and costs at most the limit. A choice costs
/// at least bound + the excesses of its columns (just that without subset rows), so columns and branches above the limit fall away. Branches on the constituency
/// with the fewest columns left.
/// </summary>
internal sealed class ColumnChoice(SponsorProblem problem)
{
    /// <summary>A column with its excess over the member's least price.</summary>
    public readonly record struct Column(long Excess, UInt128 Areas, int Member, int Number, long Cost);

    private readonly List<Column[]> _live = [];
    private readonly int[] _degree = new int[problem.Constituencies];
    private readonly long[] _least = new long[problem.Members];
    private readonly int[] _chosen = new int[problem.Members];
    private long _limit, _dearest;
    private int _nodes;

    /// <summary>Columns of the best choice found, by member, or none.</summary>
    public int[]? Best { get; private set; }

    /// <summary>Room for so many columns to choose from.</summary>
    public Column[] Columns(int count)
    {
        if (_live.Count == 0) _live.Add(new Column[count]);
        if (_live[0].Length < count) _live[0] = new Column[count];
        return _live[0];
    }

    /// <summary>Tries all choices; when true, none but <see cref="Best"/> costs at most the limit.</summary>
    /// <param name="count">number of columns put into <see cref="Columns"/></param>
    /// <param name="bound">scaled bound all members together start from</param>
    /// <param name="limit">scaled; choices above it are not wanted, nor any as dear as one found</param>
    /// <param name="nodes">most nodes; false when they do not suffice</param>
    public bool Run(int count, long bound, long limit, int nodes)
    {
        (_limit, _dearest, _nodes, Best) = (limit, limit, nodes, null);
        _live[0].AsSpan(0, count).Sort((a, b) => a.Excess.CompareTo(b.Excess));
        var all = problem.Constituencies == 128 ? UInt128.MaxValue : (UInt128.One << problem.Constituencies) - 1;
        Explore(0, count, all, bound, 0);
        return _nodes >= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Explore(int depth, int count, UInt128 uncovered, long bound, long cost)
    {
        if (depth == problem.Members)
        {
            if (uncovered != 0 || cost > _dearest) return;
            Best = [.. _chosen];
            _dearest = cost - 1;
            _limit = Math.Min(_limit, _dearest);
            return;
        }
        if (--_nodes < 0) return;
        var live = _live[depth];
        for (var before = -1; before != count;)
        {
            before = count;
            count = DropDear(live, count, depth, bound);
            if (count == 0) return;
        }
        var branch = FewestColumns(live.AsSpan(0, count), uncovered);
        if (branch < 0) return;
        if (_live.Count == depth + 1) _live.Add([]);
        if (_live[depth + 1].Length < count) _live[depth + 1] = new Column[count];
        var next = _live[depth + 1];
        for (var k = 0; k < count; k++)
        {
            ref readonly var column = ref live[k];
            if (((column.Areas >> branch) & 1) == 0) continue;
            if (bound + column.Excess > _limit) return; // sorted: the rest is dearer still
            var left = 0;
            for (var other = 0; other < count; other++)
                if (live[other].Member != column.Member && (live[other].Areas & column.Areas) == 0) next[left++] = live[other];
            _chosen[column.Member] = column.Number;
            Explore(depth + 1, left, uncovered & ~column.Areas, bound + column.Excess, cost + column.Cost);
            if (_nodes < 0) return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FewestColumns(ReadOnlySpan<Column> live, UInt128 uncovered)
    {
        Array.Clear(_degree);
        foreach (ref readonly var column in live)
            for (var areas = column.Areas; areas != 0; areas &= areas - 1) _degree[(int)UInt128.TrailingZeroCount(areas)]++;
        var branch = -1;
        for (var open = uncovered; open != 0; open &= open - 1)
        {
            var v = (int)UInt128.TrailingZeroCount(open);
            if (_degree[v] == 0) return -1;
            if (branch < 0 || _degree[v] < _degree[branch]) branch = v;
        }
        return branch;
    }

    // every member still to come pays at least its least excess; 0 left means nothing fits
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DropDear(Column[] live, int count, int depth, long bound)
    {
        Array.Fill(_least, long.MaxValue);
        var members = 0;
        var sum = bound;
        for (var k = 0; k < count && members < problem.Members - depth; k++)
        {
            ref var least = ref _least[live[k].Member];
            if (least != long.MaxValue) continue;
            members++;
            least = live[k].Excess;
            sum += least;
        }
        if (members < problem.Members - depth || sum > _limit) return 0;
        var left = 0;
        for (var k = 0; k < count; k++)
            if (sum - _least[live[k].Member] + live[k].Excess <= _limit) live[left++] = live[k];
        return left;
    }
}
