using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Looks for the multipliers with the best bound: subgradient steps of Polyak's length towards a known plan, directions
/// smoothed with the step before (Held, Wolfe, Crowder 1974; Camerini, Fratta, Maffioli 1975).
/// </summary>
internal sealed class DualSearch
{
    private static readonly Manner s_quick = new(1.2, 0.01, false), s_fine = new(0.6, 0.001, true);
    // from good multipliers long steps only lead away, and every halving of them costs its patience
    private const double Shorter = 0.25;
    private const double Smoothing = 0.7;
    private readonly LocationCore _core;
    private readonly Relaxation _relaxation;
    private readonly long[] _current;
    private readonly long[] _counts;
    private readonly double[] _direction;

    public DualSearch(LocationCore core, long[] start, long startPrice)
    {
        _core = core;
        _relaxation = new Relaxation(core);
        var length = Math.Max(core.Clients, core.Stride);
        _current = new long[length];
        Array.Copy(start, _current, core.Clients);
        for (var j = 0; j < core.Clients; j++)
            _current[j] = Math.Clamp(_current[j], core.PairCost[core.Start[j]], core.Ceiling[j]);
        _counts = new long[length];
        _direction = new double[core.Clients];
        Best = (long[])_current.Clone();
        Price = startPrice;
        Average = new double[core.Sites];
    }

    /// <summary>What was found so far, with a relaxation of its own for another thread.</summary>
    public DualSearch Own()
    {
        var own = new DualSearch(_core, Best, Price) { Bound = Bound, PerSite = PerSite };
        Average.CopyTo(own.Average, 0);
        return own;
    }

    /// <summary>Multipliers, price and value of the best bound so far (scaled).</summary>
    public long[] Best { get; }

    /// <inheritdoc cref="Best"/>
    public long Price { get; private set; }

    /// <inheritdoc cref="Best"/>
    public long Bound { get; private set; } = long.MinValue;

    /// <summary>Price of an open site that goes with the best bound, where their number is limited.</summary>
    public long PerSite { get; private set; }

    /// <summary>How far each site was open lately: near 0 or 1 where the relaxation agrees with itself.</summary>
    public double[] Average { get; }

    /// <summary>The relaxation, evaluated last at some multipliers.</summary>
    public Relaxation Relaxation => _relaxation;

    /// <summary>How steps are taken.</summary>
    /// <param name="First">length of the first ones, in parts of the way to the cut-off</param>
    /// <param name="Least">length at which they end</param>
    /// <param name="Relative">whether short steps count as progress when they bring less</param>
    private readonly record struct Manner(double First, double Least, bool Relative);

    /// <summary>Steps until the bound reaches the cut-off, the steps are used up or nothing moves any more.</summary>
    /// <param name="cutOff">scaled value at which the core is of no interest; also the target of the steps</param>
    /// <param name="steps">most steps</param>
    /// <param name="patience">steps without improvement before the step length halves</param>
    /// <param name="clock">counts the steps</param>
    /// <param name="fine">
    /// longer and more patiently: where the cut-off lies far above what can be reached, short steps are the ones that help
    /// </param>
    /// <param name="near">whether the multipliers are good already, those of a similar problem</param>
    /// <returns>true when the bound reached the cut-off</returns>
    public bool Run(long cutOff, int steps, int patience, SearchClock clock, bool fine = false, bool near = false)
    {
        var manner = fine ? s_fine : s_quick;
        var factor = near ? Shorter * manner.First : manner.First;
        var idle = 0;
        var price = Price;
        for (var step = 0; step < steps && factor > manner.Least; step++)
        {
            var bound = _relaxation.Evaluate(_current, price);
            price = _relaxation.Price;
            var weight = Math.Max(0.04, 1.0 / (step + 1));
            for (var i = 0; i < Average.Length; i++)
                Average[i] += weight * (_relaxation.Share[i] / (double)Relaxation.Whole - Average[i]);
            if (bound > Bound)
            {
                if (bound - Bound > (manner.Relative ? factor : 1) * (cutOff - Bound) / 500) idle = 0;
                (Bound, Price, PerSite) = (bound, price, _relaxation.PerSite);
                Array.Copy(_current, Best, _core.Clients);
                if (bound >= cutOff) return true;
            }
            if (++idle > patience)
            {
                idle = 0;
                factor *= 0.5;
                Array.Copy(Best, _current, _core.Clients);
                price = Price;
                Array.Clear(_direction);
                bound = _relaxation.Evaluate(_current, price);
            }
            if (!clock.Step()) return false;
            if (!Move(factor * (cutOff - bound))) return false;
        }
        return false;
    }

    /// <summary>Notes that the core has no plan at all.</summary>
    public void Forbid() => Bound = long.MaxValue;

    /// <summary>Keeps multipliers found elsewhere if their bound is better.</summary>
    /// <returns>their bound</returns>
    public long Consider(long[] multipliers, long nearPrice)
    {
        var bound = _relaxation.Evaluate(multipliers, nearPrice);
        if (bound <= Bound) return bound;
        (Bound, Price, PerSite) = (bound, _relaxation.Price, _relaxation.PerSite);
        Array.Copy(multipliers, Best, _core.Clients);
        return bound;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Move(double distance)
    {
        CountServed();
        double norm = 0;
        for (var j = 0; j < _core.Clients; j++)
        {
            double g = _counts[j];
            // a step against the edge of the domain is no step
            if ((g < 0 && _current[j] <= _core.PairCost[_core.Start[j]]) || (g > 0 && _current[j] >= _core.Ceiling[j])) g = 0;
            var d = Smoothing * _direction[j] + (1 - Smoothing) * g;
            _direction[j] = d;
            norm += d * d;
        }
        if (norm < 1e-9) return false;
        var length = distance * Relaxation.Whole / norm;
        for (var j = 0; j < _core.Clients; j++)
        {
            var low = _core.PairCost[_core.Start[j]];
            _current[j] = Math.Clamp(_current[j] + (long)(length * _direction[j]), low, _core.Ceiling[j]);
        }
        return true;
    }

    /// <summary>Subgradient: 1 − how often the client is served, in parts of <see cref="Relaxation.Whole"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountServed()
    {
        var core = _core;
        var share = _relaxation.Share;
        if (_relaxation.IsDense && core.Rows is { } rows)
        {
            Array.Fill(_counts, Relaxation.Whole);
            for (var i = 0; i < core.Sites; i++)
                if (share[i] != 0)
                    SavingKernels.Serve(_current.AsSpan(0, core.Stride), rows.AsSpan(i * core.Stride, core.Stride), _counts.AsSpan(0, core.Stride), share[i]);
            return;
        }
        var open = core.Sites - share.AsSpan().Count(0L);
        if ((long)open * core.Pairs < _relaxation.PairsRead * core.Sites)
        {
            // few sites are open: their pairs are fewer than those below the multipliers
            var pairs = core.BySite;
            Array.Fill(_counts, Relaxation.Whole, 0, core.Clients);
            for (var i = 0; i < core.Sites; i++)
                if (share[i] != 0) pairs.Serve(i, _current, _counts, share[i]);
            return;
        }
        for (var j = 0; j < core.Clients; j++)
        {
            var u = _current[j];
            var count = Relaxation.Whole;
            for (var k = core.Start[j]; k < core.Start[j + 1] && core.PairCost[k] < u; k++)
                count -= share[core.PairSite[k]];
            _counts[j] = count;
        }
    }
}
