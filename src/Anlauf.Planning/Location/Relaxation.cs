using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The Lagrangian of a core: the rule "every client is served once" is priced with multipliers u, the budget with a price λ.
/// What remains falls apart by site: a site is worth w_i = Σ_j max(0, u_j − c_ij), opens where w_i exceeds λ × cost,
/// and the best ones of a group open in any case until its need is met. Every value of u and λ ≥ 0 gives a lower bound
/// offset + Σ u_j − λ × budget − Σ over open (w_i − λ × cost_i), exact in 64-bit integers.
/// Source: Cornuéjols, Fisher, Nemhauser 1977; budget row as in Christofides and Beasley 1982.
/// </summary>
internal sealed partial class Relaxation
{
    /// <summary>A whole site in <see cref="Share"/>; the site at the edge of the budget opens in part.</summary>
    public const long Whole = 256;

    // cells of a row that are read in the time of one pair of a list
    private const int PairAsCells = 6, CountEvery = 64;
    private const int PriceSteps = 40;
    private const long DearestPrice = 1L << 40;
    private readonly LocationCore _core;
    private int _sinceCounted;
    private readonly long[] _worth;
    private readonly long[] _bestLeft;
    private readonly int[] _bestLeftSite;
    private bool[] _open, _openBelow, _openMiddle;

    public Relaxation(LocationCore core)
    {
        _core = core;
        _worth = new long[core.Sites];
        _open = new bool[core.Sites];
        _openBelow = new bool[core.Sites];
        _openMiddle = new bool[core.Sites];
        (_below, _above, _between) = core.IsLimited ? (new Trial(core.Sites), new Trial(core.Sites), new Trial(core.Sites)) : (s_none, s_none, s_none);
        Share = new long[core.Sites];
        var most = core.GroupNeed.Length == 0 ? 0 : core.GroupNeed.Max();
        _bestLeft = new long[most];
        _bestLeftSite = new int[most];
    }

    /// <summary>True while so many pairs lie below their multipliers that whole rows are read faster than lists.</summary>
    public bool IsDense { get; private set; } = true;

    /// <summary>Price of one budget unit, scaled.</summary>
    public long Price { get; private set; }

    /// <summary>How far each site is open in the relaxed plan, in parts of <see cref="Whole"/>.</summary>
    public long[] Share { get; }

    /// <summary>Worth of each site at the multipliers evaluated last.</summary>
    public ReadOnlySpan<long> Worth => _worth;

    /// <summary>The bound at these multipliers with the best price for them.</summary>
    /// <param name="multipliers">one a client, padded to the stride with 0</param>
    /// <param name="nearPrice">price to start the search at</param>
    public long Evaluate(long[] multipliers, long nearPrice)
    {
        ComputeWorth(multipliers);
        long sum = _core.Offset;
        for (var j = 0; j < _core.Clients; j++) sum += multipliers[j];
        return sum - FindPrices(nearPrice);
    }

    /// <summary>The bound at these multipliers and exactly these prices.</summary>
    public long EvaluateAt(long[] multipliers, long price, long perSite)
    {
        ComputeWorth(multipliers);
        long sum = _core.Offset;
        for (var j = 0; j < _core.Clients; j++) sum += multipliers[j];
        (Price, PerSite) = (price, perSite);
        return sum - Relaxed(price, _open).Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeWorth(long[] multipliers)
    {
        var core = _core;
        // where few pairs lie below their multiplier, reading those alone is faster than whole rows
        if (core.Stride > 0 && _sinceCounted++ % CountEvery != 0 && IsDense)
        {
            var rows = core.Rows!;
            var u = multipliers.AsSpan(0, core.Stride);
            for (var i = 0; i < core.Sites; i++)
                _worth[i] = SavingKernels.Worth(u, rows.AsSpan(i * core.Stride, core.Stride));
            return;
        }
        Array.Clear(_worth);
        long read = 0;
        for (var j = 0; j < core.Clients; j++)
        {
            var u = multipliers[j];
            int k = core.Start[j], end = core.Start[j + 1];
            for (; k < end; k++)
            {
                var saving = u - core.PairCost[k];
                if (saving <= 0) break;
                _worth[core.PairSite[k]] += saving;
            }
            read += k - core.Start[j];
        }
        IsDense = core.Stride > 0 && read * PairAsCells > (long)core.Sites * core.Stride;
    }

    /// <summary>What is subtracted from Σ u at price λ: λ × budget + the best relaxed choice; also its use of the budget.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (long Value, long Used) Relaxed(long price, bool[] open)
    {
        long value = price * _core.Budget + Limit(PerSite), used = 0;
        var perSite = PerSite;
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var need = _core.GroupNeed[g];
            var kept = 0;
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
            {
                var net = _worth[i] - price * _core.SiteCost[i] - perSite;
                open[i] = net > 0;
                if (net > 0)
                {
                    value += net;
                    used += _core.SiteCost[i];
                    if (need > 0) { need--; if (kept > need) kept = need; }
                }
                else if (need > 0) Keep(net, i, ref kept, need);
            }
            for (var k = 0; k < kept; k++)
            {
                value += _bestLeft[k];
                used += _core.SiteCost[_bestLeftSite[k]];
                open[_bestLeftSite[k]] = true;
            }
        }
        return (value, used);
    }

    /// <summary>Keeps the best sites that are not worth their price, in descending order, as many as the group still needs.</summary>
    private void Keep(long net, int site, ref int kept, int need)
    {
        if (kept == need && net <= _bestLeft[kept - 1]) return;
        var k = kept < need ? kept++ : kept - 1;
        for (; k > 0 && _bestLeft[k - 1] < net; k--) (_bestLeft[k], _bestLeftSite[k]) = (_bestLeft[k - 1], _bestLeftSite[k - 1]);
        (_bestLeft[k], _bestLeftSite[k]) = (net, site);
    }

    /// <summary>
    /// The price with the least <see cref="Relaxed"/> value, a convex broken line in λ: the minimum is bracketed between a
    /// price at which the budget is exceeded and one at which it is kept, then cut by the crossing of their tangents.
    /// </summary>
    private long FindPrice(long near)
    {
        var budget = _core.Budget;
        long low, high = Math.Max(1, near), step = Math.Max(1, high >> 5);
        (long Value, long Used) atLow, atHigh = Relaxed(high, _open);
        if (atHigh.Used <= budget)
        {
            while (true)
            {
                low = Math.Max(0, high - step);
                atLow = Relaxed(low, _openBelow);
                if (atLow.Used > budget) break;
                (high, atHigh) = (low, atLow);
                (_open, _openBelow) = (_openBelow, _open);
                if (low == 0) return Finish(high, atHigh, high, atHigh);
                step *= 4;
            }
        }
        else
        {
            do
            {
                (low, atLow) = (high, atHigh);
                (_open, _openBelow) = (_openBelow, _open);
                high += step;
                step *= 4;
                atHigh = Relaxed(high, _open);
            }
            while (atHigh.Used > budget && high < DearestPrice);
            // the needs alone exceed the budget: the bound grows without limit, this much is enough
            if (atHigh.Used > budget) return Finish(high, atHigh, high, atHigh);
        }
        for (var k = 0; k < PriceSteps && high - low > 1; k++)
        {
            double fall = atLow.Used - budget, rise = budget - atHigh.Used;
            var crossing = (atLow.Value - atHigh.Value + fall * low + rise * high) / (fall + rise);
            var middle = Math.Clamp((long)crossing, low + 1, high - 1);
            var atMiddle = Relaxed(middle, _openMiddle);
            var sameLine = atMiddle.Used == atLow.Used || atMiddle.Used == atHigh.Used;
            if (atMiddle.Used > budget)
            {
                (low, atLow) = (middle, atMiddle);
                (_openBelow, _openMiddle) = (_openMiddle, _openBelow);
            }
            else
            {
                (high, atHigh) = (middle, atMiddle);
                (_open, _openMiddle) = (_openMiddle, _open);
            }
            if (sameLine) break;
        }
        return Finish(low, atLow, high, atHigh);
    }

    /// <summary>Takes the better side and fills what is left of the budget from the dearer side, the last site in part.</summary>
    private long Finish(long low, (long Value, long Used) atLow, long high, (long Value, long Used) atHigh)
    {
        var left = _core.Budget - atHigh.Used;
        for (var i = 0; i < Share.Length; i++)
        {
            Share[i] = _open[i] ? Whole : 0;
            if (_open[i] || low == high || !_openBelow[i] || left <= 0) continue;
            var cost = _core.SiteCost[i];
            Share[i] = cost <= left ? Whole : Whole * left / cost;
            left -= Math.Min(left, cost);
        }
        Price = atLow.Value < atHigh.Value ? low : high;
        return Math.Min(atLow.Value, atHigh.Value);
    }
}
