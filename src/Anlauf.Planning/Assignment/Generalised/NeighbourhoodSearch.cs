namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Improves the incumbent by solving parts of it exactly: the jobs of a few agents are set free among these agents,
/// everything else stays (large neighbourhood search with the proof engine as its inner solver).
/// </summary>
internal sealed class NeighbourhoodSearch
{
    private const int EvaluationsPerTry = 600;
    private const int LeastFree = 10, MostFree = 200;
    private readonly ScaledModel _model;
    private readonly GeneralisedAssignmentProblem _problem;
    private readonly Incumbent _incumbent;
    private readonly int[] _order;
    private readonly int[] _plan;
    private readonly List<int> _jobs = [];
    private readonly double[] _regret;
    private SplitMix _random;
    private double _freeJobs = 24;

    public NeighbourhoodSearch(ScaledModel model, Incumbent incumbent, ulong seed)
    {
        (_model, _problem, _incumbent) = (model, model.Problem, incumbent);
        _order = [.. Enumerable.Range(0, model.Agents)];
        _plan = new int[model.Jobs];
        _regret = new double[model.Jobs];
        CapacityPrice = new double[model.Agents];
        _random = new(seed);
    }

    /// <summary>What a unit of each agent's capacity is worth, in cost units.</summary>
    public double[] CapacityPrice { get; }

    /// <summary>Evaluations of the bound so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>One try; true when the incumbent improved.</summary>
    /// <param name="u">good multipliers of the whole problem</param>
    /// <param name="goOn">false stops</param>
    public bool Try(long[] u, Func<bool> goOn)
    {
        if (!_incumbent.Exists || _model.Agents < 2) return false;
        var agents = ChooseAgents();
        var all = ChooseJobs(agents);
        if (_jobs.Count == 0) { Evaluations++; return false; }
        var part = Part(agents, out var before);
        var best = new Incumbent(part);
        var model = new ScaledModel(part);
        var tree = new TreeSearch(model, best) { NodeSteps = 3 };
        var start = new long[_jobs.Count];
        for (var t = 0; t < start.Length; t++)
            start[t] = Math.Clamp((long)((double)u[_jobs[t]] / _model.Scale * model.Scale), model.Low[t], model.High[t]);
        var finished = tree.Run(start, before - 1, null, EvaluationsPerTry, goOn);
        Evaluations += Math.Max(1, tree.Evaluations);
        // parts solved quickly may grow, parts that are too hard shrink
        if (!finished) _freeJobs = Math.Max(LeastFree, _freeJobs * 0.96);
        else if (!all || _freeJobs <= _jobs.Count) _freeJobs = Math.Min(MostFree, _freeJobs * 1.02);
        if (!best.Exists) return false;
        _incumbent.AgentOf.CopyTo(_plan, 0);
        for (var t = 0; t < _jobs.Count; t++) _plan[_jobs[t]] = agents[best.AgentOf[t]];
        return _incumbent.Offer(_plan);
    }

    // a chain: an agent, the agent one of its jobs would rather be at, the agent one of that one's jobs would go to …
    private int[] ChooseAgents()
    {
        var perAgent = (double)_model.Jobs / _model.Agents;
        var wanted = Math.Min(_model.Agents, Math.Max(2 + (int)(_random.Next() % 5), (int)Math.Round(_freeJobs / perAgent) + (int)(_random.Next() % 2)));
        Swap(0, Below(_order.Length));
        for (var k = 1; k < wanted; k++)
        {
            var (next, least) = (-1, double.MaxValue);
            for (var trial = 0; trial < 6; trial++)
            {
                var job = Below(_model.Jobs);
                for (var step = 0; step < _model.Jobs && Array.IndexOf(_order, _incumbent.AgentOf[job], 0, k) < 0; step++) job = (job + 1) % _model.Jobs;
                var here = Price(_incumbent.AgentOf[job], job);
                for (var other = k; other < _order.Length; other++)
                    if (_problem.Allows(_order[other], job) && Price(_order[other], job) - here is var loss && loss < least) (next, least) = (other, loss);
            }
            Swap(k, next < 0 ? k + Below(_order.Length - k) : next);
        }
        return _order[..wanted];
    }

    private void Swap(int a, int b) => (_order[a], _order[b]) = (_order[b], _order[a]);

    private int Below(int count) => (int)(_random.Next() % (ulong)count);

    // jobs of the chosen agents; when there are more than wanted, those that lose least by moving, blurred by chance;
    // true when all of them are taken
    private bool ChooseJobs(int[] agents)
    {
        _jobs.Clear();
        for (var j = 0; j < _model.Jobs; j++)
            if (Array.IndexOf(agents, _incumbent.AgentOf[j]) >= 0) _jobs.Add(j);
        var most = (int)_freeJobs;
        if (_jobs.Count <= most) return true;
        double spread = 0;
        foreach (var j in _jobs)
        {
            var (here, there) = (Price(_incumbent.AgentOf[j], j), double.MaxValue);
            foreach (var i in agents)
                if (i != _incumbent.AgentOf[j] && _problem.Allows(i, j)) there = Math.Min(there, Price(i, j));
            _regret[j] = there == double.MaxValue ? 1e15 : there - here;
            if (there < double.MaxValue) spread += Math.Abs(_regret[j]);
        }
        spread *= 0.5 / _jobs.Count;
        foreach (var j in _jobs) _regret[j] += spread * (_random.Next() >> 11) * (1.0 / (1UL << 53));
        _jobs.Sort((a, b) => _regret[a] != _regret[b] ? _regret[a].CompareTo(_regret[b]) : a.CompareTo(b));
        _jobs.RemoveRange(most, _jobs.Count - most);
        return false;
    }

    private double Price(int agent, int job) =>
        _problem.Cost[(agent * _problem.Jobs) + job] + (CapacityPrice[agent] * _problem.Weight[(agent * _problem.Jobs) + job]);

    // the chosen jobs among the chosen agents; what the agents keep is taken off their windows
    private GeneralisedAssignmentProblem Part(int[] agents, out long cost)
    {
        var (m, n, all) = (agents.Length, _jobs.Count, _problem.Jobs);
        var (costs, weights) = (new long[m * n], new long[m * n]);
        var (min, max) = (new long[m], new long[m]);
        var allowed = _problem.Allowed is null ? null : new bool[m * n];
        cost = 0;
        for (var i = 0; i < m; i++)
        {
            var agent = agents[i];
            long kept = 0;
            for (var j = 0; j < all; j++)
                if (_incumbent.AgentOf[j] == agent) kept += _problem.Weight[(agent * all) + j];
            for (var t = 0; t < n; t++)
            {
                var pair = (agent * all) + _jobs[t];
                (costs[(i * n) + t], weights[(i * n) + t]) = (_problem.Cost[pair], _problem.Weight[pair]);
                if (allowed is not null) allowed[(i * n) + t] = _problem.Allowed![pair];
                if (_incumbent.AgentOf[_jobs[t]] != agent) continue;
                kept -= _problem.Weight[pair];
                cost += _problem.Cost[pair];
            }
            (min[i], max[i]) = (_problem.MinLoad[i] - kept, _problem.MaxLoad[i] - kept);
        }
        return new(_problem.Instance, m, n, costs, weights, min, max, allowed);
    }
}

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): small, seeded, the same on every machine.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
