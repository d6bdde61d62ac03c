using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>Columns of a set partitioning, one per (member, set), member by member in flat arrays.</summary>
internal sealed class ColumnList(SponsorProblem problem, long scale)
{
    private readonly List<int> _memberStart = [];
    private UInt128[] _sets = new UInt128[1024];
    private long[] _cost = new long[1024];
    private int[] _areaStart = new int[1025];
    private byte[] _areas = new byte[8192];

    /// <summary>Units of a multiplier in one unit of cost.</summary>
    public long Scale { get; } = scale;

    /// <summary>Number of columns.</summary>
    public int Count { get; private set; }

    /// <summary>First column of each member, and one more at the end.</summary>
    public IReadOnlyList<int> MemberStart => _memberStart;

    /// <summary>The set of each column.</summary>
    public ReadOnlySpan<UInt128> Sets => _sets;

    /// <summary>Scaled cost of each column.</summary>
    public ReadOnlySpan<long> Cost => _cost;

    /// <summary>Constituencies of a column.</summary>
    public ReadOnlySpan<byte> Areas(int column) => _areas.AsSpan(_areaStart[column], _areaStart[column + 1] - _areaStart[column]);

    /// <summary>The columns added next belong to the next member; called once more at the end.</summary>
    public void BeginMember() => _memberStart.Add(Count);

    /// <summary>Adds a set for the current member.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(UInt128 set)
    {
        if (Count == _sets.Length)
        {
            Array.Resize(ref _sets, Count * 2);
            Array.Resize(ref _cost, Count * 2);
            Array.Resize(ref _areaStart, (Count * 2) + 1);
        }
        var at = _areaStart[Count];
        if (at + problem.Constituencies > _areas.Length) Array.Resize(ref _areas, (_areas.Length + problem.Constituencies) * 2);
        var row = (_memberStart.Count - 1) * problem.Constituencies;
        long cost = 0;
        for (var open = set; open != 0; open &= open - 1)
        {
            var v = (int)UInt128.TrailingZeroCount(open);
            _areas[at++] = (byte)v;
            cost += problem.Cost[row + v];
        }
        (_sets[Count], _cost[Count], _areaStart[++Count]) = (set, cost * Scale, at);
    }

    /// <summary>Prices c − u(S) of the live columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Price(ReadOnlySpan<int> live, ReadOnlySpan<long> u, Span<long> prices)
    {
        var areas = _areas;
        for (var k = 0; k < live.Length; k++)
        {
            var column = live[k];
            var price = _cost[column];
            var end = _areaStart[column + 1];
            for (var at = _areaStart[column]; at < end; at++) price -= u[areas[at]];
            prices[k] = price;
        }
    }
}
