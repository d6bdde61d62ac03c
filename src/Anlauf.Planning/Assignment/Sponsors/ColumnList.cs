using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>Columns of a set partitioning, one per (member, set), member by member in flat arrays.</summary>
internal sealed class ColumnList
{
    private const int Block = 1024;
    private readonly SponsorProblem _problem;
    private readonly int[] _memberStart;
    private readonly UInt128[] _sets;
    private readonly long[] _cost;
    private readonly long[] _sums; // multipliers of each eight constituencies, by which of them
    private ulong[] _short = [];

    /// <param name="problem">the problem</param>
    /// <param name="scale">units of a multiplier in one unit of cost</param>
    /// <param name="sets">the sets of each member, copied</param>
    public ColumnList(SponsorProblem problem, long scale, IReadOnlyList<SetBuffer> sets)
    {
        (_problem, Scale) = (problem, scale);
        _memberStart = new int[sets.Count + 1];
        for (var m = 0; m < sets.Count; m++) _memberStart[m + 1] = _memberStart[m] + sets[m].Count;
        (_sets, _cost) = (new UInt128[Count], new long[Count]);
        for (var m = 0; m < sets.Count; m++)
        {
            sets[m].Sets.CopyTo(_sets.AsSpan(_memberStart[m]));
            sets[m].Cost.CopyTo(_cost.AsSpan(_memberStart[m]));
        }
        _sums = new long[((problem.Constituencies + 63) / 64) << 11];
    }

    /// <summary>Units of a multiplier in one unit of cost.</summary>
    public long Scale { get; }

    /// <summary>Number of columns.</summary>
    public int Count => _memberStart[^1];

    /// <summary>First column of each member, and one more at the end.</summary>
    public IReadOnlyList<int> MemberStart => _memberStart;

    /// <summary>The set of each column.</summary>
    public ReadOnlySpan<UInt128> Sets => _sets;

    /// <summary>Scaled cost of each column.</summary>
    public ReadOnlySpan<long> Cost => _cost;

    /// <summary>Member of each constituency, where each member has the column chosen for it.</summary>
    public int[] Plan(ReadOnlySpan<int> chosen)
    {
        var plan = new int[_problem.Constituencies];
        for (var m = 0; m < chosen.Length; m++)
            for (var areas = _sets[chosen[m]]; areas != 0; areas &= areas - 1) plan[(int)UInt128.TrailingZeroCount(areas)] = m;
        return plan;
    }

    /// <summary>Multipliers <see cref="Price"/> counts with from now on, and room to charge so many live columns.</summary>
    public void Prepare(ReadOnlySpan<long> u, int live)
    {
        // what each eight constituencies cost together: eight look-ups a column, whatever it holds
        for (var v = 0; v < u.Length; v += 8)
        {
            var sums = _sums.AsSpan(v << 5, 256);
            for (var bits = 1; bits < sums.Length; bits++)
                sums[bits] = sums[bits & (bits - 1)] + (v + BitOperations.TrailingZeroCount(bits) is var w && w < u.Length ? u[w] : 0);
        }
        if (_short.Length < live) _short = new ulong[live];
    }

    /// <summary>Prices c − u(S) of these live columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Price(ReadOnlySpan<int> live, Span<long> prices)
    {
        for (var k = 0; k < live.Length; k++)
        {
            var set = (ulong)_sets[live[k]];
            prices[k] = _cost[live[k]] - SumOf(set, _sums);
        }
        if (_problem.Constituencies <= 64) return;
        for (var k = 0; k < live.Length; k++) prices[k] -= SumOf((ulong)(_sets[live[k]] >> 64), _sums.AsSpan(2048));
    }

    private static long SumOf(ulong set, ReadOnlySpan<long> sums) =>
        sums[(byte)set] + sums[256 + (byte)(set >> 8)] + sums[512 + (byte)(set >> 16)] + sums[768 + (byte)(set >> 24)]
        + sums[1024 + (byte)(set >> 32)] + sums[1280 + (byte)(set >> 40)] + sums[1536 + (byte)(set >> 48)] + sums[1792 + (byte)(set >> 56)];

    /// <summary>Adds the prices of subset rows to the prices of a member's live columns from one place to before another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Charge(int[] live, int member, int from, int to, IReadOnlyList<(SubsetRow Row, long Price)> subsets, long[] prices)
    {
        if (subsets.Count == 0) return;
        if (_problem.Constituencies > 64)
        {
            foreach (var (row, price) in subsets)
                for (var k = from; k < to; k++)
                    if (row.Counts(_sets[live[k]], member)) prices[k] += price;
            return;
        }
        // vectors of columns: two common areas leave something when the lowest is taken away
        for (var k = from; k < to; k++) _short[k] = (ulong)_sets[live[k]];
        for (var block = from; block < to; block += Block)
        {
            // a block of prices stays in the nearest cache while all rows go over it
            var length = Math.Min(Block, to - block);
            foreach (var (row, price) in subsets) Charge(_short.AsSpan(block, length), prices.AsSpan(block, length), (ulong)row.Areas, row.Member == member, price);
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
