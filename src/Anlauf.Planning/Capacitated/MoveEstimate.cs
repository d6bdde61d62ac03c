namespace Anlauf.Planning.Capacitated;

/// <summary>
/// What opening, closing or swapping sites changes about, near a plan: a customer whose site closes goes where it costs least
/// beside the price of capacity there, one near a new site goes there as far as it has room. All swaps in the time of one pass
/// over the costs. Source: fast swap-based local search (Resende and Werneck 2007), with the prices of the transport.
/// </summary>
internal sealed class MoveEstimate
{
    private readonly CapacitatedProblem _problem;
    private readonly double[] _costs, _value, _gain, _need, _loss;
    private readonly List<(int Customer, double Share, double Other)>[] _served;

    /// <param name="problem">the problem</param>
    /// <param name="costs">cost of serving a customer wholly, site by site</param>
    /// <param name="plan">the plan's transport</param>
    /// <param name="open">its sites, in the order of the transport</param>
    public MoveEstimate(CapacitatedProblem problem, double[] costs, Transport plan, int[] open)
    {
        var (m, n) = (problem.Capacities.Length, problem.Demands.Length);
        (_problem, _costs, _value, _gain, _need, _loss) = (problem, costs, new double[n], new double[m], new double[m], new double[m]);
        var (first, second) = (new int[n], new double[n]);
        Array.Fill(_value, double.PositiveInfinity);
        Array.Fill(second, double.PositiveInfinity);
        for (var a = 0; a < open.Length; a++)
            for (var j = 0; j < n; j++)
            {
                var here = costs[(open[a] * n) + j] + (plan.Price[a] * problem.Demands[j]);
                if (here < _value[j]) (second[j], _value[j], first[j]) = (_value[j], here, open[a]);
                else if (here < second[j]) second[j] = here;
            }
        _served = [.. Enumerable.Range(0, m).Select(_ => new List<(int, double, double)>())];
        foreach (var (site, customer, units) in plan.Services())
        {
            var other = first[customer] == site ? second[customer] : _value[customer];
            var share = units / (double)Math.Max(1, problem.Demands[customer]);
            _served[site].Add((customer, share, other));
            _loss[site] += share * (other - costs[(site * n) + customer]);
        }
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
                if (_value[j] - costs[(i * n) + j] is var gain and > 0) (_gain[i], _need[i]) = (_gain[i] + gain, _need[i] + problem.Demands[j]);
    }

    /// <summary>What the cost changes by when one site opens and another one closes; −1 for none.</summary>
    public double Change(int entering, int leaving)
    {
        var change = leaving < 0 ? 0 : _loss[leaving] - (double)_problem.FixedCosts[leaving];
        if (entering < 0) return change;
        var (gain, need) = (_gain[entering], _need[entering]);
        if (leaving >= 0)
            foreach (var (customer, share, other) in _served[leaving])
            {
                var cost = _costs[(entering * _problem.Demands.Length) + customer];
                if (other <= cost) continue;
                gain += share * (other - Math.Max(cost, _value[customer]));
                if (_value[customer] <= cost) need += share * _problem.Demands[customer];
            }
        return change + (double)_problem.FixedCosts[entering] - (need > _problem.Capacities[entering] ? gain * _problem.Capacities[entering] / need : gain);
    }
}
