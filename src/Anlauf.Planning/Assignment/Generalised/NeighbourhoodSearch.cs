namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>
/// Improves the incumbent by solving parts of it exactly: the jobs of a few agents are set free among these agents,
/// everything else stays (large neighbourhood search with the proof engine as its inner solver).
/// </summary>
internal sealed class NeighbourhoodSearch
{
    private const int EvaluationsPerTry = 250;
    private readonly ScaledModel _model;
    private readonly Incumbent _incumbent;
    private readonly TreeSearch _tree;
    private readonly bool[] _chosen;
    private readonly int[] _order;
    private SplitMix _random;
    private double _freeJobs = 24;

    public NeighbourhoodSearch(ScaledModel model, Incumbent incumbent, ulong seed)
    {
        _model = model;
        _incumbent = incumbent;
        _tree = new(model, incumbent);
        _chosen = new bool[model.Agents];
        _order = [.. Enumerable.Range(0, model.Agents)];
        _random = new(seed);
    }

    /// <summary>Evaluations of the bound so far.</summary>
    public long Evaluations => _tree.Evaluations;

    /// <summary>One try; true when the incumbent improved.</summary>
    /// <param name="u">good multipliers of the whole problem</param>
    /// <param name="goOn">false stops</param>
    public bool Try(long[] u, Func<bool> goOn)
    {
        if (!_incumbent.Exists || _model.Agents < 2) return false;
        var before = _incumbent.Cost;
        ChooseAgents();
        var share = Math.Min(1.0, Restrict());
        var finished = _tree.Run(u, before - 1, null, EvaluationsPerTry, goOn);
        // parts solved quickly may grow, parts that are too hard shrink
        if (share < 1 || !finished) _freeJobs = Math.Clamp(_freeJobs * (finished ? 1.02 : 0.96), 10, 200);
        else _freeJobs = Math.Min(_freeJobs * 1.02, 200);
        return _incumbent.Cost < before;
    }

    private void ChooseAgents()
    {
        Array.Clear(_chosen);
        var perAgent = (double)_model.Jobs / _model.Agents;
        var wanted = Math.Clamp((int)Math.Round(_freeJobs / perAgent) + (int)(_random.Next() % 2), 2, _model.Agents);
        for (var k = 0; k < wanted; k++)
        {
            var other = k + (int)(_random.Next() % (ulong)(_order.Length - k));
            (_order[k], _order[other]) = (_order[other], _order[k]);
            _chosen[_order[k]] = true;
        }
    }

    // leaves free the jobs of the chosen agents, at random no more than wanted; returns wanted ÷ jobs there
    private double Restrict()
    {
        var candidates = _tree.Candidates;
        candidates.Reset();
        var there = 0;
        for (var j = 0; j < _model.Jobs; j++)
            if (_chosen[_incumbent.AgentOf[j]]) there++;
        var share = _freeJobs / Math.Max(1, there);
        for (var j = 0; j < _model.Jobs; j++)
        {
            var current = _incumbent.AgentOf[j];
            if (!_chosen[current] || (_random.Next() >> 11) * (1.0 / (1UL << 53)) >= share)
            {
                candidates.Assign(j, current);
                continue;
            }
            for (var k = candidates.Count[j] - 1; k >= 0; k--)
                if (!_chosen[candidates.Of(j)[k]]) candidates.RemoveAt(j, k);
        }
        return share;
    }
}

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): small, seeded, the same on every machine.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
