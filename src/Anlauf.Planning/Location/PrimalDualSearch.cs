using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Brings the multipliers of a covering core to the optimum of its linear relaxation, where subgradient steps stop short:
/// primal-dual hybrid gradient with steps of each row and column's own length, restarted from the average of the steps.
/// Source: Chambolle and Pock 2011; Pock and Chambolle 2011 (step lengths); Applegate and others 2021, PDLP (restarts, weight).
/// It runs in floating point; a bound counts only after <see cref="Relaxation"/> has evaluated the multipliers as integers.
/// </summary>
/// <remarks>
/// Saddle point of Σ u_j (1 − Σ y_i over the sites of j) + λ (cost · y − budget) + Σ ν_g (need_g − Σ y_i over g)
/// over 0 ≤ y ≤ 1, 0 ≤ u ≤ weight, λ ≥ 0, ν ≥ 0.
/// </remarks>
internal sealed class PrimalDualSearch
{
    private const int LookEvery = 32;
    private const double EnoughProgress = 0.4, LongestShare = 0.36;
    private readonly LocationCore _core;
    private readonly DualSearch _search;
    private readonly SiteLists _lists;
    private readonly CoverPoint _point, _sum, _mean, _last;
    private readonly double[] _siteStep, _ahead;
    private readonly double _priceUnit, _needUnit, _costSum;
    private double _weight;

    public PrimalDualSearch(LocationCore core, DualSearch search, double weight)
    {
        _weight = weight;
        (_core, _search, _lists) = (core, search, new SiteLists(core));
        (_point, _sum, _mean, _last) = (new CoverPoint(core), new CoverPoint(core), new CoverPoint(core), new CoverPoint(core));
        _costSum = Math.Max(1.0, core.SiteCost.Sum());
        var total = 0.0;
        foreach (var ceiling in core.Ceiling) total += ceiling;
        _priceUnit = search.Price > 0 ? search.Price : Math.Max(1, total / Math.Max(1, core.Budget));
        _needUnit = _priceUnit * _costSum / core.Sites;
        _siteStep = new double[core.Sites];
        _ahead = new double[core.Sites];
        for (var i = 0; i < core.Sites; i++)
        {
            var sum = _priceUnit * core.SiteCost[i] + (core.GroupNeed[_lists.Group[i]] > 0 ? _needUnit : 0);
            foreach (var j in _lists.Clients(i)) sum += core.Ceiling[j];
            _siteStep[i] = 1 / Math.Max(1, sum);
            _point.Open[i] = search.Average[i];
        }
        for (var j = 0; j < core.Clients; j++) _point.Multiplier[j] = search.Best[j];
        _point.Price = search.Price;
        _last.CopyFrom(_point);
    }

    /// <summary>Balance between the steps of sites and of multipliers, learned on the way; a similar core may begin with it.</summary>
    public double Weight => _weight;

    /// <summary>True where the method applies: every site covers a client fully or not at all.</summary>
    public static bool Fits(LocationCore core) => core.Sites > 0 && core.Clients > 0 && !core.PairCost.AsSpan().ContainsAnyExcept(0L);

    /// <summary>Steps until the bound reaches the cut-off, both sides meet within half a unit, or the steps are used up.</summary>
    /// <returns>true when the bound reached the cut-off</returns>
    public bool Run(long cutOff, int steps, SearchClock clock)
    {
        double atRestart = double.MaxValue;
        int since = 0;
        for (var step = 1; step <= steps; step++)
        {
            Step();
            _sum.Add(_point);
            since++;
            if (!clock.Step()) return false;
            if (step % LookEvery != 0) continue;
            _mean.SetMean(_sum, since);
            var gap = Gap(_mean);
            if (_search.Bound >= cutOff) return true;
            _mean.Open.CopyTo(_search.Average, 0);
            if (gap < 0.5 * _core.Scale) return false;
            if (gap > EnoughProgress * atRestart && since < LongestShare * step) continue;
            atRestart = Math.Min(gap, atRestart);
            Restart(_mean);
            since = 0;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step()
    {
        var core = _core;
        double used = 0;
        Array.Clear(_point.Served);
        for (var i = 0; i < core.Sites; i++)
        {
            var slope = _point.Price * core.SiteCost[i] - _point.Need[_lists.Group[i]];
            foreach (var j in _lists.Clients(i)) slope -= _point.Multiplier[j];
            var before = _point.Open[i];
            var now = Math.Clamp(before - slope * _siteStep[i] / _weight, 0, 1);
            _point.Open[i] = now;
            _ahead[i] = 2 * now - before;
            used += _ahead[i] * core.SiteCost[i];
            _point.Served[_lists.Group[i]] += _ahead[i];
        }
        for (var j = 0; j < core.Clients; j++)
        {
            var missing = 1.0;
            int from = core.Start[j], to = core.Start[j + 1];
            for (var k = from; k < to; k++) missing -= _ahead[core.PairSite[k]];
            var next = _point.Multiplier[j] + _weight * core.Ceiling[j] * missing / (to - from);
            _point.Multiplier[j] = Math.Clamp(next, 0, core.Ceiling[j]);
        }
        _point.Price = Math.Max(0, _point.Price + _weight * _priceUnit * (used - core.Budget) / _costSum);
        for (var g = 0; g < core.GroupNeed.Length; g++)
            if (core.GroupNeed[g] > 0)
                _point.Need[g] = Math.Max(0, _point.Need[g] + _weight * _needUnit * (core.GroupNeed[g] - _point.Served[g]) / (core.GroupStart[g + 1] - core.GroupStart[g]));
    }

    /// <summary>Value of the averaged plan, broken rules at their prices, less the bound of the averaged multipliers.</summary>
    private double Gap(CoverPoint mean)
    {
        var multipliers = new long[Math.Max(_core.Clients, _core.Stride)];
        for (var j = 0; j < _core.Clients; j++) multipliers[j] = Math.Clamp((long)mean.Multiplier[j], 0, _core.Ceiling[j]);
        var bound = _search.Consider(multipliers, (long)mean.Price);
        double value = _core.Offset, used = 0;
        for (var j = 0; j < _core.Clients; j++)
        {
            var missing = 1.0;
            for (var k = _core.Start[j]; k < _core.Start[j + 1]; k++) missing -= mean.Open[_core.PairSite[k]];
            value += Math.Max(0, missing) * _core.Ceiling[j];
        }
        for (var i = 0; i < _core.Sites; i++) used += mean.Open[i] * _core.SiteCost[i];
        value += 2 * mean.Price * Math.Max(0, used - _core.Budget);
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            double open = 0;
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++) open += mean.Open[i];
            value += 2 * mean.Need[g] * Math.Max(0, _core.GroupNeed[g] - open);
        }
        return value - bound;
    }

    /// <summary>Goes on from the average; the weight follows how far sites and multipliers moved since the restart before.</summary>
    private void Restart(CoverPoint mean)
    {
        double sites = 0, clients = 0;
        for (var i = 0; i < _core.Sites; i++)
            sites += Square(mean.Open[i] - _last.Open[i]) / _siteStep[i];
        for (var j = 0; j < _core.Clients; j++)
            clients += Square(mean.Multiplier[j] - _last.Multiplier[j]) * (_core.Start[j + 1] - _core.Start[j]) / _core.Ceiling[j];
        if (sites > 1e-12 && clients > 1e-12)
            _weight = Math.Clamp(Math.Sqrt(Math.Sqrt(clients / sites) * _weight), 1e-4, 1e4);
        _point.CopyFrom(mean);
        _last.CopyFrom(mean);
        _sum.Clear();
    }

    private static double Square(double x) => x * x;
}
