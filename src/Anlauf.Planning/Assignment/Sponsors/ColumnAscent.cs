using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// The Lagrangian bound of set partitioning over live columns, L(u) = Σ u + Σ_m min (c − u(S)), and its ascent: Polyak's
/// step length, direction deflected as in Camerini, Fratta and Maffioli (1975). Whole numbers wherever a bound is meant.
/// </summary>
internal sealed class ColumnAscent(SponsorProblem problem, ColumnList columns)
{
    private const long None = 1L << 58;
    private readonly long[] _rounded = new long[problem.Constituencies];
    private readonly double[] _point = new double[problem.Constituencies];
    private readonly double[] _direction = new double[problem.Constituencies];
    private readonly int[] _taken = new int[problem.Constituencies];
    private readonly int[] _chosen = new int[problem.Members];

    /// <summary>Prices of the live columns after an evaluation, in their order.</summary>
    public long[] Prices { get; } = new long[columns.Count];

    /// <summary>Least price of each member after an evaluation.</summary>
    public long[] Least { get; } = new long[problem.Members];

    /// <summary>Hears of every plan met on the way: a column per member.</summary>
    public Action<ReadOnlySpan<int>>? Found { get; set; }

    /// <summary>L(u), scaled; very large when some member has no column left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Evaluate(long[] u, int[] live, int[] memberStart)
    {
        columns.Price(live.AsSpan(0, memberStart[^1]), u, Prices);
        long bound = 0;
        for (var m = 0; m < problem.Members; m++)
        {
            var (least, at) = (long.MaxValue, -1);
            for (var k = memberStart[m]; k < memberStart[m + 1]; k++)
                if (Prices[k] < least) (least, at) = (Prices[k], k);
            if (at < 0) return None;
            (Least[m], _chosen[m]) = (least, live[at]);
            bound += least;
        }
        foreach (var multiplier in u) bound += multiplier;
        return bound;
    }

    /// <summary>Climbs from <paramref name="u"/>, which ends as the best multipliers found, and returns their bound.</summary>
    /// <param name="u">in and out, scaled</param>
    /// <param name="live">columns, member by member</param>
    /// <param name="memberStart">first live column of each member</param>
    /// <param name="limit">the climb ends as soon as the bound exceeds it; plans found on the way lower it</param>
    /// <param name="steps">most evaluations</param>
    public long Climb(long[] u, int[] live, int[] memberStart, Func<long> limit, int steps)
    {
        var n = u.Length;
        Array.Clear(_direction);
        for (var v = 0; v < n; v++) (_point[v], _rounded[v]) = (u[v], u[v]);
        var (best, lambda, stale) = (long.MinValue, 1.0, 0);
        for (var step = 0; step < steps; step++)
        {
            var bound = Evaluate(_rounded, live, memberStart);
            if (bound > best)
            {
                stale = bound - best > (limit() - bound) / 500 ? 0 : stale + 1;
                best = bound;
                _rounded.CopyTo(u, 0);
            }
            else stale++;
            if (best >= None / 2) return best;
            var norm = Count();
            if (norm == 0) Found?.Invoke(_chosen);
            if (best > limit() || norm == 0) return best;
            if (stale > 6)
            {
                (stale, lambda) = (0, lambda / 2);
                if (lambda < 0.01) return best;
                for (var v = 0; v < n; v++) (_point[v], _direction[v]) = (u[v], 0);
            }
            if (!Move(lambda * Math.Max(limit() + columns.Scale - bound, columns.Scale))) return best;
        }
        return best;
    }

    // squared length of the subgradient: 0 when every constituency is taken once
    private int Count()
    {
        Array.Clear(_taken);
        foreach (var column in _chosen)
            foreach (var v in columns.Areas(column)) _taken[v]++;
        var norm = 0;
        foreach (var times in _taken) norm += (1 - times) * (1 - times);
        return norm;
    }

    private bool Move(double length)
    {
        double across = 0, before = 0, size = 0;
        for (var v = 0; v < _point.Length; v++)
        {
            across += (1 - _taken[v]) * _direction[v];
            before += _direction[v] * _direction[v];
        }
        var keep = before > 0 && across < 0 ? -1.5 * across / before : 0;
        for (var v = 0; v < _point.Length; v++)
        {
            _direction[v] = 1 - _taken[v] + (keep * _direction[v]);
            size += _direction[v] * _direction[v];
        }
        if (size == 0) return false;
        for (var v = 0; v < _point.Length; v++)
        {
            _point[v] = Math.Clamp(_point[v] + (length / size * _direction[v]), -(double)(1L << 48), 1L << 48);
            _rounded[v] = (long)Math.Round(_point[v]);
        }
        return true;
    }
}
