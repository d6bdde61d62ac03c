using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>One choice of open sites in a part.</summary>
/// <param name="Cost">what it takes of the budget</param>
/// <param name="Value">scaled weight it leaves uncovered</param>
/// <param name="Open">sites of the part</param>
internal sealed record FrontOption(long Cost, long Value, int[] Open);

/// <summary>All choices in a part that stand less than a given distance behind its best one at the price of the budget.</summary>
internal sealed class FrontTree
{
    private const int MostIterations = 5_000, IterationsAStep = 64;
    private readonly CorePart _part;
    private readonly LocationCore _core;
    private readonly long[] _budgetCost;
    private readonly long _threshold;
    private readonly CoverProgram _program;
    private readonly CoverSimplex _simplex;
    private readonly SiteBounds _bounds;
    private readonly SplitChoice _choice;
    private readonly SiteLists _lists;
    private readonly SearchClock _clock;
    private readonly List<SimplexState> _kept = [];
    private readonly long[] _multipliers;
    private readonly int[] _served;
    private int _nodesLeft;

    public FrontTree(CorePart part, long[] budgetCost, long threshold, int mostNodes, SearchClock clock)
    {
        (_part, _core, _budgetCost, _threshold, _nodesLeft) = (part, part.Core, budgetCost, threshold, mostNodes);
        _clock = clock;
        _program = new CoverProgram(_core, 1);
        _simplex = new CoverSimplex(_program, clock, IterationsAStep);
        _bounds = new SiteBounds(_core);
        _choice = new SplitChoice(_simplex, _bounds, _core);
        _lists = new SiteLists(_core);
        (_multipliers, _served) = (new long[_core.Clients], new int[_core.Clients]);
    }

    /// <summary>The choices found.</summary>
    public List<FrontOption> Options { get; } = [];

    /// <summary>Nodes not used.</summary>
    public int NodesLeft => _nodesLeft;

    /// <summary>Searches and returns the proof that nothing is missing; none where there is too much.</summary>
    public ProofStep? Run()
    {
        var full = new bool[_program.Rows];
        _program.MarkFull(_part.Multipliers, full);
        _simplex.BeginWith(full);
        var step = Explore([], 0);
        return _nodesLeft < 0 ? null : step;
    }

    private ProofStep Explore(long[] above, int depth)
    {
        var step = new ProofStep();
        if (_clock.Exhausted) _nodesLeft = 0;
        if (--_nodesLeft < 0 || _bounds.IsImpossible()) return step;
        var bound = Solve();
        var full = _part.Full(_multipliers);
        step.Multipliers = VarInt.Differences(above.Length == 0 ? new long[full.Length] : above, full);
        if (bound >= _threshold || TryComplete()) return step;
        var decided = new List<int>();
        _bounds.Decide(_threshold - bound, decided);
        foreach (var i in decided) (_bounds.State[i] == Decision.Open ? step.Opened : step.Closed).Add(i);
        foreach (var i in decided) _choice.Restrict(i, _bounds.State[i]);
        if (decided.Count > 0)
        {
            _simplex.Restore();
            step.Next = Explore(full, depth);
        }
        else Split(step, full, depth);
        foreach (var i in decided) _choice.Restrict(i, Decision.Free);
        return step;
    }

    private long Solve()
    {
        _simplex.Run(double.MaxValue, MostIterations);
        _program.ToMultipliers(_simplex.State.Dual, _multipliers);
        return _bounds.Evaluate(_multipliers, 0);
    }

    private void Split(ProofStep step, long[] above, int depth)
    {
        while (_kept.Count <= depth) _kept.Add(new SimplexState(_program));
        var kept = _kept[depth];
        kept.CopyFrom(_simplex.State);
        var site = MostDoubtful();
        step.Branch = site;
        for (var turn = 0; turn < 2; turn++)
        {
            var decision = turn == 0 ? Decision.Open : Decision.Closed;
            _choice.Restrict(site, decision);
            _bounds.State[site] = decision;
            _simplex.Return(kept);
            _simplex.Restore();
            var child = Explore(above, depth + 1);
            if (decision == Decision.Open) step.WhenOpen = child;
            else step.WhenClosed = child;
        }
        _choice.Restrict(site, Decision.Free);
    }

    private int MostDoubtful()
    {
        var (best, site) = (-1.0, -1);
        for (var i = 0; i < _core.Sites; i++)
            if (_bounds.State[i] == Decision.Free && _choice.Fraction(i) is var doubt && doubt > best) (best, site) = (doubt, i);
        return site;
    }

    /// <summary>Notes a choice where the sites still free can bring nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryComplete()
    {
        Array.Clear(_served);
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var need = _core.GroupNeed[g];
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
            {
                if (_bounds.State[i] != Decision.Open) continue;
                need--;
                foreach (var j in _lists.Clients(i)) _served[j]++;
            }
            if (need > 0) return false;
        }
        for (var i = 0; i < _core.Sites; i++)
        {
            if (_bounds.State[i] != Decision.Free) continue;
            foreach (var j in _lists.Clients(i))
                if (_served[j] == 0) return false;
        }
        long cost = 0, value = 0;
        for (var j = 0; j < _served.Length; j++)
            if (_served[j] == 0) value += _core.Ceiling[j];
        var open = Enumerable.Range(0, _core.Sites).Where(i => _bounds.State[i] == Decision.Open).ToArray();
        foreach (var i in open) cost += _budgetCost[i];
        Options.Add(new FrontOption(cost, value, open));
        return true;
    }
}
