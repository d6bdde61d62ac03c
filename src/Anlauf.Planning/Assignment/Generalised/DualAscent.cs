namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Raises L(u) by subgradient steps: Polyak's step length towards a target, direction deflected as in
/// Camerini, Fratta and Maffioli (1975). Multipliers are rounded to whole numbers before every evaluation.
/// </summary>
internal sealed class DualAscent(ScaledModel model, Relaxation relaxation)
{
    private readonly double[] _u = new double[model.Jobs];
    private readonly double[] _direction = new double[model.Jobs];
    private readonly long[] _rounded = new long[model.Jobs];

    /// <summary>Evaluations done so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Hears of every relaxed solution; set by the search that wants plans from them.</summary>
    public Action<Relaxation>? Relaxed { get; set; }

    /// <summary>Asked after every evaluation whether the climb may go on; set by the search that watches a clock.</summary>
    public Func<bool>? GoOn { get; set; }

    /// <summary>Climbs from <paramref name="u"/>, which ends as the best multipliers found, and returns their bound.</summary>
    /// <param name="u">multipliers, scaled; in and out</param>
    /// <param name="candidates">pairs still possible</param>
    /// <param name="threshold">scaled; the climb ends as soon as the bound exceeds it</param>
    /// <param name="target">scaled value the steps aim at</param>
    /// <param name="steps">most evaluations</param>
    /// <param name="patience">evaluations without progress before the step length is halved</param>
    /// <param name="reach">divides the way to the target that one step aims at</param>
    public long Climb(long[] u, CandidateSet candidates, long threshold, long target, int steps, int patience, int reach = 1)
    {
        var n = u.Length;
        Array.Clear(_direction);
        for (var j = 0; j < n; j++) (_u[j], _rounded[j]) = (u[j], u[j]);
        var best = long.MinValue;
        var lambda = 1.0;
        var stale = 0;
        for (var step = 0; ; step++)
        {
            var bound = relaxation.Evaluate(_rounded, candidates, marginals: false);
            Evaluations++;
            if (bound > best)
            {
                stale = bound - best > (target - bound) / 1000 ? 0 : stale + 1;
                best = bound;
                _rounded.CopyTo(u, 0);
            }
            else stale++;
            if (best > threshold) return best;
            Relaxed?.Invoke(relaxation);
            if (step + 1 >= steps || GoOn?.Invoke() == false) return best;
            if (stale > patience)
            {
                stale = 0;
                lambda /= 2;
                if (lambda < 0.002) return best;
                for (var j = 0; j < n; j++) _u[j] = u[j];
                Array.Clear(_direction);
            }
            // a far target makes wild steps: aim at a part of the way
            var aim = Math.Min(target, best + Math.Max(model.Scale, (target - best) / reach));
            if (!Move(lambda * Math.Max(aim - bound, model.Scale))) return best;
        }
    }

    // one deflected step; false when the subgradient vanishes: the multipliers are optimal
    private bool Move(double length)
    {
        var taken = relaxation.Taken;
        double across = 0, before = 0, norm = 0;
        for (var j = 0; j < _u.Length; j++)
        {
            var g = 1 - taken[j];
            across += g * _direction[j];
            before += _direction[j] * _direction[j];
            norm += g * g;
        }
        if (norm == 0) return false;
        var keep = before > 0 && across < 0 ? -1.5 * across / before : 0;
        double size = 0;
        for (var j = 0; j < _u.Length; j++)
        {
            _direction[j] = 1 - taken[j] + (keep * _direction[j]);
            size += _direction[j] * _direction[j];
        }
        if (size == 0) return false;
        var factor = length / size;
        for (var j = 0; j < _u.Length; j++)
        {
            _u[j] = Math.Clamp(_u[j] + (factor * _direction[j]), model.Low[j], model.High[j]);
            _rounded[j] = (long)Math.Round(_u[j]);
        }
        return true;
    }
}
