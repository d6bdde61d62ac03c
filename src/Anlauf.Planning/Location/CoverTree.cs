namespace Anlauf.Planning.Location;

/// <summary>
/// Branch and bound on one core with the linear relaxation at every node: duals give the multipliers of the proof, reduced
/// costs decide sites, and the site to split on is the one whose two cases lift the bound most, tried at first and
/// remembered later (reliability branching: Achterberg, Koch and Martin 2005).
/// </summary>
internal sealed class CoverTree
{
    private const int TrialIterations = 30, Trials = 8, ReliableAfter = 2, MostIterations = 50_000, RoundEvery = 16;
    private const long MostEntries = 60_000;
    private readonly LocationCore _core;
    private readonly Incumbent _incumbent;
    private readonly SearchClock _clock;
    private readonly CoverProgram _program;
    private readonly CoverSimplex _simplex;
    private readonly SiteBounds _bounds;
    private readonly long[] _multipliers;
    private readonly List<SimplexState> _kept = [];
    private readonly double[,] _gain;
    private readonly int[,] _tries;
    private long _price;

    public CoverTree(LocationCore core, Incumbent incumbent, SearchClock clock)
    {
        (_core, _incumbent, _clock) = (core, incumbent, clock);
        _program = new CoverProgram(core);
        _simplex = new CoverSimplex(_program);
        _bounds = new SiteBounds(core);
        _multipliers = new long[core.Clients];
        _gain = new double[core.Sites, 2];
        _tries = new int[core.Sites, 2];
    }

    /// <summary>True where the relaxation is small enough to be solved at every node.</summary>
    public static bool Fits(LocationCore core) => core.Sites > 0 && core.Clients > 0 && CoverProgram.Entries(core) <= MostEntries;

    /// <summary>Scaled bound over everything left open when the clock stopped.</summary>
    public long OpenBound { get; private set; } = long.MaxValue;

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
        return Explore(above, 0);
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
        if (_clock.Exhausted)
        {
            OpenBound = Math.Min(OpenBound, bound);
            return step;
        }
        if (Round(depth) && bound >= _incumbent.CutOff) return step;
        var decided = new List<int>();
        _bounds.Decide(_incumbent.CutOff - bound, decided);
        foreach (var i in decided) (_bounds.State[i] == Decision.Open ? step.Opened : step.Closed).Add(_core.SiteIds[i]);
        foreach (var i in decided) Restrict(i, _bounds.State[i]);
        if (decided.Count == 0) step.Multipliers = null;
        Split(step, decided.Count == 0 ? above : full, depth);
        foreach (var i in decided) Restrict(i, Decision.Free);
        return step;
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
    private bool Round(int depth)
    {
        if (depth > 0 && Nodes % RoundEvery != 0 && FreeFraction() >= 0) return false;
        _incumbent.TryOpen(_core, _simplex.State.Open);
        if (depth == 0) _incumbent.Polish(_multipliers.Length == 0 ? 0 : Evaluate());
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
        if (Array.IndexOf(_bounds.State, Decision.Free) < 0)
        {
            // everything is decided: only the value of this plan is left to prove
            if (step.Opened.Count + step.Closed.Count > 0) step.Next = Explore(above, depth + 1);
            else OpenBound = Math.Min(OpenBound, Evaluate());
            return;
        }
        while (_kept.Count <= depth) _kept.Add(new SimplexState(_program));
        var kept = _kept[depth];
        kept.CopyFrom(_simplex.State);
        var site = Choose(kept);
        step.Branch = _core.SiteIds[site];
        var openFirst = kept.Open[site] >= 0.5;
        for (var turn = 0; turn < 2; turn++)
        {
            var open = turn == 0 == openFirst;
            Restrict(site, open ? Decision.Open : Decision.Closed);
            _bounds.State[site] = open ? Decision.Open : Decision.Closed;
            _simplex.Return(kept);
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
    private int Choose(SimplexState kept)
    {
        var objective = _simplex.Objective();
        var room = Math.Max(1e-6, CutOff - objective);
        var fractional = new List<(double Score, int Site)>();
        for (var i = 0; i < _core.Sites; i++)
            if (_bounds.State[i] == Decision.Free && Fraction(i) > 1e-6) fractional.Add((Score(Expected(i, 0, room), Expected(i, 1, room)), i));
        if (fractional.Count == 0) return Array.IndexOf(_bounds.State, Decision.Free);
        fractional.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Site.CompareTo(b.Site));
        var (best, chosen, trials) = (-1.0, -1, 0);
        foreach (var (score, i) in fractional)
        {
            var real = score;
            if (Math.Min(_tries[i, 0], _tries[i, 1]) < ReliableAfter && trials < Trials)
            {
                trials++;
                real = Score(Try(kept, i, Decision.Closed, objective, room), Try(kept, i, Decision.Open, objective, room));
            }
            if (real > best) (best, chosen) = (real, i);
        }
        return chosen;
    }

    /// <summary>How far the bound rises when the site is closed (0) or opened (1), by what was seen before.</summary>
    private double Expected(int site, int side, double room)
    {
        var distance = side == 0 ? _simplex.State.Open[site] : 1 - _simplex.State.Open[site];
        var rate = _tries[site, side] > 0 ? _gain[site, side] / _tries[site, side] : room;
        return Math.Min(room, rate * distance);
    }

    private double Try(SimplexState kept, int site, Decision decision, double objective, double room)
    {
        var distance = decision == Decision.Closed ? kept.Open[site] : 1 - kept.Open[site];
        Restrict(site, decision);
        _simplex.Restore();
        var end = _simplex.Run(CutOff, TrialIterations);
        var gain = end == SimplexEnd.Infeasible ? room : Math.Clamp(_simplex.Objective() - objective, 0, room);
        Restrict(site, Decision.Free);
        _simplex.Return(kept);
        var side = decision == Decision.Closed ? 0 : 1;
        _gain[site, side] += gain / Math.Max(1e-6, distance);
        _tries[site, side]++;
        return gain;
    }

    private static double Score(double closed, double open) => Math.Max(1e-9, closed) * Math.Max(1e-9, open);
}
