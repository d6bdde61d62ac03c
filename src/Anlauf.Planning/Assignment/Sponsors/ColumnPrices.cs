using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// The Lagrangian bound of set partitioning over live columns in whole numbers: L(u, σ) = Σ u − Σ σ + Σ_m min (c − u(S) + the
/// prices σ of the subset rows the column counts in).
/// </summary>
internal sealed class ColumnPrices(SponsorProblem problem, ColumnList columns)
{
    private const long None = 1L << 58;

    /// <summary>Prices of the live columns after an evaluation, in their order.</summary>
    public long[] Prices { get; } = new long[columns.Count];

    /// <summary>Least price of each member after an evaluation.</summary>
    public long[] Least { get; } = new long[problem.Members];

    /// <summary>L(u, σ), scaled; very large when some member has no column left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Evaluate(long[] u, int[] live, int[] memberStart, IReadOnlyList<(SubsetRow Row, long Price)>? subsets = null)
    {
        columns.Price(live.AsSpan(0, memberStart[^1]), u, Prices);
        columns.Charge(live, memberStart, subsets ?? [], Prices);
        long bound = 0;
        foreach (var (_, price) in subsets ?? []) bound -= price;
        for (var m = 0; m < problem.Members; m++)
        {
            var least = long.MaxValue;
            for (var k = memberStart[m]; k < memberStart[m + 1]; k++)
                least = Math.Min(least, Prices[k]);
            if (least == long.MaxValue) return None;
            Least[m] = least;
            bound += least;
        }
        foreach (var multiplier in u) bound += multiplier;
        return bound;
    }
}
