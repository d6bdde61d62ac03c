namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Prices of a unit of each agent's capacity, by subgradient ascent on the relaxation of the load windows:
/// L(λ) = Σ_j min_i (c_ij + λ_i · w_ij) − Σ_i max(λ_i · maxLoad_i, λ_i · minLoad_i). Its greatest value is that of the
/// linear relaxation, and it has only as many variables as there are agents. Heuristic numbers: no bound is read off here.
/// </summary>
internal sealed class CapacityPrices
{
    /// <summary>Stands for a pair that may not be used.</summary>
    public const double Forbidden = 1e30;

    private readonly int _m, _n;
    private readonly double[] _cost, _weight; // at j·m + i
    private readonly double[] _min, _max;
    private readonly double[] _slope;
    private readonly bool _windows;

    public CapacityPrices(GeneralisedAssignmentProblem problem)
    {
        (_m, _n) = (problem.Agents, problem.Jobs);
        (_cost, _weight) = (new double[_m * _n], new double[_m * _n]);
        for (var i = 0; i < _m; i++)
            for (var j = 0; j < _n; j++)
            {
                _cost[(j * _m) + i] = problem.Allows(i, j) && problem.Weight[(i * _n) + j] <= problem.MaxLoad[i] ? problem.Cost[(i * _n) + j] : Forbidden;
                _weight[(j * _m) + i] = problem.Weight[(i * _n) + j];
            }
        _min = [.. problem.MinLoad.Select(load => (double)load)];
        _max = [.. problem.MaxLoad.Select(load => (double)load)];
        _windows = _min.Any(load => load > 0);
        _slope = new double[_m];
        Price = new double[_m];
        (Value, Second) = (new double[_n], new double[_n]);
        Agent = new int[_n];
    }

    /// <summary>Price of a unit of load at each agent; negative only where a least load binds.</summary>
    public double[] Price { get; }

    /// <summary>Least priced cost of each job at <see cref="Price"/>.</summary>
    public double[] Value { get; }

    /// <summary>Priced cost of each job at its second best agent.</summary>
    public double[] Second { get; }

    /// <summary>The agent it is least at.</summary>
    public int[] Agent { get; }

    /// <summary>Value of the relaxation at <see cref="Price"/>.</summary>
    public double Bound { get; private set; } = double.MinValue;

    /// <summary>Climbs from <see cref="Price"/>.</summary>
    /// <param name="steps">most evaluations</param>
    /// <param name="goOn">asked after every evaluation</param>
    public void Climb(int steps, Func<bool> goOn)
    {
        var best = (double[])Price.Clone();
        var direction = new double[_m];
        Bound = Evaluate();
        var start = Bound;
        // how far the steps aim above the best value: halved while they miss
        var level = Math.Max(Math.Abs(Bound) * 0.05, 1);
        var stale = 0;
        for (var step = 1; step < steps && goOn(); step++)
        {
            var value = step == 1 ? Bound : Evaluate();
            if (value > Bound)
            {
                if (value - Bound > level * 0.05) stale = 0;
                else stale++;
                Bound = value;
                Price.CopyTo(best, 0);
            }
            else stale++;
            if (stale > 8)
            {
                (stale, level) = (0, level / 2);
                if (level < 1e-6 * Math.Max(1, Math.Abs(Bound - start))) break;
                best.CopyTo(Price, 0);
                Array.Clear(direction);
                Evaluate();
                value = Bound;
            }
            double size = 0;
            for (var i = 0; i < _m; i++)
            {
                direction[i] = _slope[i] + (0.6 * direction[i]);
                size += direction[i] * direction[i];
            }
            if (size == 0) break;
            var length = (Bound + level - value) / size;
            for (var i = 0; i < _m; i++)
            {
                Price[i] += length * direction[i];
                if (Price[i] < 0 && _min[i] <= 0) Price[i] = 0;
            }
        }
        best.CopyTo(Price, 0);
        Bound = Evaluate();
    }

    private double Evaluate()
    {
        double value = 0;
        for (var i = 0; i < _m; i++)
        {
            var load = Price[i] >= 0 || !_windows ? _max[i] : _min[i];
            value -= Price[i] * load;
            _slope[i] = -load;
        }
        for (var j = 0; j < _n; j++)
        {
            var (at, least, second) = (0, double.MaxValue, double.MaxValue);
            var cost = _cost.AsSpan(j * _m, _m);
            var weight = _weight.AsSpan(j * _m, _m);
            for (var i = 0; i < cost.Length; i++)
            {
                var price = cost[i] + (Price[i] * weight[i]);
                if (price < least) (at, least, second) = (i, price, least);
                else if (price < second) second = price;
            }
            value += least;
            (Value[j], Second[j], Agent[j]) = (least, second, at);
            _slope[at] += weight[at];
        }
        return value;
    }
}
