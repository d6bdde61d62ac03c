namespace Anlauf.Planning.Location;

/// <summary>
/// Best bound first: the case with the lowest bound is split next, so that no case is looked at whose bound reaches the
/// value of the optimum, however late the optimum is found. Every open case keeps its simplex basis.
/// </summary>
internal sealed partial class CoverTree
{
    private const long MostHeld = 12_000_000;
    private const int WorthRestart = 3, Ahead = 16;
    private Memory _memory = new();
    private readonly Stack<SimplexState> _pool = [];
    private readonly PriorityQueue<OpenCase, (long Bound, int Order)> _open = new();
    private bool _newestFirst;
    private int _order;

    /// <summary>A case whose relaxation is solved and whose bound does not reach the cut-off yet.</summary>
    private sealed record OpenCase(ProofStep Step, long[] Above, long Bound, SimplexState State, Decision[] Sites, bool[] IsDue, int Fewest, int Most, CoverTree? Smaller = null);

    /// <summary>What open cases of this tree and all smaller ones within it hold, in numbers.</summary>
    private sealed class Memory
    {
        public long Held { get; set; }
    }

    /// <summary>Searches the core from a solved root until everything is closed or the clock stops.</summary>
    private ProofStep SearchBest(SimplexState root, long bound, long[] above)
    {
        var wereDue = (bool[])_core.IsDue.Clone();
        var (fewest, most) = (_core.FewestOpen, _core.MostOpen);
        while (true)
        {
            (_incumbent.IsBrokenOff, _incumbent.RestartBelow) = (false, bound + (_incumbent.CutOff - bound) / WorthRestart);
            var proof = new ProofStep();
            OpenBound = long.MaxValue;
            _simplex.Return(root);
            Enter(proof, above);
            Continue(long.MaxValue);
            OpenBound = Math.Min(OpenBound, LeastOpen);
            ReleaseAll();
            GoTo(new Decision[_core.Sites], wereDue, fewest, most);
            _incumbent.RestartBelow = long.MinValue;
            if (!_incumbent.IsBrokenOff || _clock.Exhausted) return proof;
        }
    }

    /// <summary>Bound of the lowest open case.</summary>
    private long LeastOpen => _open.Count == 0 ? long.MaxValue : _newestFirst ? _open.UnorderedItems.Min(item => item.Element.Bound) : _open.Peek().Bound;

    /// <summary>Splits open cases, the lowest first, up to a bound.</summary>
    private void Continue(long limit)
    {
        while (!_incumbent.IsBrokenOff && !_clock.Exhausted && LeastOpen is var least && least <= limit && least < _incumbent.CutOff)
        {
            var one = _open.Dequeue();
            if (one.Smaller is not null) ContinueSmaller(one, limit);
            else
            {
                GoTo(one.Sites, one.IsDue, one.Fewest, one.Most);
                _simplex.Return(one.State);
                Expand(one);
                Release(one.State);
            }
        }
        if (_incumbent.IsBrokenOff || _clock.Exhausted || LeastOpen < _incumbent.CutOff) return;
        // all that is left reaches the cut-off
        ReleaseAll();
    }

    private void ContinueSmaller(OpenCase one, long limit)
    {
        _incumbent.Decide(_core, one.Sites);
        // somewhat beyond the next case, so that the two do not take turns at every step
        var reach = Math.Min(limit, Math.Max(LeastOpen, one.Bound + (_incumbent.CutOff - one.Bound) / Ahead));
        one.Smaller!.Continue(Math.Max(one.Bound, reach));
        _incumbent.Undo(_core, one.Sites);
        (Nodes, one.Smaller.Nodes) = (Nodes + one.Smaller.Nodes, 0);
        OpenBound = Math.Min(OpenBound, one.Smaller.OpenBound);
        if (one.Smaller.LeastOpen < _incumbent.CutOff) Keep(one with { Bound = one.Smaller.LeastOpen });
    }

    /// <summary>Solves the relaxation of a case and keeps it for later where it is not closed.</summary>
    private void Enter(ProofStep step, long[] above)
    {
        Nodes++;
        if (_bounds.IsImpossible()) return;
        var bound = Solve();
        var full = _core.Full(_multipliers);
        (step.Price, step.PerSite) = (_price, _perSite);
        step.Multipliers = VarInt.Differences(above, full);
        if (bound >= _incumbent.CutOff || (Round() && bound >= _incumbent.CutOff)) return;
        if (_mayBeDue && _incumbent.CutOff < _incumbent.RestartBelow) _incumbent.IsBrokenOff = true;
        Keep(new OpenCase(step, above, bound, Hold(), (Decision[])_bounds.State.Clone(), (bool[])_core.IsDue.Clone(), _core.FewestOpen, _core.MostOpen));
    }

    private void Keep(OpenCase one)
    {
        // with much in memory the newest case comes first, so that hardly more is kept than a path
        _newestFirst |= _memory.Held > MostHeld;
        _open.Enqueue(one, (_newestFirst ? long.MinValue : one.Bound, --_order));
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
        if (_isBeyondBudget)
        {
            _isBeyondBudget = false;
            return;
        }
        if (_bounds.Free() * 4 <= _core.Sites || (due.Count * ManyDue >= _core.Clients && _program.TinyPrice > 0)) ShrinkFor(one, last, here);
        else SplitBest(one, last, here);
    }

    /// <summary>Goes on with the smaller core that is left when many sites are decided.</summary>
    private void ShrinkFor(OpenCase one, ProofStep last, long[] above)
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
            if (smaller.Offset < _incumbent.CutOff) OpenBound = Math.Min(OpenBound, smaller.Offset);
        }
        else
        {
            var tree = new CoverTree(smaller, false, _history, _incumbent, _clock, _program.CostUnit, _countsSites) { _memory = _memory };
            tree.BeginLike(this, kept);
            tree.Enter(step, above);
            (Nodes, tree.Nodes) = (Nodes + tree.Nodes, 0);
            if (tree.LeastOpen < long.MaxValue)
                Keep(new OpenCase(step, above, tree.LeastOpen, one.State, (Decision[])_bounds.State.Clone(), one.IsDue, one.Fewest, one.Most, tree));
        }
        _incumbent.Undo(_core, _bounds.State);
        for (var k = dominated.Count - 1; k >= 0; k--) step = new ProofStep { Dominated = dominated[k], Next = step };
        last.Next = step;
    }

    private void SplitBest(OpenCase one, ProofStep step, long[] above)
    {
        var kept = one.State;
        if (_countsSites && IsBetween(kept, out var fewer))
        {
            SplitCountBest(kept, step, above, fewer);
            return;
        }
        var site = _choice.Choose(kept, _history, CutOff);
        step.Branch = _core.SiteIds[site];
        foreach (var decision in (Decision[])[Decision.Open, Decision.Closed])
        {
            _choice.Restrict(site, decision);
            _bounds.State[site] = decision;
            _simplex.Return(kept);
            var child = new ProofStep();
            if (decision == Decision.Open) step.WhenOpen = child;
            else step.WhenClosed = child;
            Enter(child, above);
        }
    }

    private void SplitCountBest(SimplexState kept, ProofStep step, long[] above, int fewer)
    {
        step.Count = _core.Opened + fewer;
        var (fewest, most) = (_core.FewestOpen, _core.MostOpen);
        foreach (var more in (bool[])[false, true])
        {
            (_core.FewestOpen, _core.MostOpen) = more ? (step.Count + 1, most) : (fewest, step.Count);
            _simplex.Return(kept);
            _simplex.LimitSites();
            var child = new ProofStep();
            if (more) step.WhenMore = child;
            else step.WhenFewer = child;
            Enter(child, above);
            (_core.FewestOpen, _core.MostOpen) = (fewest, most);
            _program.LimitSites();
        }
    }

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

    private SimplexState Hold()
    {
        var state = _pool.TryPop(out var free) ? free : new SimplexState(_program);
        state.CopyFrom(_simplex.State);
        _memory.Held += Size(state);
        return state;
    }

    private void Release(SimplexState state)
    {
        _memory.Held -= Size(state);
        _pool.Push(state);
    }

    private void ReleaseAll()
    {
        while (_open.TryDequeue(out var one, out _))
        {
            if (one.Smaller is null) Release(one.State);
            else one.Smaller.ReleaseAll();
        }
        _newestFirst = false;
    }

    private static long Size(SimplexState state) => (long)state.Basis.Size * state.Basis.Size + state.Slack.Length * 5L;
}
