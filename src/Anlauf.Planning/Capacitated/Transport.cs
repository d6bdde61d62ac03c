namespace Anlauf.Planning.Capacitated;

/// <summary>
/// Cheapest service of all customers from given open sites: everybody starts at the cheapest site, then overload moves
/// along shortest paths of reassignments to sites with room. Source: successive shortest paths, Ahuja, Magnanti, Orlin 1993.
/// </summary>
internal sealed class Transport
{
    private const double Tiny = 1e-9;
    private readonly CapacitatedProblem _problem;
    private readonly double[] _unit;
    private readonly int[] _open;
    private readonly long[,] _flow;
    private readonly long[] _load;

    private Transport(CapacitatedProblem problem, double[] unitCosts, int[] open)
    {
        (_problem, _unit, _open) = (problem, unitCosts, open);
        _flow = new long[open.Length, problem.Demands.Length];
        _load = new long[open.Length];
        Price = new double[open.Length];
        Multiplier = new double[problem.Demands.Length];
    }

    /// <summary>Price of a unit of capacity at each open site, and what a unit costs each customer: the dual solution.</summary>
    public double[] Price { get; }

    /// <inheritdoc cref="Price"/>
    public double[] Multiplier { get; }

    /// <summary>Costs per unit of demand, or per customer where there is no demand.</summary>
    public static double[] UnitCosts(CapacitatedProblem problem)
    {
        var n = problem.Demands.Length;
        return [.. problem.Costs.Select((cost, k) => (double)cost / Math.Max(1, problem.Demands[k % n]))];
    }

    /// <summary>The cheapest service, or none when the sites are too small together.</summary>
    public static Transport? Solve(CapacitatedProblem problem, double[] unitCosts, int[] open)
    {
        if (open.Sum(i => problem.Capacities[i]) < problem.Demands.Sum() || open.Length == 0) return null;
        var transport = new Transport(problem, unitCosts, open);
        transport.Start();
        while (transport.MoveOverload()) { }
        transport.FindPrices();
        return transport;
    }

    /// <summary>Who serves whom.</summary>
    public List<Service> Services()
    {
        var list = new List<Service>();
        for (var j = 0; j < _problem.Demands.Length; j++)
        {
            if (_problem.Demands[j] == 0)
            {
                list.Add(new(_open.MinBy(i => _unit[i * _problem.Demands.Length + j]), j, 1));
                continue;
            }
            for (var a = 0; a < _open.Length; a++)
                if (_flow[a, j] > 0) list.Add(new(_open[a], j, _flow[a, j]));
        }
        return list;
    }

    /// <summary>Exact cost of opening the sites and serving everybody this way.</summary>
    public decimal Cost()
    {
        decimal cost = _open.Sum(i => _problem.FixedCosts[i]);
        var n = _problem.Demands.Length;
        foreach (var (site, customer, units) in Services())
            cost += _problem.Costs[site * n + customer] * units / Math.Max(1, _problem.Demands[customer]);
        return cost;
    }

    private double Unit(int a, int j) => _unit[_open[a] * _problem.Demands.Length + j];

    private void Start()
    {
        for (var j = 0; j < _problem.Demands.Length; j++)
        {
            var best = 0;
            for (var a = 1; a < _open.Length; a++)
                if (Unit(a, j) < Unit(best, j)) best = a;
            _flow[best, j] = _problem.Demands[j];
            _load[best] += _problem.Demands[j];
        }
    }

    /// <summary>Cheapest reassignment of one unit from site to site, over the customers served there.</summary>
    private (double[,] Length, int[,] Customer) Arcs()
    {
        var m = _open.Length;
        var length = new double[m, m];
        var customer = new int[m, m];
        for (var a = 0; a < m; a++)
        {
            for (var b = 0; b < m; b++) length[a, b] = double.PositiveInfinity;
            for (var j = 0; j < _problem.Demands.Length; j++)
            {
                if (_flow[a, j] == 0) continue;
                var here = Unit(a, j);
                for (var b = 0; b < m; b++)
                    if (b != a && Unit(b, j) - here is var extra && extra < length[a, b]) (length[a, b], customer[a, b]) = (extra, j);
            }
        }
        return (length, customer);
    }

    private bool MoveOverload()
    {
        var m = _open.Length;
        if (!Enumerable.Range(0, m).Any(a => _load[a] > Capacity(a))) return false;
        var (length, customer) = Arcs();
        var distance = new double[m];
        var from = new int[m];
        for (var a = 0; a < m; a++) (distance[a], from[a]) = (_load[a] > Capacity(a) ? 0 : double.PositiveInfinity, -1);
        Relax(length, distance, from, forward: true);
        var sink = -1;
        for (var a = 0; a < m; a++)
            if (_load[a] < Capacity(a) && (sink < 0 || distance[a] < distance[sink])) sink = a;
        var units = Capacity(sink) - _load[sink];
        var source = sink;
        for (; from[source] >= 0; source = from[source]) units = Math.Min(units, _flow[from[source], customer[from[source], source]]);
        units = Math.Min(units, _load[source] - Capacity(source));
        for (var b = sink; from[b] >= 0; b = from[b])
        {
            var j = customer[from[b], b];
            _flow[from[b], j] -= units;
            _flow[b, j] += units;
        }
        _load[source] -= units;
        _load[sink] += units;
        return true;
    }

    /// <summary>Price of capacity: cheapest way to shift one unit on to a site with room.</summary>
    private void FindPrices()
    {
        var m = _open.Length;
        var (length, _) = Arcs();
        var room = Enumerable.Range(0, m).Any(a => _load[a] < Capacity(a));
        for (var a = 0; a < m; a++) Price[a] = _load[a] < Capacity(a) || (!room && a == 0) ? 0 : double.PositiveInfinity;
        Relax(length, Price, new int[m], forward: false);
        var dearest = Price.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        for (var a = 0; a < m; a++)
            if (!double.IsFinite(Price[a])) Price[a] = dearest;
        // without any room left prices are known up to a constant; capacity is never worth less than nothing
        var least = Math.Min(0, Price.Min());
        for (var a = 0; a < m; a++) Price[a] -= least;
        for (var j = 0; j < Multiplier.Length; j++)
        {
            var best = double.PositiveInfinity;
            for (var a = 0; a < m; a++) best = Math.Min(best, Unit(a, j) + (_problem.Demands[j] == 0 ? 0 : Price[a]));
            Multiplier[j] = best * Math.Max(1, _problem.Demands[j]);
        }
    }

    private static void Relax(double[,] length, double[] distance, int[] from, bool forward)
    {
        var m = distance.Length;
        var moved = true;
        for (var round = 0; moved && round <= m; round++)
        {
            moved = false;
            for (var a = 0; a < m; a++)
                for (var b = 0; b < m; b++)
                {
                    var (near, far) = forward ? (a, b) : (b, a);
                    if (a == b || !(distance[near] + length[a, b] < distance[far] - Tiny)) continue;
                    distance[far] = distance[near] + length[a, b];
                    from[far] = near;
                    moved = true;
                }
        }
    }

    private long Capacity(int a) => _problem.Capacities[_open[a]];
}
