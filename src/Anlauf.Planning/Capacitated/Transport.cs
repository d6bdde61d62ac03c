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
    private readonly double[] _costs; // unit costs, customer by customer
    private readonly double[] _length; // cheapest reassignment of a unit from site to site, and the customer it takes
    private readonly int[] _customer;
    private readonly double[] _distance;
    private readonly int[] _from;
    private readonly List<(int From, int To, int Customer)> _path = [];

    private Transport(CapacitatedProblem problem, double[] unitCosts, int[] open)
    {
        (_problem, _unit, _open) = (problem, unitCosts, open);
        _flow = new long[open.Length, problem.Demands.Length];
        _load = new long[open.Length];
        Price = new double[open.Length];
        Multiplier = new double[problem.Demands.Length];
        var (m, n) = (open.Length, problem.Demands.Length);
        _costs = new double[m * n];
        for (var a = 0; a < m; a++)
            for (var j = 0; j < n; j++) _costs[(j * m) + a] = unitCosts[(open[a] * n) + j];
        (_length, _customer, _distance, _from) = (new double[m * m], new int[m * m], new double[m], new int[m]);
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

    /// <summary><see cref="Cost"/> but for rounding errors, and many times as fast.</summary>
    public double NearCost()
    {
        var cost = (double)_open.Sum(i => _problem.FixedCosts[i]);
        for (var j = 0; j < _problem.Demands.Length; j++)
        {
            var costs = Costs(j);
            if (_problem.Demands[j] == 0)
            {
                var least = double.PositiveInfinity;
                foreach (var here in costs) least = Math.Min(least, here);
                cost += least;
            }
            else
                for (var a = 0; a < costs.Length; a++) cost += _flow[a, j] * costs[a];
        }
        return cost;
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

    private void Start()
    {
        for (var j = 0; j < _problem.Demands.Length; j++)
        {
            var costs = Costs(j);
            var best = 0;
            for (var a = 1; a < costs.Length; a++)
                if (costs[a] < costs[best]) best = a;
            _flow[best, j] = _problem.Demands[j];
            _load[best] += _problem.Demands[j];
        }
        Array.Fill(_length, double.PositiveInfinity);
        for (var a = 0; a < _open.Length; a++)
            for (var j = 0; j < _problem.Demands.Length; j++)
                if (_flow[a, j] > 0) Offer(a, j);
    }

    // what a unit costs customer j at each open site
    private ReadOnlySpan<double> Costs(int j) => _costs.AsSpan(j * _open.Length, _open.Length);

    /// <summary>Customer j, served at site a, may be the cheapest to send elsewhere.</summary>
    private void Offer(int a, int j)
    {
        var costs = Costs(j);
        var at = a * _open.Length;
        var here = costs[a];
        for (var b = 0; b < costs.Length; b++)
            if (costs[b] - here < _length[at + b] && b != a) (_length[at + b], _customer[at + b]) = (costs[b] - here, j);
    }

    /// <summary>Customer j is no longer served at site a: where it was the cheapest to send another one is looked for.</summary>
    private void Forget(int a, int j)
    {
        var m = _open.Length;
        for (var b = 0; b < m; b++)
        {
            var at = (a * m) + b;
            if (_customer[at] != j || double.IsPositiveInfinity(_length[at])) continue;
            _length[at] = double.PositiveInfinity;
            for (var k = 0; k < _problem.Demands.Length; k++)
                if (_flow[a, k] > 0 && _costs[(k * m) + b] - _costs[(k * m) + a] is var extra && extra < _length[at]) (_length[at], _customer[at]) = (extra, k);
        }
    }

    private bool MoveOverload()
    {
        var m = _open.Length;
        var overload = false;
        for (var a = 0; a < m; a++)
        {
            overload |= _load[a] > Capacity(a);
            (_distance[a], _from[a]) = (_load[a] > Capacity(a) ? 0 : double.PositiveInfinity, -1);
        }
        if (!overload) return false;
        Relax(_length, _distance, _from, forward: true);
        var sink = -1;
        for (var a = 0; a < m; a++)
            if (_load[a] < Capacity(a) && (sink < 0 || _distance[a] < _distance[sink])) sink = a;
        var units = Capacity(sink) - _load[sink];
        var source = sink;
        _path.Clear();
        for (; _from[source] >= 0; source = _from[source])
        {
            var j = _customer[(_from[source] * m) + source];
            _path.Add((_from[source], source, j));
            units = Math.Min(units, _flow[_from[source], j]);
        }
        units = Math.Min(units, _load[source] - Capacity(source));
        foreach (var (a, b, j) in _path)
        {
            _flow[a, j] -= units;
            _flow[b, j] += units;
        }
        _load[source] -= units;
        _load[sink] += units;
        // the way of few customers has changed, all other arcs are as before
        foreach (var (a, b, j) in _path)
        {
            if (_flow[a, j] == 0) Forget(a, j);
            if (_flow[b, j] > 0) Offer(b, j);
        }
        return true;
    }

    /// <summary>Price of capacity: cheapest way to shift one unit on to a site with room.</summary>
    private void FindPrices()
    {
        var m = _open.Length;
        var room = Enumerable.Range(0, m).Any(a => _load[a] < Capacity(a));
        for (var a = 0; a < m; a++) Price[a] = _load[a] < Capacity(a) || (!room && a == 0) ? 0 : double.PositiveInfinity;
        Relax(_length, Price, _from, forward: false);
        var dearest = Price.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        // a site without capacity serves nobody: dear enough that nobody would rather be there
        var farthest = _costs.Max();
        for (var a = 0; a < m; a++)
            if (!double.IsFinite(Price[a])) Price[a] = dearest + farthest;
        // without any room left prices are known up to a constant; capacity is never worth less than nothing
        var least = Math.Min(0, Price.Min());
        for (var a = 0; a < m; a++) Price[a] -= least;
        for (var j = 0; j < Multiplier.Length; j++)
        {
            var best = double.PositiveInfinity;
            var costs = Costs(j);
            for (var a = 0; a < m; a++) best = Math.Min(best, costs[a] + (_problem.Demands[j] == 0 ? 0 : Price[a]));
            Multiplier[j] = best * Math.Max(1, _problem.Demands[j]);
        }
    }

    private static void Relax(double[] length, double[] distance, int[] from, bool forward)
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
                    if (a == b || !(distance[near] + length[(a * m) + b] < distance[far] - Tiny)) continue;
                    distance[far] = distance[near] + length[(a * m) + b];
                    from[far] = near;
                    moved = true;
                }
        }
    }

    private long Capacity(int a) => _problem.Capacities[_open[a]];
}
