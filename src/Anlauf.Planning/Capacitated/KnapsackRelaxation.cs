namespace Anlauf.Planning.Capacitated;

/// <summary>
/// The Lagrangian with demands relaxed: each site fills a continuous knapsack with the customers that gain most per unit
/// and opens where that pays; all open sites together must hold the total demand, which has a price λ of its own.
/// Source: Christofides and Beasley 1983; surrogate row as in Cornuéjols, Sridharan, Thizy 1991.
/// </summary>
internal sealed class KnapsackRelaxation
{
    private readonly CapacitatedProblem _problem;
    private readonly double[] _costs, _fixed, _ratio, _gain;
    private readonly int[] _items;

    public KnapsackRelaxation(CapacitatedProblem problem)
    {
        _problem = problem;
        _costs = [.. problem.Costs.Select(c => (double)c)];
        _fixed = [.. problem.FixedCosts.Select(c => (double)c)];
        var n = problem.Demands.Length;
        _ratio = new double[n];
        _gain = new double[n];
        _items = new int[n];
        Net = new double[problem.Capacities.Length];
        Share = new double[problem.Capacities.Length];
        Served = new double[n];
    }

    /// <summary>Fixed cost − gain − λ × capacity of each site.</summary>
    public double[] Net { get; }

    /// <summary>How far each site is open.</summary>
    public double[] Share { get; }

    /// <summary>How often each customer is served by the open sites.</summary>
    public double[] Served { get; }

    /// <summary>Price of a unit of total capacity.</summary>
    public double Price { get; private set; }

    /// <summary>The bound at these multipliers (in money, not yet rounded safely).</summary>
    /// <param name="multipliers">what serving each customer is worth</param>
    /// <param name="state">per site 1 open, −1 closed, 0 free</param>
    public double Evaluate(double[] multipliers, sbyte[] state)
    {
        double sum = multipliers.Sum();
        for (var i = 0; i < Net.Length; i++)
            Net[i] = state[i] < 0 ? 0 : _fixed[i] - Fill(i, multipliers, 0);
        Price = FindPrice(state);
        sum += Price * _problem.Demands.Sum();
        Array.Clear(Served);
        long room = _problem.Demands.Sum();
        for (var i = 0; i < Net.Length; i++)
        {
            Share[i] = 0;
            if (state[i] < 0) continue;
            Net[i] -= Price * _problem.Capacities[i];
            if (state[i] > 0 || Net[i] < 0) sum += Net[i];
            if (state[i] > 0 || Net[i] < -1e-7) (Share[i], room) = (1, room - _problem.Capacities[i]);
        }
        for (var i = 0; i < Net.Length && room > 0 && Price > 0; i++)
        {
            if (state[i] != 0 || Share[i] > 0 || Net[i] > 1e-7 || _problem.Capacities[i] == 0) continue;
            Share[i] = Math.Min(1, room / (double)_problem.Capacities[i]);
            room -= _problem.Capacities[i];
        }
        for (var i = 0; i < Net.Length; i++)
            if (Share[i] > 0) Fill(i, multipliers, Share[i]);
        return sum;
    }

    /// <summary>Gain of the site's knapsack; adds what it serves, times the share, to <see cref="Served"/>.</summary>
    private double Fill(int site, double[] multipliers, double share)
    {
        var n = _problem.Demands.Length;
        int count = 0;
        double gain = 0;
        for (var j = 0; j < n; j++)
        {
            var g = multipliers[j] - _costs[site * n + j];
            if (g <= 0) continue;
            if (_problem.Demands[j] == 0)
            {
                gain += g;
                Served[j] += share;
                continue;
            }
            _gain[count] = g;
            _ratio[count] = -g / _problem.Demands[j];
            _items[count++] = j;
        }
        long room = _problem.Capacities[site], need = 0;
        for (var k = 0; k < count; k++) need += _problem.Demands[_items[k]];
        if (need > room) Array.Sort(_ratio, _items, 0, count);
        for (var k = 0; k < count && room > 0; k++)
        {
            var j = _items[k];
            var part = Math.Min(1, room / (double)_problem.Demands[j]);
            gain += part * (multipliers[j] - _costs[site * n + j]);
            Served[j] += share * part;
            room -= _problem.Demands[j];
        }
        return gain;
    }

    /// <summary>λ where the free sites worth opening just hold what the open ones leave of the demand.</summary>
    private double FindPrice(sbyte[] state)
    {
        var room = _problem.Demands.Sum();
        var free = new List<(double Ratio, long Capacity)>();
        for (var i = 0; i < Net.Length; i++)
        {
            if (state[i] > 0) room -= _problem.Capacities[i];
            if (state[i] == 0 && _problem.Capacities[i] > 0) free.Add((Net[i] / _problem.Capacities[i], _problem.Capacities[i]));
        }
        free.Sort();
        foreach (var (ratio, capacity) in free)
        {
            room -= capacity;
            if (room <= 0) return Math.Max(0, ratio);
        }
        return 0;
    }
}
