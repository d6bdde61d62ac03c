using System.Numerics;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Set partitioning with one column per (member, connected set), and its Lagrangian bound: relaxing "each constituency
/// once" leaves every member its cheapest set, L(u) = Σ u_v + Σ_m min_S (c(m,S) − u(S)). Whole numbers throughout.
/// </summary>
internal sealed class SetColumns
{
    /// <summary>Stands for "this member may not have this set".</summary>
    public const long Forbidden = 1L << 58;

    private readonly SponsorProblem _problem;
    private readonly int _stride;
    private readonly long[] _cost; // s·stride + m, scaled; padded with Forbidden
    private readonly int[] _areas, _areaStart;
    private readonly long[] _best, _u, _value;
    private readonly int[] _bestSet;

    public SetColumns(SponsorProblem problem, IReadOnlyList<ConnectedSet> sets)
    {
        (_problem, Sets) = (problem, sets);
        var largest = problem.Cost.Max(c => Math.Abs((decimal)c)) * problem.Constituencies;
        Scale = 64;
        while (Scale > 1 && largest * Scale > 1L << 52) Scale /= 2;
        _stride = (problem.Members + Vector<long>.Count - 1) / Vector<long>.Count * Vector<long>.Count;
        _cost = new long[sets.Count * _stride];
        _areaStart = new int[sets.Count + 1];
        _areas = new int[sets.Sum(set => (int)UInt128.PopCount(set.Areas))];
        _best = new long[_stride];
        _value = new long[_stride];
        _bestSet = new int[_stride];
        _u = new long[problem.Constituencies];
        Fill();
    }

    /// <summary>The sets, as listed.</summary>
    public IReadOnlyList<ConnectedSet> Sets { get; }

    /// <summary>Units of a multiplier in one unit of cost.</summary>
    public long Scale { get; }

    /// <summary>Scaled cost of a set for a member, or <see cref="Forbidden"/>.</summary>
    public long Cost(int set, int member) => _cost[(set * _stride) + member];

    /// <summary>After an evaluation: price c(m,S) − u(S) of the member's cheapest set.</summary>
    public ReadOnlySpan<long> Cheapest => _best;

    /// <summary>Sum of multipliers over a set.</summary>
    public long Price(int set, long[] u)
    {
        long sum = 0;
        for (var k = _areaStart[set]; k < _areaStart[set + 1]; k++) sum += u[_areas[k]];
        return sum;
    }

    private void Fill()
    {
        Array.Fill(_cost, Forbidden);
        var (n, at) = (_problem.Constituencies, 0);
        var pinned = new UInt128[_problem.Members];
        for (var v = 0; v < n; v++)
            if (_problem.Pins[v] >= 0) pinned[_problem.Pins[v]] |= UInt128.One << v;
        for (var s = 0; s < Sets.Count; s++)
        {
            _areaStart[s] = at;
            for (var areas = Sets[s].Areas; areas != 0; areas &= areas - 1) _areas[at++] = (int)UInt128.TrailingZeroCount(areas);
            for (var m = 0; m < _problem.Members; m++)
            {
                if ((Sets[s].Owner >= 0 && Sets[s].Owner != m) || (pinned[m] & ~Sets[s].Areas) != 0) continue;
                long sum = 0;
                for (var k = _areaStart[s]; k < at; k++) sum += _problem.Cost[(m * n) + _areas[k]];
                _cost[(s * _stride) + m] = sum * Scale;
            }
        }
        _areaStart[Sets.Count] = at;
    }

    /// <summary>L(u), scaled; <see cref="Forbidden"/> or more when some member has no set.</summary>
    public long Evaluate(long[] u)
    {
        Array.Fill(_best, Forbidden * 2);
        for (var s = 0; s < Sets.Count; s++)
        {
            var price = new Vector<long>(Price(s, u));
            for (var m = 0; m < _stride; m += Vector<long>.Count)
            {
                var value = new Vector<long>(_cost, (s * _stride) + m) - price;
                var best = new Vector<long>(_best, m);
                if (!Vector.LessThanAny(value, best)) continue;
                for (var lane = m; lane < m + Vector<long>.Count; lane++)
                    if (_cost[(s * _stride) + lane] - price[0] is var single && single < _best[lane]) (_best[lane], _bestSet[lane]) = (single, s);
            }
        }
        long bound = 0;
        for (var m = 0; m < _problem.Members; m++)
        {
            if (_best[m] > Forbidden / 2) return Forbidden;
            bound += _best[m];
        }
        foreach (var multiplier in u) bound += multiplier;
        return bound;
    }

    /// <summary>Raises L(u) by deflected subgradient steps; <paramref name="u"/> ends as the best multipliers.</summary>
    /// <param name="u">in and out, scaled</param>
    /// <param name="target">scaled value the steps aim at</param>
    /// <param name="steps">most evaluations</param>
    /// <param name="goOn">false stops</param>
    public long Climb(long[] u, long target, int steps, Func<bool> goOn)
    {
        var n = u.Length;
        var (point, direction, taken) = (new double[n], new double[n], new int[n]);
        u.CopyTo(_u, 0);
        for (var v = 0; v < n; v++) point[v] = u[v];
        var (best, lambda, stale) = (long.MinValue, 1.0, 0);
        var limit = (double)Forbidden / 4 / n;
        for (var step = 0; step < steps; step++)
        {
            var bound = Evaluate(_u);
            if (bound >= Forbidden / 2) return bound;
            stale = bound > best ? 0 : stale + 1;
            if (bound > best) { best = bound; _u.CopyTo(u, 0); }
            if (best > target || !goOn()) break;
            if (stale > 10)
            {
                (stale, lambda) = (0, lambda / 2);
                if (lambda < 0.002) break;
                for (var v = 0; v < n; v++) (point[v], direction[v]) = (u[v], 0);
            }
            Array.Clear(taken);
            for (var m = 0; m < _problem.Members; m++)
                for (var k = _areaStart[_bestSet[m]]; k < _areaStart[_bestSet[m] + 1]; k++) taken[_areas[k]]++;
            double across = 0, before = 0, norm = 0, size = 0;
            for (var v = 0; v < n; v++)
            {
                across += (1 - taken[v]) * direction[v];
                before += direction[v] * direction[v];
                norm += (1 - taken[v]) * (1 - taken[v]);
            }
            if (norm == 0) break;
            var keep = before > 0 && across < 0 ? -1.5 * across / before : 0;
            for (var v = 0; v < n; v++)
            {
                direction[v] = 1 - taken[v] + (keep * direction[v]);
                size += direction[v] * direction[v];
            }
            if (size == 0) break;
            var factor = lambda * Math.Max(target - bound, Scale) / size;
            for (var v = 0; v < n; v++)
            {
                point[v] = Math.Clamp(point[v] + (factor * direction[v]), -limit, limit);
                _u[v] = (long)Math.Round(point[v]);
            }
        }
        return best;
    }
}
