namespace Anlauf.Planning.Location;

/// <summary>
/// Limits on the number of open sites are priced like the budget: a price above 0 on sites beyond the most allowed, one below
/// 0, a reward, for those the least still asks for. For each such price that of the budget is found anew; what both leave is a
/// convex broken line, whose minimum is bracketed and cut once by the crossing of its tangents.
/// </summary>
internal sealed partial class Relaxation
{
    private static readonly Trial s_none = new(0);
    private Trial _below, _above, _between;

    /// <summary>Price of an open site where their number is limited; below 0 a reward.</summary>
    public long PerSite { get; private set; }

    // what the limit itself adds at a price of a site
    private long Limit(long perSite) => perSite switch
    {
        > 0 => perSite * (_core.MostOpen - _core.Opened),
        < 0 => perSite * Math.Max(0, _core.FewestOpen - _core.Opened),
        _ => 0,
    };

    /// <summary>What is subtracted from Σ u at the best prices of budget and sites.</summary>
    private long FindPrices(long near)
    {
        if (!_core.IsLimited) return FindPrice(near);
        var sign = Math.Sign(PerSite);
        if (sign == 0)
        {
            var open = Try(_above, 0, 1, near);
            sign = _above.Excess > 0 ? 1 : open < _core.FewestOpen - _core.Opened ? -1 : 0;
            if (sign == 0) return Keep(_above, _above, 1);
        }
        var step = Math.Max(1, PerSite == 0 ? Price : Math.Abs(PerSite) >> 5);
        Try(_above, PerSite == 0 ? step : Math.Abs(PerSite), sign, near);
        if (_above.Excess <= 0)
        {
            for (; _above.Size > 0; step *= 4)
            {
                Try(_below, Math.Max(0, _above.Size - step), sign, _above.Price);
                if (_below.Excess > 0) break;
                (_above, _below) = (_below, _above);
            }
            // without a price the limit is kept: whether the one on the other side is, the next evaluation finds out
            if (_above.Size == 0) return Keep(_above, _above, sign);
        }
        else
        {
            for (var dearest = (1L << 58) / (_core.Sites + 1); _above.Excess > 0; step *= 4)
            {
                // as many sites as the limit asks for exceed the budget: the bound grows without limit
                if (_above.Size >= dearest) return Keep(_above, _above, sign);
                (_above, _below) = (_below, _above);
                Try(_above, Math.Min(dearest, _below.Size + step), sign, _below.Price);
            }
        }
        // one cut is enough: the multipliers move on before the price could settle
        if (_above.Size - _below.Size > 1)
        {
            var crossing = (_below.Value - _above.Value + _below.Excess * _below.Size - _above.Excess * _above.Size) / (_below.Excess - _above.Excess);
            Try(_between, Math.Clamp((long)crossing, _below.Size + 1, _above.Size - 1), sign, _above.Price);
            if (_between.Excess > 0) (_below, _between) = (_between, _below);
            else (_above, _between) = (_between, _above);
        }
        return Keep(_below, _above, sign);
    }

    /// <summary>The best price of the budget at one price of a site.</summary>
    /// <returns>how many sites are open then</returns>
    private double Try(Trial trial, long size, int sign, long near)
    {
        PerSite = sign * size;
        trial.Size = size;
        trial.Value = FindPrice(near);
        trial.Price = Price;
        long open = 0;
        for (var i = 0; i < Share.Length; i++) open += trial.Share[i] = Share[i];
        var count = open / (double)Whole;
        trial.Excess = sign * (count - ((sign > 0 ? _core.MostOpen : _core.FewestOpen) - _core.Opened));
        return count;
    }

    /// <summary>Takes the better of two trials, and shares of both that keep the limit together.</summary>
    private long Keep(Trial below, Trial above, int sign)
    {
        var mixed = below.Excess > above.Excess ? Math.Clamp(-above.Excess / (below.Excess - above.Excess), 0, 1) : 0;
        for (var i = 0; i < Share.Length; i++) Share[i] = (long)Math.Round(mixed * below.Share[i] + (1 - mixed) * above.Share[i]);
        var better = below.Value < above.Value ? below : above;
        (Price, PerSite) = (better.Price, sign * better.Size);
        return better.Value;
    }

    /// <summary>One price of a site, without its sign, and what comes of it.</summary>
    private sealed class Trial(int sites)
    {
        public long Size, Value, Price;

        /// <summary>How many sites too many are open, or, at a reward, too few.</summary>
        public double Excess;

        public long[] Share { get; } = new long[sites];
    }
}
