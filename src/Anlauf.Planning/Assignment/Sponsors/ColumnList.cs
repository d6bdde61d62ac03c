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
    private readonly long[] _sums = new long[((problem.Constituencies + 63) / 64) << 11]; // multipliers of each eight constituencies, by which of them

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

    /// <summary>Forgets all columns but so many.</summary>
    public void Forget(int count) => Count = count;

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
        // what each eight constituencies cost together: eight look-ups a column, whatever it holds
        for (var v = 0; v < u.Length; v += 8)
        {
            var sums = _sums.AsSpan(v << 5, 256);
            for (var bits = 1; bits < sums.Length; bits++)
                sums[bits] = sums[bits & (bits - 1)] + (v + BitOperations.TrailingZeroCount(bits) is var w && w < u.Length ? u[w] : 0);
        }
        for (var k = 0; k < live.Length; k++)
        {
            var set = (ulong)_sets[live[k]];
            prices[k] = _cost[live[k]] - SumOf(set, _sums);
        }
        if (u.Length <= 64) return;
        for (var k = 0; k < live.Length; k++) prices[k] -= SumOf((ulong)(_sets[live[k]] >> 64), _sums.AsSpan(2048));
    }

    private static long SumOf(ulong set, ReadOnlySpan<long> sums) =>
        sums[(byte)set] + sums[256 + (byte)(set >> 8)] + sums[512 + (byte)(set >> 16)] + sums[768 + (byte)(set >> 24)]
        + sums[1024 + (byte)(set >> 32)] + sums[1280 + (byte)(set >> 40)] + sums[1536 + (byte)(set >> 48)] + sums[1792 + (byte)(set >> 56)];

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
