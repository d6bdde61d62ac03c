using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The price of the budget for given multipliers. What is subtracted from Σ u is a convex broken line in it, whose minimum is
/// bracketed between a price at which the budget is exceeded and one at which it is kept, then cut by the crossing of their
/// tangents.
/// </summary>
internal sealed partial class Relaxation
{
    private const int PriceSteps = 40;
    private const long DearestPrice = 1L << 40;

    /// <summary>What is subtracted from Σ u at price λ: λ × budget + the best relaxed choice; also its use of the budget.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (long Value, long Used) Relaxed(long price, bool[]? open = null)
    {
        var perSite = PerSite;
        var (value, used) = price <= _exactBelow
            ? PriceKernels.Net(_worth, _core.SiteCost, _costs, price, perSite, _net)
            : PriceKernels.NetScalar(_worth, _core.SiteCost, price, perSite, _net);
        value += price * _core.Budget + Limit(perSite);
        for (var i = 0; open is not null && i < open.Length; i++) open[i] = _net[i] > 0;
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var need = _core.GroupNeed[g];
            if (need == 0) continue;
            var from = _core.GroupStart[g];
            var net = _net.AsSpan(from, _core.GroupStart[g + 1] - from);
            // one for each above 0
            foreach (var one in net) need -= (int)((ulong)-one >> 63);
            if (need <= 0) continue;
            var (kept, bar) = (0, long.MinValue);
            for (var i = 0; i < net.Length; i++)
            {
                if (net[i] <= bar || net[i] > 0) continue;
                Keep(net[i], from + i, ref kept, need);
                if (kept == need) bar = _bestLeft[kept - 1];
            }
            for (var k = 0; k < kept; k++)
            {
                value += _bestLeft[k];
                used += _core.SiteCost[_bestLeftSite[k]];
                if (open is not null) open[_bestLeftSite[k]] = true;
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

    /// <summary>Finds the price with the least <see cref="Relaxed"/> value.</summary>
    /// <param name="near">price to begin with</param>
    private long FindPrice(long near)
    {
        var budget = _core.Budget;
        long low, high = Math.Max(1, near), step = Math.Max(1, high >> 5);
        (long Value, long Used) atLow, atHigh = Relaxed(high);
        if (atHigh.Used <= budget)
        {
            while (true)
            {
                low = Math.Max(0, high - step);
                atLow = Relaxed(low);
                if (atLow.Used > budget) break;
                (high, atHigh) = (low, atLow);
                if (low == 0) return Finish(high, atHigh, high, atHigh);
                step *= 4;
            }
        }
        else
        {
            do
            {
                (low, atLow) = (high, atHigh);
                high += step;
                step *= 4;
                atHigh = Relaxed(high);
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
            var atMiddle = Relaxed(middle);
            var sameLine = atMiddle.Used == atLow.Used || atMiddle.Used == atHigh.Used;
            if (atMiddle.Used > budget) (low, atLow) = (middle, atMiddle);
            else (high, atHigh) = (middle, atMiddle);
            if (sameLine) break;
        }
        return Finish(low, atLow, high, atHigh);
    }

    /// <summary>Takes the better side and fills what is left of the budget from the dearer side, the last site in part.</summary>
    private long Finish(long low, (long Value, long Used) atLow, long high, (long Value, long Used) atHigh)
    {
        Relaxed(high, _open);
        if (low != high) Relaxed(low, _openBelow);
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
