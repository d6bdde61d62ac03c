namespace Anlauf.Planning.Location;

/// <summary>
/// The least cost of a part, by branch and bound on its linear relaxation. Parts are small, so that hundreds are solved in
/// the time of one node of the whole.
/// </summary>
internal sealed class PartTree
{
    private const int MostIterations = 5_000, IterationsAStep = 64;
    private const long Tolerance = 256;
    private readonly CorePart _part;
    private readonly LocationCore _core;
    private readonly SearchClock _clock;
    private readonly CoverProgram _program;
    private readonly CoverSimplex _simplex;
    private readonly SiteBounds _bounds;
    private readonly SplitChoice _choice;
    private readonly SplitHistory _history;
    private readonly PartPlan _plan;
    private readonly List<SimplexState> _kept = [];
    private readonly long[] _start, _multipliers, _openNow, _closedNow;
    private readonly int _mostNodes;
    private readonly long _margin;
    private long _floor = long.MaxValue;

    /// <summary>Prepares the search.</summary>
    /// <param name="part">the part</param>
    /// <param name="margin">by how much more than the least cost a site must cost in its other state to be decided on the way</param>
    /// <param name="mostNodes">most nodes</param>
    /// <param name="clock">limits</param>
    public PartTree(CorePart part, long margin, int mostNodes, SearchClock clock)
    {
        _margin = margin;
        (_part, _core, _mostNodes, _clock) = (part, part.Core, mostNodes, clock);
        _history = new SplitHistory(_core.Sites);
        _program = new CoverProgram(_core, 1);
        _simplex = new CoverSimplex(_program, clock, IterationsAStep);
        _bounds = new SiteBounds(_core);
        _choice = new SplitChoice(_simplex, _bounds, _core);
        _plan = new PartPlan(_core);
        (_start, _multipliers) = (part.Multipliers, new long[_core.Clients]);
        (WhenOpen, WhenClosed) = (new long[_core.Sites], new long[_core.Sites]);
        (_openNow, _closedNow) = (new long[_core.Sites], new long[_core.Sites]);
        Array.Fill(WhenOpen, long.MaxValue);
        Array.Fill(WhenClosed, long.MaxValue);
    }

    /// <summary>Bound of the part at the multipliers it began with.</summary>
    public long FirstBound { get; private set; }

    /// <summary>Proven bound of the part.</summary>
    public long Bound { get; private set; } = long.MaxValue;

    /// <summary>Proven bound of the part when a site is open and when it is closed: the least of all ends of the search.</summary>
    public long[] WhenOpen { get; }

    /// <inheritdoc cref="WhenOpen"/>
    public long[] WhenClosed { get; }

    /// <summary>Nodes looked at.</summary>
    public int Nodes { get; private set; }

    /// <summary>Sites open in the best plan of the part.</summary>
    public IReadOnlyList<bool> Open => _plan.Best;

    /// <summary>Searches and returns the proof of <see cref="Bound"/>; sites and clients in it are those of the part.</summary>
    public ProofStep Run()
    {
        FirstBound = _bounds.Evaluate(_start, 0);
        var full = new bool[_program.Rows];
        _program.MarkFull(_start, full);
        _simplex.BeginWith(full);
        var step = Explore([], 0);
        Bound = Math.Max(FirstBound, Math.Min(Bound, CutOff));
        // plans left out by a decision may be no dearer than that, whatever another site does
        for (var i = 0; i < _core.Sites; i++) (WhenOpen[i], WhenClosed[i]) = (Math.Min(WhenOpen[i], _floor), Math.Min(WhenClosed[i], _floor));
        return step;
    }

    private long CutOff => _plan.Value - _core.Scale / Tolerance;

    private double ProgramCutOff => CutOff / _program.Unit + 1e-4;

    private ProofStep Explore(long[] above, int depth)
    {
        Nodes++;
        var step = new ProofStep();
        if (_bounds.IsImpossible()) return step;
        var bound = Solve();
        var full = _part.Full(_multipliers);
        step.Multipliers = VarInt.Differences(above.Length == 0 ? new long[full.Length] : above, full);
        if (bound < CutOff) _plan.Round(_simplex.State.Open, _bounds.State);
        if (bound >= CutOff || Nodes >= _mostNodes || _clock.Exhausted)
        {
            _bounds.NoteAlternatives(bound, WhenOpen, WhenClosed);
            if (bound < CutOff) Bound = Math.Min(Bound, bound);
            return step;
        }
        var decided = new List<int>();
        Array.Fill(_openNow, long.MaxValue);
        Array.Fill(_closedNow, long.MaxValue);
        _bounds.NoteAlternatives(bound, _openNow, _closedNow);
        _bounds.Decide(CutOff + _margin - bound, decided);
        foreach (var i in decided)
            _floor = Math.Min(_floor, _bounds.State[i] == Decision.Open ? _closedNow[i] : _openNow[i]);
        foreach (var i in decided) (_bounds.State[i] == Decision.Open ? step.Opened : step.Closed).Add(i);
        foreach (var i in decided) _choice.Restrict(i, _bounds.State[i]);
        if (decided.Count > 0) _simplex.Restore();
        if (_bounds.Free() > 0) Split(step, full, depth);
        else if (decided.Count > 0) step.Next = Explore(full, depth);
        else
        {
            _bounds.NoteAlternatives(bound, WhenOpen, WhenClosed);
            Bound = Math.Min(Bound, bound);
        }
        foreach (var i in decided) _choice.Restrict(i, Decision.Free);
        return step;
    }

    private long Solve()
    {
        var end = _simplex.Run(ProgramCutOff, MostIterations);
        var bound = Evaluate();
        if (end == SimplexEnd.CutOff && bound < CutOff)
        {
            _simplex.Run(double.MaxValue, MostIterations);
            bound = Evaluate();
        }
        _clock.Step();
        return bound;
    }

    private long Evaluate()
    {
        _program.ToMultipliers(_simplex.State.Dual, _multipliers);
        return _bounds.Evaluate(_multipliers, 0);
    }

    private void Split(ProofStep step, long[] above, int depth)
    {
        while (_kept.Count <= depth) _kept.Add(new SimplexState(_program));
        var kept = _kept[depth];
        kept.CopyFrom(_simplex.State);
        var site = _choice.Choose(kept, _history, ProgramCutOff);
        step.Branch = site;
        var openFirst = kept.Open[site] >= 0.5;
        for (var turn = 0; turn < 2; turn++)
        {
            var decision = turn == 0 == openFirst ? Decision.Open : Decision.Closed;
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
}
