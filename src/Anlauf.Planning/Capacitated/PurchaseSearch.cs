using Anlauf.Planning.Location;

namespace Anlauf.Planning.Capacitated;

/// <summary>
/// Whether the budget buys the capacity: sites of least cost that groups need and whose capacities hold the demand, by branch
/// and bound. The bound has a price μ of a unit of capacity: μ · demand + least Σ (cost − μ · capacity), a knapsack with groups, of at least as many sites as the largest need.
/// Ends with a choice within the budget or with a proof that there is none.
/// </summary>
internal sealed class PurchaseSearch(CapacitatedProblem problem, SiteLimits limits, SearchClock clock)
{
    private const int MostTangents = 60;
    private readonly double[] _net = new double[problem.Capacities.Length];
    private readonly bool[] _chosen = new bool[problem.Capacities.Length], _low = new bool[problem.Capacities.Length], _high = new bool[problem.Capacities.Length];

    private int _need;

    /// <summary>Steps of a price of capacity per unit of the budget: as fine as prices that matter allow.</summary>
    public long Scale { get; } = FinestScale(problem, limits);

    /// <summary>Sites that keep all conditions, or none.</summary>
    public int[]? Found { get; private set; }

    /// <summary>True when the search ended before it knew.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Searches; the steps are a proof where nothing was found and nothing is left open.</summary>
    public ProofStep Explore(sbyte[] state)
    {
        var step = new ProofStep();
        if (limits.IsImpossible(state)) return step;
        if (!clock.Step()) IsOpen = true;
        var (price, least) = Price(state);
        if (Found is not null || IsOpen) return step;
        if (least > limits.Budget * (1 - 1e-9) && ScaledBound(state, price) is { } scaled)
        {
            (step.Multipliers, step.Price) = ([], scaled);
            return step;
        }
        var site = Branching(state);
        if (site < 0) return step;
        step.Branch = site;
        state[site] = 1;
        step.WhenOpen = Explore(state);
        state[site] = -1;
        step.WhenClosed = Found is null && !IsOpen ? Explore(state) : new();
        state[site] = 0;
        return step;
    }

    /// <summary>The price whose bound on the cost is greatest and that bound; ends early at a choice within the budget.</summary>
    public (double Price, double Least) Price(sbyte[] state)
    {
        Found = null;
        _need = limits.LeastMore(state);
        var low = 0.0;
        var valueLow = At(0, state, _low, out var costLow, out var roomLow);
        if (roomLow >= limits.Demand)
        {
            Note(_low, state, costLow, roomLow);
            return (0, valueLow);
        }
        var high = Math.Max(1e-12, (double)limits.Cost.Sum() / Math.Max(1, problem.Capacities.Sum()));
        var (best, value) = (0.0, valueLow);
        double costHigh;
        long roomHigh;
        for (; ; high *= 4)
        {
            var here = At(high, state, _high, out costHigh, out roomHigh);
            if (here > value) (best, value) = (high, here);
            if (roomHigh >= limits.Demand) break;
            (low, costLow, roomLow) = (high, costHigh, roomHigh);
            _high.CopyTo(_low, 0);
        }
        for (var k = 0; k < MostTangents; k++)
        {
            Note(_high, state, costHigh, roomHigh);
            if (Found is not null) break;
            var price = (costHigh - costLow) / (roomHigh - roomLow);
            if (!(price > low && price < high)) break;
            var here = At(price, state, _chosen, out var cost, out var room);
            if (here > value) (best, value) = (price, here);
            var meets = here >= costLow + (price * (limits.Demand - roomLow)) - (1e-9 * Math.Abs(here));
            if (room >= limits.Demand)
            {
                (high, costHigh, roomHigh) = (price, cost, room);
                _chosen.CopyTo(_high, 0);
            }
            else
            {
                (low, costLow, roomLow) = (price, cost, room);
                _chosen.CopyTo(_low, 0);
            }
            if (meets) break;
        }
        if (Found is null) Note(_high, state, costHigh, roomHigh);
        return (best, value);
    }

    private double At(double price, sbyte[] state, bool[] chosen, out double cost, out long room)
    {
        for (var i = 0; i < _net.Length; i++) _net[i] = limits.Cost[i] - (price * problem.Capacities[i]);
        var sum = limits.Choose(_net, state, _need, 0.0, chosen);
        (cost, room) = (0, 0);
        for (var i = 0; i < chosen.Length; i++)
            if (chosen[i]) (cost, room) = (cost + limits.Cost[i], room + problem.Capacities[i]);
        return (price * limits.Demand) + sum;
    }

    // a choice that holds the demand, made cheaper where sites can be spared
    private void Note(bool[] chosen, sbyte[] state, double cost, long room)
    {
        int[] open = [.. Enumerable.Range(0, chosen.Length).Where(i => chosen[i])];
        var kept = new HashSet<int>(open);
        foreach (var i in open.Where(i => state[i] == 0).OrderByDescending(i => limits.Cost[i]))
        {
            if (cost <= limits.Budget || room - problem.Capacities[i] < limits.Demand || kept.Count == 1) continue;
            if (limits.Group[i] is var g and >= 0 && limits.Members[g].Count(kept.Contains) <= limits.Least[g]) continue;
            kept.Remove(i);
            (cost, room) = (cost - limits.Cost[i], room - problem.Capacities[i]);
        }
        if (cost <= limits.Budget && kept.Count > 0) Found = [.. kept.Order()];
    }

    private int Branching(sbyte[] state)
    {
        var site = -1;
        for (var i = 0; i < state.Length; i++)
            if (state[i] == 0 && _low[i] != _high[i] && (site < 0 || problem.Capacities[i] > problem.Capacities[site])) site = i;
        for (var i = 0; i < state.Length && site < 0; i++)
            if (state[i] == 0) site = i;
        return site;
    }

    /// <summary>The price in steps where its bound, without rounding errors, is above the budget; or none.</summary>
    private long? ScaledBound(sbyte[] state, double price)
    {
        if (price * Scale >= 1L << 62) return null;
        var scaled = (long)(price * Scale);
        var net = new Int128[state.Length];
        for (var i = 0; i < net.Length; i++) net[i] = ((Int128)limits.Cost[i] * Scale) - ((Int128)scaled * problem.Capacities[i]);
        var bound = ((Int128)scaled * limits.Demand) + limits.Choose(net, state, limits.LeastMore(state), Int128.Zero, new bool[net.Length]);
        return bound > (Int128)limits.Budget * Scale ? scaled : null;
    }

    private static long FinestScale(CapacitatedProblem problem, SiteLimits limits)
    {
        var dearest = 1e-18;
        for (var i = 0; i < limits.Cost.Length; i++)
            if (problem.Capacities[i] > 0 && limits.Cost[i] <= limits.Budget) dearest = Math.Max(dearest, (double)limits.Cost[i] / problem.Capacities[i]);
        return 1L << (int)Math.Clamp(61 - Math.Ceiling(Math.Log2(dearest)), 0, 61);
    }
}
