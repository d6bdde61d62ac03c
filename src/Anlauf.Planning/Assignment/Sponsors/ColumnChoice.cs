using System.Numerics;
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

    private readonly List<int[]> _live = []; // places in the arrays below, by depth
    private readonly int[] _degree = new int[128];
    private readonly long[] _least = new long[problem.Members];
    private readonly int[] _chosen = new int[problem.Members];
    private Column[] _columns = [];
    private ulong[] _low = [], _high = []; // areas up to 63, and from 64 on
    private long[] _excess = [];
    private int[] _member = [];
    private long _limit, _dearest;
    private int _nodes;

    /// <summary>Columns of the best choice found, by member, or none.</summary>
    public int[]? Best { get; private set; }

    /// <summary>Room for so many columns to choose from.</summary>
    public Column[] Columns(int count)
    {
        if (_columns.Length < count)
            (_columns, _low, _high, _excess, _member) = (new Column[count], new ulong[count], new ulong[count], new long[count], new int[count]);
        return _columns;
    }

    /// <summary>Tries all choices; when true, none but <see cref="Best"/> costs at most the limit.</summary>
    /// <param name="count">number of columns put into <see cref="Columns"/></param>
    /// <param name="bound">scaled bound all members together start from</param>
    /// <param name="limit">scaled; choices above it are not wanted, nor any as dear as one found</param>
    /// <param name="nodes">most nodes; false when they do not suffice</param>
    public bool Run(int count, long bound, long limit, int nodes)
    {
        (_limit, _dearest, _nodes, Best) = (limit, limit, nodes, null);
        var columns = _columns.AsSpan(0, count);
        columns.Sort((a, b) => a.Excess.CompareTo(b.Excess));
        for (var k = 0; k < count; k++)
            (_low[k], _high[k], _excess[k], _member[k]) = ((ulong)columns[k].Areas, (ulong)(columns[k].Areas >> 64), columns[k].Excess, columns[k].Member);
        var live = LiveAt(0, count);
        for (var k = 0; k < count; k++) live[k] = k;
        var all = problem.Constituencies == 128 ? UInt128.MaxValue : (UInt128.One << problem.Constituencies) - 1;
        Explore(0, count, all, bound, 0);
        return _nodes >= 0;
    }

    private int[] LiveAt(int depth, int room)
    {
        if (_live.Count == depth) _live.Add([]);
        if (_live[depth].Length < room) _live[depth] = new int[room];
        return _live[depth];
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
        var next = LiveAt(depth + 1, count);
        for (var k = 0; k < count; k++)
        {
            var column = live[k];
            if (((branch < 64 ? _low[column] : _high[column]) >> branch & 1) == 0) continue;
            if (bound + _excess[column] > _limit) return; // sorted: the rest is dearer still
            var left = Apart(live.AsSpan(0, count), next, column);
            _chosen[_member[column]] = _columns[column].Number;
            Explore(depth + 1, left, uncovered & ~_columns[column].Areas, bound + _excess[column], cost + _columns[column].Cost);
            if (_nodes < 0) return;
        }
    }

    // columns of other members without a common area
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Apart(ReadOnlySpan<int> live, int[] next, int column)
    {
        var (low, high, member) = (_low, _high, _member);
        var left = 0;
        foreach (var other in live)
        {
            next[left] = other;
            // without a branch: which columns stay is hard to foresee
            var apart = ((low[other] & low[column]) | (high[other] & high[column])) == 0 & member[other] != member[column];
            left += apart ? 1 : 0;
        }
        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FewestColumns(ReadOnlySpan<int> live, UInt128 uncovered)
    {
        var degree = _degree;
        Array.Clear(degree);
        foreach (var column in live)
        {
            for (var areas = _low[column]; areas != 0; areas &= areas - 1) degree[BitOperations.TrailingZeroCount(areas)]++;
            for (var areas = _high[column]; areas != 0; areas &= areas - 1) degree[64 + BitOperations.TrailingZeroCount(areas)]++;
        }
        var branch = -1;
        for (var open = uncovered; open != 0; open &= open - 1)
        {
            var v = (int)UInt128.TrailingZeroCount(open);
            if (degree[v] == 0) return -1;
            if (branch < 0 || degree[v] < degree[branch]) branch = v;
        }
        return branch;
    }

    // every member still to come pays at least its least excess; 0 left means nothing fits
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DropDear(int[] live, int count, int depth, long bound)
    {
        Array.Fill(_least, long.MaxValue);
        var members = 0;
        var sum = bound;
        for (var k = 0; k < count && members < problem.Members - depth; k++)
        {
            ref var least = ref _least[_member[live[k]]];
            if (least != long.MaxValue) continue;
            members++;
            least = _excess[live[k]];
            sum += least;
        }
        if (members < problem.Members - depth || sum > _limit) return 0;
        var left = 0;
        for (var k = 0; k < count; k++)
            if (sum - _least[_member[live[k]]] + _excess[live[k]] <= _limit) live[left++] = live[k];
        return left;
    }
}
