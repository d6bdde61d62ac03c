namespace Anlauf.Planning.Location;

/// <summary>
/// Best bound first: the case with the lowest bound is split next, so that no case is looked at whose bound reaches the
/// value of the optimum, however late the optimum is found. Every open case keeps its simplex basis.
/// </summary>
internal sealed partial class CoverTree
{
    private const int WorthRestart = 3;
    private readonly Stack<SimplexState> _pool = [];
    private CaseWorker? _worker;
    private CaseLevel? _level;

    /// <summary>A tree on the same core for another thread.</summary>
    private CoverTree(CoverTree other, CaseWorker worker, bool[] isDue)
    {
        (_incumbent, _clock, _history, _worker, _level) = (worker.Incumbent, worker.Clock, worker.History, worker, other._level);
        (_countsSites, _mayBeDue) = (other._countsSites, other._mayBeDue);
        _core = other._core.Own(isDue);
        _program = other._program.For(_core);
        _simplex = new CoverSimplex(_program, _clock);
        _bounds = new SiteBounds(_core);
        _choice = new SplitChoice(_simplex, _bounds, _core);
        _multipliers = new long[_core.Clients];
    }

    /// <summary>Searches the core from a solved root until everything is closed or the clock stops.</summary>
    private ProofStep SearchBest(SimplexState root, long bound, long[] above)
    {
        var wereDue = (bool[])_core.IsDue.Clone();
        var (fewest, most, path) = (_core.FewestOpen, _core.MostOpen, _incumbent.Path);
        while (true)
        {
            (_incumbent.IsBrokenOff, _incumbent.RestartBelow) = (false, bound + (_incumbent.CutOff - bound) / WorthRestart);
            var proof = new ProofStep();
            var queue = new CaseQueue();
            Join(new CaseWorker(0, queue, _incumbent, _clock, _history));
            _simplex.Return(root);
            Enter(proof, above);
            if (!_incumbent.IsBrokenOff && !_clock.Exhausted) RunWorkers();
            _incumbent.IsBrokenOff |= queue.IsBrokenOff;
            (OpenBound, Nodes) = (queue.LeastOpen(_incumbent.CutOff), Nodes + queue.Nodes);
            _incumbent.Path = path;
            GoTo(new Decision[_core.Sites], wereDue, fewest, most);
            _incumbent.RestartBelow = long.MinValue;
            if (!_incumbent.IsBrokenOff || _clock.Exhausted) return proof;
        }
    }

    /// <summary>Makes the core of this tree one whose cases a queue holds.</summary>
    private void Join(CaseWorker worker)
    {
        (_worker, _level) = (worker, new CaseLevel(this, _incumbent.Path, _clock.Workers));
        _level.Found(worker);
    }

    /// <summary>Solves the relaxation of a case and keeps it for later where it is not closed.</summary>
    private void Enter(ProofStep step, long[] above)
    {
        _worker!.Queue.Count();
        if (_bounds.IsImpossible()) return;
        var bound = Solve();
        var full = _core.Full(_multipliers);
        (step.Price, step.PerSite) = (_price, _perSite);
        step.Multipliers = VarInt.Differences(above, full);
        if (bound >= _incumbent.CutOff || (Round() && bound >= _incumbent.CutOff)) return;
        if (_mayBeDue && _incumbent.CutOff < _incumbent.RestartBelow) _incumbent.IsBrokenOff = true;
        _worker.Queue.Keep(new OpenCase(_level!, step, above, bound, Hold(_simplex.State), (Decision[])_bounds.State.Clone(), (bool[])_core.IsDue.Clone(), _core.FewestOpen, _core.MostOpen));
    }

    /// <summary>Decides what follows from the bound of a case, and splits it.</summary>
    private void Expand(OpenCase one)
    {
        var (step, above) = (one.Step, one.Above);
        var bound = Evaluate();
        var full = _core.Full(_multipliers);
        var decided = new List<int>();
        var due = _mayBeDue ? FindDue(step, bound) : [];
        _bounds.Decide(_incumbent.CutOff - bound, decided);
        foreach (var i in decided) (_bounds.State[i] == Decision.Open ? step.Opened : step.Closed).Add(_core.SiteIds[i]);
        foreach (var i in decided) _choice.Restrict(i, _bounds.State[i]);
        if (decided.Count + due.Count == 0) step.Multipliers = null;
        var last = step;
        var here = step.Multipliers is null ? above : full;
        if (_mayBeDue && DecideByBudget(ref here, decided) is { } more) step.Next = last = more;
        if (_isBeyondBudget) _isBeyondBudget = false;
        else if (_bounds.Free() * 4 <= _core.Sites || (due.Count * ManyDue >= _core.Clients && _program.TinyPrice > 0)) ShrinkFor(last, here);
        else SplitBest(one, last, here);
        _worker!.Queue.Release(one.State);
        _pool.Push(one.State);
    }

    /// <summary>Goes on with the smaller core that is left when many sites are decided.</summary>
    private void ShrinkFor(ProofStep last, long[] above)
    {
        if (_bounds.IsImpossible())
        {
            last.Next = new ProofStep();
            return;
        }
        var smaller = CoreReduction.Apply(_core, _bounds.State, _multipliers, out var kept);
        _incumbent.Decide(_core, _bounds.State);
        var dominated = smaller.Offset < _incumbent.CutOff ? Simplify(ref smaller, ref kept) : [];
        var step = new ProofStep();
        if (smaller.Sites == 0 || smaller.Clients == 0)
        {
            step.Multipliers = VarInt.Differences(above, smaller.Full(kept));
            _incumbent.Complete(smaller);
            if (smaller.Offset < _incumbent.CutOff) _worker!.Queue.Leave(smaller.Offset);
        }
        else
        {
            var tree = new CoverTree(smaller, false, _history, _incumbent, _clock, _program.CostUnit, _countsSites);
            tree.Join(_worker!);
            tree.BeginLike(this, kept);
            tree.Enter(step, above);
        }
        _incumbent.Undo(_core, _bounds.State);
        for (var k = dominated.Count - 1; k >= 0; k--) step = new ProofStep { Dominated = dominated[k], Next = step };
        last.Next = step;
    }

    private void SplitBest(OpenCase one, ProofStep step, long[] above)
    {
        if (_countsSites && IsBetween(one.State, out var fewer))
        {
            step.Count = _core.Opened + fewer;
            (step.WhenFewer, step.WhenMore) = (new ProofStep(), new ProofStep());
            var now = Here(one);
            EnterBoth(now, above, step.WhenFewer, ByCount(now.Fewest, step.Count, now), step.WhenMore, ByCount(step.Count + 1, now.Most, now));
        }
        else
        {
            var now = Here(one);
            var site = _choice.Choose(one.State, _history, CutOff, trials => Share(now, trials));
            step.Branch = _core.SiteIds[site];
            (step.WhenOpen, step.WhenClosed) = (new ProofStep(), new ProofStep());
            EnterBoth(now, above, step.WhenOpen, BySite(site, Decision.Open), step.WhenClosed, BySite(site, Decision.Closed));
        }
    }

    private static Branch BySite(int site, Decision decision) => (tree, parent, step, above) =>
    {
        tree._choice.Restrict(site, decision);
        tree._bounds.State[site] = decision;
        tree._simplex.Return(parent);
        tree.Enter(step, above);
    };

    private static Branch ByCount(int fewest, int most, OpenCase parent) => (tree, state, step, above) =>
    {
        (tree._core.FewestOpen, tree._core.MostOpen) = (fewest, most);
        tree._simplex.Return(state);
        tree._simplex.LimitSites();
        tree.Enter(step, above);
        (tree._core.FewestOpen, tree._core.MostOpen) = (parent.Fewest, parent.Most);
        tree._program.LimitSites();
    };

    /// <summary>Makes the decisions of another case the present ones.</summary>
    private void GoTo(Decision[] sites, bool[] isDue, int fewest, int most)
    {
        for (var i = 0; i < sites.Length; i++)
        {
            _choice.Restrict(i, sites[i]);
            _bounds.State[i] = sites[i];
        }
        for (var j = 0; j < isDue.Length; j++)
            if (_core.IsDue[j] != isDue[j]) SetDue(j, isDue[j]);
        (_core.FewestOpen, _core.MostOpen) = (fewest, most);
        if (_countsSites) _program.LimitSites();
    }

    private SimplexState Hold(SimplexState one)
    {
        var state = _pool.TryPop(out var free) ? free : new SimplexState(_program);
        state.CopyFrom(one);
        return state;
    }
}
