using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Branch and bound on one core with the linear relaxation at every node: duals give the multipliers of the proof, reduced
/// costs decide sites, and the site to split on is the one whose two cases lift the bound most, tried at first and
/// remembered later (reliability branching: Achterberg, Koch and Martin 2005).
/// </summary>
internal sealed partial class CoverTree
{
    private const int TrialIterations = 12, Trials = 8, ReliableAfter = 1, MostIterations = 50_000, PolishKicks = 8, WorkPerPair = 200, LeastWork = 1_000_000, MostWork = 20_000_000;
    private const long MostSites = 20_000, MostEntries = 25_000, MostCoveringEntries = 200_000, MostKept = 10_000_000;
    private readonly LocationCore _core;
    private readonly Incumbent _incumbent;
    private readonly SearchClock _clock;
    private readonly CoverProgram _program;
    private readonly CoverSimplex _simplex;
    private readonly SiteBounds _bounds;
    private readonly long[] _multipliers;
    private readonly List<SimplexState> _kept = [];
    private SplitHistory _history;
    private readonly bool _whole;
    private SimplexState? _scratch;
    private long _price;

    /// <summary>Prepares the search.</summary>
    /// <param name="core">what is left to decide</param>
    /// <param name="whole">true when nothing was decided before by splitting</param>
    /// <param name="history">what splits brought so far</param>
    /// <param name="incumbent">best plan</param>
    /// <param name="clock">limits</param>
    /// <param name="costUnit">unit of the larger program this one continues</param>
    public CoverTree(LocationCore core, bool whole, SplitHistory history, Incumbent incumbent, SearchClock clock, double? costUnit = null)
    {
        (_whole, _history) = (whole, history);
        (_core, _incumbent, _clock) = (core, incumbent, clock);
        _program = new CoverProgram(core, costUnit);
        _simplex = new CoverSimplex(_program);
        _bounds = new SiteBounds(core);
        _multipliers = new long[core.Clients];
    }

    /// <summary>True where the relaxation is small enough to be solved at every node.</summary>
    public static bool Fits(LocationCore core) => core.Sites > 0 && core.Sites <= MostSites && core.Clients > 0 && CoverProgram.Entries(core) <= (PrimalDualSearch.Fits(core) ? MostCoveringEntries : MostEntries);

    /// <summary>Scaled bound over everything left open when the clock stopped.</summary>
    public long OpenBound { get; private set; } = long.MaxValue;

    /// <summary>Multipliers of the whole problem and their price.</summary>
    public long[]? RootMultipliers { get; private set; }

    /// <inheritdoc cref="RootMultipliers"/>
    public long RootPrice { get; private set; }

    /// <summary>Nodes looked at.</summary>
    public int Nodes { get; private set; }

    /// <summary>Iterations of the simplex method.</summary>
    public long Iterations => _simplex.Iterations;

    /// <summary>Searches the core and returns the proof.</summary>
    /// <param name="multipliers">good multipliers to begin with</param>
    /// <param name="above">multipliers of the step above, for all clients of the problem</param>
    public ProofStep Run(long[] multipliers, long[] above)
    {
        var full = new bool[_program.Rows];
        _program.MarkFull(multipliers, full);
        _simplex.BeginWith(full);
        return _whole ? SearchWithGuesses(above) : Explore(above, 0);
    }

    /// <summary>As <see cref="Run"/>, from where a larger core stands.</summary>
    private ProofStep RunLike(CoverTree larger, long[] multipliers, long[] above)
    {
        if (larger._program.RowsIn(_program) is not { } rows) return Run(multipliers, above);
        var sites = new int[larger._core.Sites];
        for (int i = 0, here = 0; i < sites.Length; i++)
            sites[i] = here < _core.Sites && larger._core.SiteIds[i] == _core.SiteIds[here] ? here++ : -1;
        return _simplex.TryBeginLike(larger._simplex.State, larger._program.Top, sites, rows) ? Explore(above, 0) : Run(multipliers, above);
    }

    private ProofStep SearchWithGuesses(long[] above)
    {
        var bound = Solve();
        (RootMultipliers, RootPrice) = (_core.Full(_multipliers), _price);
        var root = new SimplexState(_program);
        root.CopyFrom(_simplex.State);
        Round(isRoot: true);
        SearchNearby(root);
        (var proof, OpenBound) = GuessedSearch.Run(_incumbent, _clock, bound, _core.Scale, () =>
        {
            OpenBound = long.MaxValue;
            _simplex.Return(root);
            return (Explore(above, 0), OpenBound);
        });
        return proof;
    }

    private ProofStep Explore(long[] above, int depth)
    {
        Nodes++;
        var step = new ProofStep();
        if (_bounds.IsImpossible()) return step;
        var bound = Solve();
        var full = _core.Full(_multipliers);
        step.Price = _price;
        step.Multipliers = VarInt.Differences(above, full);
        if (bound >= _incumbent.CutOff) return step;
        if (_clock.Exhausted || _budget is { IsUsedUp: true })
        {
            OpenBound = Math.Min(OpenBound, bound);
            return step;
        }
        if (Round() && bound >= _incumbent.CutOff) return step;
        var decided = new List<int>();
        _bounds.Decide(_incumbent.CutOff - bound, decided);
        foreach (var i in decided) (_bounds.State[i] == Decision.Open ? step.Opened : step.Closed).Add(_core.SiteIds[i]);
        foreach (var i in decided) Restrict(i, _bounds.State[i]);
        if (decided.Count == 0) step.Multipliers = null;
        if (_bounds.Free() * 4 <= _core.Sites) step.Next = Shrink(decided.Count == 0 ? above : full);
        else Split(step, decided.Count == 0 ? above : full, depth);
        foreach (var i in decided) Restrict(i, Decision.Free);
        return step;
    }

    /// <summary>Goes on with the core that is left when many sites are decided.</summary>
    private ProofStep Shrink(long[] above)
    {
        if (_bounds.IsImpossible()) return new ProofStep();
        var smaller = CoreReduction.Apply(_core, _bounds.State, _multipliers, out var kept);
        _incumbent.Decide(_core, _bounds.State);
        var dominated = new List<int>();
        smaller = Dominance.Remove(smaller, ref kept, dominated);
        ProofStep step;
        if (smaller.Sites == 0 || smaller.Clients == 0)
        {
            step = new ProofStep { Multipliers = VarInt.Differences(above, smaller.Full(kept)) };
            _incumbent.Complete(smaller);
            if (smaller.Offset < _incumbent.CutOff) OpenBound = Math.Min(OpenBound, smaller.Offset);
        }
        else
        {
            var tree = new CoverTree(smaller, false, _history, _incumbent, _clock, _program.CostUnit) { _budget = _budget };
            step = tree.RunLike(this, kept, above);
            OpenBound = Math.Min(OpenBound, tree.OpenBound);
            Nodes += tree.Nodes;
        }
        _incumbent.Undo(_core, _bounds.State);
        return dominated.Count == 0 ? step : new ProofStep { Dominated = dominated, Next = step };
    }

    /// <summary>Solves the relaxation of the node.</summary>
    /// <returns>its bound in whole numbers</returns>
    private long Solve()
    {
        var before = _simplex.Iterations;
        var end = _simplex.Run(CutOff, MostIterations);
        var bound = Evaluate();
        if (end == SimplexEnd.CutOff && bound < _incumbent.CutOff)
        {
            _simplex.Run(double.MaxValue, MostIterations);
            bound = Evaluate();
        }
        _clock.Step(1 + (_simplex.Iterations - before) / 8);
        return bound;
    }

    private long Evaluate()
    {
        _price = _program.ToMultipliers(_simplex.State.Dual, _multipliers);
        return _bounds.Evaluate(_multipliers, _price);
    }

    private double CutOff => (_incumbent.CutOff - _core.Offset - _program.Constant) / _program.Unit + 1e-4;

    /// <summary>Makes a plan of the relaxed one.</summary>
    private bool Round(bool isRoot = false)
    {
        if (!isRoot && !_incumbent.IsTurn() && FreeFraction() >= 0) return false;
        var before = _incumbent.Value;
        _incumbent.TryOpen(_core, _simplex.State.Open);
        if (PrimalDualSearch.Fits(_core) && (isRoot || _incumbent.Value < before))
            _incumbent.Polish(Evaluate(), _price, PolishKicks, Math.Clamp((long)_core.Pairs * WorkPerPair, LeastWork, MostWork));
        return true;
    }

    private int FreeFraction()
    {
        var basis = _simplex.State.Basis;
        for (var f = 0; f < basis.Size; f++)
            if (_bounds.State[basis.Site[f]] == Decision.Free && Fraction(basis.Site[f]) > 1e-6) return basis.Site[f];
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
        var site = Choose(kept);
        step.Branch = _core.SiteIds[site];
        var openFirst = kept.Open[site] >= 0.5;
        for (var turn = 0; turn < 2; turn++)
        {
            var open = turn == 0 == openFirst;
            Restrict(site, open ? Decision.Open : Decision.Closed);
            _bounds.State[site] = open ? Decision.Open : Decision.Closed;
            if (keeps) _simplex.Return(kept);
            else _simplex.Restore();
            var child = Explore(above, depth + 1);
            if (open) step.WhenOpen = child;
            else step.WhenClosed = child;
        }
        _bounds.State[site] = Decision.Free;
        Restrict(site, Decision.Free);
    }

    private void Restrict(int site, Decision decision)
    {
        if (decision == Decision.Free) _bounds.State[site] = Decision.Free;
        _simplex.State.Low[site] = decision == Decision.Open ? 1 : 0;
        _simplex.State.High[site] = decision == Decision.Closed ? 0 : 1;
    }

    /// <summary>The site whose two cases promise most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Choose(SimplexState kept)
    {
        var objective = _simplex.Objective();
        var room = Math.Max(1e-6, CutOff - objective);
        var fractional = new List<(double Score, int Site)>();
        for (var i = 0; i < _core.Sites; i++)
            if (_bounds.State[i] == Decision.Free && Fraction(i) > 1e-6) fractional.Add((Score(Expected(i, Decision.Closed, room), Expected(i, Decision.Open, room)), i));
        if (fractional.Count == 0) return Array.IndexOf(_bounds.State, Decision.Free);
        fractional.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Site.CompareTo(b.Site));
        var (best, chosen, trials) = (-1.0, -1, 0);
        foreach (var (score, i) in fractional)
        {
            var real = score;
            if (_history.Times(_core.SiteIds[i]) < ReliableAfter && trials < Trials)
            {
                trials++;
                real = Score(Try(kept, i, Decision.Closed, objective, room), Try(kept, i, Decision.Open, objective, room));
            }
            if (real > best) (best, chosen) = (real, i);
        }
        return chosen;
    }

    private double Expected(int site, Decision decision, double room) =>
        Math.Min(room, _history.Expected(_core.SiteIds[site], decision, Distance(_simplex.State, site, decision), room));

    private static double Distance(SimplexState state, int site, Decision decision) =>
        decision == Decision.Closed ? state.Open[site] : 1 - state.Open[site];

    private double Try(SimplexState kept, int site, Decision decision, double objective, double room)
    {
        var distance = Distance(kept, site, decision);
        Restrict(site, decision);
        var end = _simplex.Run(CutOff, TrialIterations);
        var gain = end == SimplexEnd.Infeasible ? room : Math.Clamp(_simplex.Objective() - objective, 0, room);
        Restrict(site, Decision.Free);
        _simplex.Return(kept);
        _history.Note(_core.SiteIds[site], decision, gain, distance);
        return gain;
    }

    private static double Score(double closed, double open) => Math.Max(1e-9, closed) * Math.Max(1e-9, open);
}
