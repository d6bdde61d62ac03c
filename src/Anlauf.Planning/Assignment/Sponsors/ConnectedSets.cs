namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>A connected set of constituencies within the load window.</summary>
/// <param name="Areas">bit v: constituency v belongs to it</param>
/// <param name="Owner">member whose pins it holds, or −1</param>
internal readonly record struct ConnectedSet(UInt128 Areas, int Owner);

/// <summary>
/// Lists every connected set within the load window exactly once: grow from the least constituency, and forbid those
/// already tried (Avis and Fukuda 1996).
/// </summary>
internal sealed class ConnectedSets
{
    private readonly SponsorProblem _problem;
    private readonly UInt128[] _neighbours;
    private readonly List<ConnectedSet> _sets = [];
    private readonly int _mostSets;
    private readonly Func<bool> _goOn;
    private long _steps;
    private bool _stopped;

    private ConnectedSets(SponsorProblem problem, int mostSets, Func<bool> goOn)
    {
        (_problem, _mostSets, _goOn) = (problem, mostSets, goOn);
        _neighbours = new UInt128[problem.Constituencies];
        foreach (var (a, b) in problem.Neighbours)
        {
            if (a == b) continue;
            _neighbours[a] |= UInt128.One << b;
            _neighbours[b] |= UInt128.One << a;
        }
    }

    /// <summary>All sets, or none when there are more than <paramref name="mostSets"/> or the search was stopped.</summary>
    public static List<ConnectedSet>? List(SponsorProblem problem, int mostSets, Func<bool> goOn)
    {
        var sets = new ConnectedSets(problem, mostSets, goOn);
        UInt128 before = 0;
        for (var v = 0; v < problem.Constituencies && !sets._stopped; v++)
        {
            var bit = UInt128.One << v;
            if (problem.Population[v] <= problem.MaxLoad)
                sets.Grow(bit, sets._neighbours[v], before | bit, problem.Population[v], problem.Pins[v]);
            before |= bit;
        }
        return sets._stopped ? null : sets._sets;
    }

    private void Grow(UInt128 set, UInt128 frontier, UInt128 closed, long load, int owner)
    {
        if (load >= _problem.MinLoad) _sets.Add(new(set, owner));
        if ((++_steps & 0xFFFF) == 0 && !_goOn()) _stopped = true;
        if (_sets.Count > _mostSets) _stopped = true;
        for (var open = frontier & ~closed; open != 0 && !_stopped; open &= open - 1)
        {
            var v = (int)UInt128.TrailingZeroCount(open);
            closed |= UInt128.One << v;
            var pin = _problem.Pins[v];
            if (load + _problem.Population[v] > _problem.MaxLoad || (owner >= 0 && pin >= 0 && pin != owner)) continue;
            Grow(set | (UInt128.One << v), frontier | _neighbours[v], closed, load + _problem.Population[v], Math.Max(owner, pin));
        }
    }
}
