namespace Anlauf.Planning.Location;

/// <summary>
/// Branch and bound on one core with the linear relaxation at every node: duals give the multipliers of the proof, reduced
/// costs decide sites, <see cref="SplitChoice"/> says where to split.
/// </summary>
internal sealed partial class CoverTree
{
    private const int MostIterations = 50_000, FewLeft = 4, FewStepsLeft = 2, PolishKicks = 8, WorkPerPair = 200, LeastWork = 1_000_000, MostWork = 4_000_000, MostWorkInParts = 20_000_000;
    private const long MostSites = 20_000, MostEntries = 25_000, MostCountedEntries = 1_000_000, MostCoveringEntries = 200_000, MostKept = 10_000_000;
    private readonly LocationCore _core;
    private readonly Incumbent _incumbent;
    private readonly SearchClock _clock;
    private readonly CoverProgram _program;
    private readonly CoverSimplex _simplex;
    private readonly SiteBounds _bounds;
    private readonly SplitChoice _choice;
    private readonly long[] _multipliers;
    private readonly List<SimplexState> _kept = [];
    private SplitHistory _history;
    private readonly bool _whole;
    private SimplexState? _scratch;
    private long _price, _perSite;
    private readonly bool _countsSites, _mayBeDue;

    /// <summary>Prepares the search.</summary>
    /// <param name="core">what is left to decide</param>
    /// <param name="whole">true when nothing was decided before by splitting</param>
    /// <param name="history">what splits brought so far</param>
    /// <param name="incumbent">best plan</param>
    /// <param name="clock">limits</param>
    /// <param name="costUnit">unit of the larger program this one continues</param>
    /// <param name="countsSites">whether the number of open sites may be limited; none to find out</param>
    /// <param name="near">good multipliers, near which its own lie</param>
    public CoverTree(LocationCore core, bool whole, SplitHistory history, Incumbent incumbent, SearchClock clock, double? costUnit = null, bool? countsSites = null, long[]? near = null)
    {
        (_whole, _history) = (whole, history);
        (_core, _incumbent, _clock) = (core, incumbent, clock);
        _countsSites = countsSites ?? CountsSites(core);
        _program = new CoverProgram(core, costUnit, _countsSites, near);
        _simplex = new CoverSimplex(_program, clock);
        _bounds = new SiteBounds(core);
        _choice = new SplitChoice(_simplex, _bounds, core);
        _multipliers = new long[core.Clients];
        _mayBeDue = DueClients.Fits(core);
    }

    /// <summary>True where the relaxation is small enough to be solved at every node.</summary>
    public static bool Fits(LocationCore core) => core.Sites > 0 && core.Sites <= MostSites && core.Clients > 0
        && CoverProgram.Entries(core) <= (PrimalDualSearch.Fits(core) ? MostCoveringEntries : CountsSites(core) ? MostCountedEntries : MostEntries);

    /// <summary>Scaled bound over everything left open when the clock stopped.</summary>
    public long OpenBound { get; private set; } = long.MaxValue;

    /// <summary>Multipliers of the whole problem and their price.</summary>
    public long[]? RootMultipliers { get; private set; }

    /// <inheritdoc cref="RootMultipliers"/>
    public long RootPrice { get; private set; }

    /// <summary>What the optimal basis of the whole core looked like, where clients have several steps.</summary>
    public BasisSketch? RootSketch { get; private set; }

    /// <summary>Nodes looked at.</summary>
    public int Nodes { get; private set; }

    /// <summary>Iterations of the simplex method.</summary>
    public long Iterations => _simplex.Iterations;

    /// <summary>Searches the core and returns the proof.</summary>
    /// <param name="multipliers">good multipliers to begin with</param>
    /// <param name="above">multipliers of the step above, for all clients of the problem</param>
    /// <param name="sketch">what the optimal basis of a similar core looked like</param>
    public ProofStep Run(long[] multipliers, long[] above, BasisSketch? sketch = null)
    {
        Begin(multipliers, sketch);
        return _whole ? SearchWhole(above) : Explore(above, 0);
    }

    /// <summary>As <see cref="Run"/>, from where a larger core stands.</summary>
    private ProofStep RunLike(CoverTree larger, long[] multipliers, long[] above)
    {
        BeginLike(larger, multipliers);
        return Explore(above, 0);
    }

    private void BeginLike(CoverTree larger, long[] multipliers)
    {
        if (larger._program.HasSteps)
        {
            Begin(multipliers, larger._simplex.Sketch(larger._core, larger._core.Full(larger._multipliers)));
            return;
        }
        if (larger._program.RowsIn(_program) is { } rows)
        {
            var sites = new int[larger._core.Sites];
            for (int i = 0, here = 0; i < sites.Length; i++)
                sites[i] = here < _core.Sites && larger._core.SiteIds[i] == _core.SiteIds[here] ? here++ : -1;
            if (_simplex.TryBeginLike(larger._simplex.State, larger._program.Top, sites, rows)) return;
        }
        Begin(multipliers);
    }

    private void Begin(long[] multipliers, BasisSketch? sketch = null)
    {
        var full = new bool[_program.Rows];
        _program.MarkFull(sketch?.For(_core) ?? multipliers, full);
        _simplex.BeginWith(full);
        if (sketch is not null && !_simplex.TryBegin(sketch)) _simplex.BeginWith(full);
    }

    private ProofStep SearchWhole(long[] above)
    {
        var bound = Solve();
        (RootMultipliers, RootPrice) = (_core.Full(_multipliers), _price);
        var root = new SimplexState(_program);
        root.CopyFrom(_simplex.State);
        if (MayShare) return SearchTogether(root, bound, above);
        Round(isRoot: true);
        var sharp = SharpenRoot();
        if (sharp is null) SearchNearby(root);
        if (sharp is null) return SearchBest(root, bound, above);
        (var proof, OpenBound) = GuessedSearch.Run(_incumbent, _clock, sharp.Bound, _core.Scale, () =>
        {
            OpenBound = long.MaxValue;
            _simplex.Return(root);
            return (Explore(above, 0), OpenBound);
        }, () => (Math.Max((sharp.Bound - bound) / SharpSteps, (_incumbent.CutOff - sharp.Bound) / IncumbentSteps), _parts!.Sharpest));
        if (OpenBound >= sharp.Bound) return proof;
        // out of time before any guess was answered: the parts alone say more
        OpenBound = sharp.Bound;
        return new ProofStep { Multipliers = VarInt.Differences(above, RootMultipliers), Price = sharp.Price, Parts = sharp.Parts };
    }

    private ProofStep Explore(long[] above, int depth)
    {
        Nodes++;
        var step = new ProofStep();
        if (_bounds.IsImpossible()) return step;
        var bound = Solve();
        var full = _core.Full(_multipliers);
        if (depth == 0 && _program.HasSteps) RootSketch = _simplex.Sketch(_core, full);
        (step.Price, step.PerSite) = (_price, _perSite);
        step.Multipliers = VarInt.Differences(above, full);
        if (bound >= _incumbent.CutOff) return step;
        if (_mayBeDue && _incumbent.CutOff < _incumbent.RestartBelow) _incumbent.IsBrokenOff = true;
        if (_incumbent.IsBrokenOff || _clock.Exhausted || _budget is { IsUsedUp: true })
        {
            OpenBound = Math.Min(OpenBound, bound);
            return step;
        }
        if (Round() && bound >= _incumbent.CutOff) return step;
        var sharp = depth == 0 ? Sharpen(step) : null;
        bound = sharp?.Bound ?? bound;
        if (bound >= _incumbent.CutOff) return step;
        var decided = new List<int>();
        var due = _parts is null && _mayBeDue ? FindDue(step, bound) : [];
        _bounds.Decide(_incumbent.CutOff - bound, decided, sharp?.Own);
        if (sharp is not null) DecideByParts(sharp, decided);
        if (sharp is not null && decided.Count * FewDecided < _core.Sites && Close(step, sharp, decided, above, full)) return step;
        foreach (var i in decided) (_bounds.State[i] == Decision.Open ? step.Opened : step.Closed).Add(_core.SiteIds[i]);
        foreach (var i in decided) _choice.Restrict(i, _bounds.State[i]);
        if (decided.Count + due.Count == 0) (step.Multipliers, step.Parts) = (null, []);
        var last = step;
        var here = step.Multipliers is null ? above : full;
        if (_parts is null && _mayBeDue && DecideByBudget(ref here, decided) is { } more) step.Next = last = more;
        if (_isBeyondBudget) _isBeyondBudget = false;
        // where most clients must be covered the others may be implied; with equal costs the warm basis is worth more
        else if (_bounds.Free() * (_program.HasSteps ? FewStepsLeft : FewLeft) <= _core.Sites || (due.Count * ManyDue >= _core.Clients && _program.TinyPrice > 0) || (sharp is not null && decided.Count > 0)) last.Next = Shrink(here);
        else Split(last, here, depth);
        foreach (var j in due) SetDue(j, false);
        foreach (var i in decided) _choice.Restrict(i, Decision.Free);
        return step;
    }

    /// <summary>Goes on with the core that is left when many sites are decided.</summary>
    private ProofStep Shrink(long[] above)
    {
        if (_bounds.IsImpossible()) return new ProofStep();
        var smaller = CoreReduction.Apply(_core, _bounds.State, _multipliers, out var kept);
        _incumbent.Decide(_core, _bounds.State);
        // where nobody can serve a client that must be covered nothing follows from it any more, and the case ends
        var dominated = smaller.Offset < _incumbent.CutOff ? Simplify(ref smaller, ref kept) : [];
        ProofStep step;
        if (smaller.Sites == 0 || smaller.Clients == 0)
        {
            step = new ProofStep { Multipliers = VarInt.Differences(above, smaller.Full(kept)) };
            _incumbent.Complete(smaller);
            if (smaller.Offset < _incumbent.CutOff) OpenBound = Math.Min(OpenBound, smaller.Offset);
        }
        else
        {
            var tree = new CoverTree(smaller, false, _history, _incumbent, _clock, _program.CostUnit, _countsSites, kept) { _budget = _budget, _parts = _parts, _round = _round + 1, _sharpened = _sharpened };
            step = tree.RunLike(this, kept, above);
            OpenBound = Math.Min(OpenBound, tree.OpenBound);
            Nodes += tree.Nodes;
        }
        _incumbent.Undo(_core, _bounds.State);
        for (var k = dominated.Count - 1; k >= 0; k--) step = new ProofStep { Dominated = dominated[k], Next = step };
        return step;
    }

    /// <summary>Removes clients that are implied and sites that are dominated, turn by turn.</summary>
    /// <returns>the sites of each turn</returns>
    private static List<List<int>> Simplify(ref LocationCore core, ref long[] multipliers)
    {
        List<List<int>> turns = [];
        while (true)
        {
            if (ImpliedClients.Find(core) is { } implied) core = CoreReduction.Apply(core, new Decision[core.Sites], multipliers, out multipliers, implied);
            var dominated = new List<int>();
            if (core.FewestOpen <= core.Opened) core = Dominance.Remove(core, ref multipliers, dominated);
            if (dominated.Count == 0) return turns;
            turns.Add(dominated);
        }
    }

    /// <summary>Solves the relaxation of the node.</summary>
    /// <returns>its bound in whole numbers</returns>
    private long Solve()
    {
        if (_incumbent.IsBrokenOff) return Evaluate();
        var end = _simplex.Run(CutOff, MostIterations);
        var bound = Evaluate();
        if (end is SimplexEnd.CutOff or SimplexEnd.Infeasible && bound < _incumbent.CutOff)
        {
            if (end == SimplexEnd.Infeasible) _simplex.Restore();
            _simplex.Run(double.MaxValue, MostIterations);
            bound = Evaluate();
        }
        _clock.Step();
        return bound;
    }

    private long Evaluate()
    {
        _price = _program.ToMultipliers(_simplex.State.Dual, _multipliers);
        _perSite = _program.PerSite(_simplex.State.Dual);
        return _bounds.Evaluate(_multipliers, _price, _perSite);
    }

    private double CutOff => (_incumbent.CutOff - _core.Offset - _program.Constant) / _program.Unit + 1e-4;

    /// <summary>Makes a plan of the relaxed one.</summary>
    private bool Round(bool isRoot = false)
    {
        if (!isRoot && !_incumbent.IsTurn() && FreeFraction() >= 0) return false;
        var before = _incumbent.Value;
        _incumbent.TryOpen(_core, _simplex.State.Open);
        if (PrimalDualSearch.Fits(_core) && (isRoot || _incumbent.Value < before))
            PolishRoot(Evaluate(), _price);
        return true;
    }

    private void PolishRoot(long bound, long price) =>
        _incumbent.Polish(bound, price, PolishKicks, Math.Clamp((long)_core.Pairs * WorkPerPair, LeastWork, _core.Sites < PartSearch.LeastSites ? MostWork : MostWorkInParts));

    private int FreeFraction()
    {
        var basis = _simplex.State.Basis;
        for (var f = 0; f < basis.Size; f++)
            if (_bounds.State[basis.Site[f]] == Decision.Free && _choice.Fraction(basis.Site[f]) > 1e-6) return basis.Site[f];
        return -1;
    }

    private double Fraction(int site) => Math.Min(_simplex.State.Open[site], 1 - _simplex.State.Open[site]);

    private void Split(ProofStep step, long[] above, int depth)
    {
        // deep in a large core it is cheaper to go on from wherever the first case ended
        var size = (long)_simplex.State.Basis.Size;
        var keeps = size * size * depth < MostKept;
        if (keeps) while (_kept.Count <= depth) _kept.Add(new SimplexState(_program));
        var kept = keeps ? _kept[depth] : _scratch ??= new SimplexState(_program);
        kept.CopyFrom(_simplex.State);
        if (_countsSites && SplitCount(step, kept, above, depth)) return;
        var site = _choice.Choose(kept, _history, CutOff);
        step.Branch = _core.SiteIds[site];
        var openFirst = kept.Open[site] >= 0.5;
        for (var turn = 0; turn < 2; turn++)
        {
            var open = turn == 0 == openFirst;
            _choice.Restrict(site, open ? Decision.Open : Decision.Closed);
            _bounds.State[site] = open ? Decision.Open : Decision.Closed;
            if (keeps) _simplex.Return(kept);
            else _simplex.Restore();
            var child = Explore(above, depth + 1);
            if (open) step.WhenOpen = child;
            else step.WhenClosed = child;
        }
        _bounds.State[site] = Decision.Free;
        _choice.Restrict(site, Decision.Free);
    }
}
