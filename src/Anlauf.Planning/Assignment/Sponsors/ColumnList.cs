using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>Columns of a set partitioning, one per (member, set), member by member in flat arrays.</summary>
internal sealed class ColumnList(SponsorProblem problem, long scale)
{
    private const int Block = 1024;
    private readonly List<int> _memberStart = [];
    private UInt128[] _sets = new UInt128[1024];
    private long[] _cost = new long[1024];
    private int[] _areaStart = new int[1025];
    private byte[] _areas = new byte[8192];
    private ulong[] _short = [];

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

    /// <summary>Adds the prices of subset rows to the prices of the live columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Charge(int[] live, int[] memberStart, IReadOnlyList<(SubsetRow Row, long Price)> subsets, long[] prices)
    {
        if (subsets.Count == 0) return;
        var all = memberStart[^1];
        if (problem.Constituencies > 64)
        {
            foreach (var (row, price) in subsets)
                for (var m = 0; m < problem.Members; m++)
                    for (var k = memberStart[m]; k < memberStart[m + 1]; k++)
                        if (row.Counts(_sets[live[k]], m)) prices[k] += price;
            return;
        }
        // vectors of columns: two common areas leave something when the lowest is taken away
        if (_short.Length < all) _short = new ulong[all];
        for (var k = 0; k < all; k++) _short[k] = (ulong)_sets[live[k]];
        for (var m = 0; m < problem.Members; m++)
            for (var block = memberStart[m]; block < memberStart[m + 1]; block += Block)
            {
                // a block of prices stays in the nearest cache while all rows go over it
                var length = Math.Min(Block, memberStart[m + 1] - block);
                foreach (var (row, price) in subsets) Charge(_short.AsSpan(block, length), prices.AsSpan(block, length), (ulong)row.Areas, row.Member == m, price);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Charge(ReadOnlySpan<ulong> sets, Span<long> prices, ulong areas, bool one, long price)
    {
        var from = MemoryMarshal.Cast<ulong, Vector<ulong>>(sets);
        var to = MemoryMarshal.Cast<long, Vector<long>>(prices[..sets.Length]);
        var mask = new Vector<ulong>(areas);
        var charge = new Vector<long>(price);

        for (var k = 0; k < from.Length; k++)
        {
            var common = from[k] & mask;
            // without the lowest area; for the member of the row any common area counts
            var left = one ? common : common & (common - Vector<ulong>.One);
            to[k] += Vector.AndNot(charge, Vector.AsVectorInt64(Vector.Equals(left, Vector<ulong>.Zero)));
        }
        for (var k = from.Length * Vector<ulong>.Count; k < sets.Length; k++)
        {
            var common = sets[k] & areas;
            if ((one ? common : common & (common - 1)) != 0) prices[k] += price;
        }
    }
}
