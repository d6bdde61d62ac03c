namespace Anlauf.Planning.Location;

/// <summary>
/// Depth-first search over the sites the relaxation is undecided about. Each node improves the multipliers of its parent,
/// decides sites by reduced cost, shrinks to the core that remains and splits on one site.
/// Source: Christofides and Beasley 1982; Hanjoul and Peeters 1985.
/// </summary>
internal sealed partial class BranchAndBound
{
    private const int RootSteps = 600, FineSteps = 400, WarmSteps = 150, NodeSteps = 45, RootPatience = 14, NodePatience = 5, CoverFirstSteps = 64, CoverRootSteps = 2000, CoverNodeSteps = 384, CoverRounds = 8, CoverPolishRounds = 30, PolishWork = 600_000, WarmPolishWork = 60_000;
    private readonly LocationCore _root;
    private readonly SearchClock _clock;
    private readonly Incumbent _incumbent;
    private readonly double[] _lastOpen;
    private readonly Dictionary<(int Fewest, int Most), BasisSketch> _sketches = [];

    /// <summary>What splits brought; none where there were none.</summary>
    public SplitHistory? History => _history;

    private SplitHistory? _history;
    private bool _isWarm;
    private double _weight = 1;

    public BranchAndBound(LocationCore root, Incumbent incumbent, SearchClock clock)
    {
        (_root, _incumbent, _clock) = (root, incumbent, clock);
        _lastOpen = new double[root.SiteIds.DefaultIfEmpty(0).Max() + 1];
    }

    /// <summary>Scaled bound over everything left open when the clock stopped; the value of the plan when nothing is.</summary>
    public long OpenBound { get; private set; } = long.MaxValue;

    /// <summary>Nodes looked at.</summary>
    public int Nodes { get; private set; }

    /// <summary>Runs the search from the root.</summary>
    public ProofStep Run(long[] multipliers, long price) => Explore(_root, multipliers, price, new long[_root.Settled.Length], 0);

    /// <summary>Runs the search from the multipliers of a similar problem.</summary>
    public ProofStep RunFrom(LocationStart start)
    {
        _isWarm = true;
        _history = start.History?.For(_lastOpen.Length);
        var multipliers = new long[Math.Max(_root.Clients, _root.Stride)];
        for (var j = 0; j < _root.Clients; j++)
        {
            Int128 sum = 0;
            for (var k = _root.MemberStart[j]; k < _root.MemberStart[j + 1]; k++) sum += start.Multipliers[_root.Members[k]];
            multipliers[j] = (long)Int128.Clamp(sum * _root.Scale / start.Scale, 0, _root.Ceiling[j]);
        }
        return Run(multipliers, (long)Int128.Clamp((Int128)start.Price * _root.Scale / start.Scale, 0, long.MaxValue >> 20));
    }

    /// <summary>Multipliers of the whole problem, for all its clients, and their price; none when there was nothing to search.</summary>
    public long[]? RootMultipliers { get; private set; }

    /// <inheritdoc cref="RootMultipliers"/>
    public long RootPrice { get; private set; }

    private ProofStep Explore(LocationCore core, long[] multipliers, long price, long[] above, int depth)
    {
        Nodes++;
        var step = new ProofStep();
        var decisions = new Decision[core.Sites];
        if (!Implications.Find(core, decisions) || IsOffLimits(core)) return step;
        if (decisions.AsSpan().ContainsAnyExcept(Decision.Free))
        {
            Note(core, decisions, step);
            var smaller = CoreReduction.Apply(core, decisions, multipliers, out var kept);
            _incumbent.Decide(core, decisions);
            step.Next = Explore(smaller, kept, price, above, depth);
            _incumbent.Undo(core, decisions);
            return step;
        }
        if (core.Clients == 0)
        {
            step.Multipliers = VarInt.Differences(above, core.Settled);
            _incumbent.Complete(core);
            return step;
        }
        var dominated = new List<int>();
        if (depth == 0) core = Dominance.Remove(core, ref multipliers, dominated);
        if (dominated.Count == 0) return Bound(core, multipliers, price, above, depth);
        step.Dominated = dominated;
        step.Next = Explore(core, multipliers, price, above, depth);
        return step;
    }

    private static ProofStep StepOf(DualSearch search, long[] above, long[] full) =>
        new() { Multipliers = VarInt.Differences(above, full), Price = search.Price, PerSite = search.PerSite };

    /// <summary>True when nothing is left to look at, or no time; then the bound stays open.</summary>
    private bool IsOver(bool closed, DualSearch search)
    {
        // the clock is asked once: stopping without leaving the bound open would be a false proof
        if (closed || !_clock.Exhausted) return closed;
        OpenBound = Math.Min(OpenBound, search.Bound);
        return true;
    }

    private ProofStep Bound(LocationCore core, long[] multipliers, long price, long[] above, int depth)
    {
        if (depth > 0 && CoverTree.Fits(core)) return Tree(core, multipliers, above);
        if (depth == 0 && !PrimalDualSearch.Fits(core)) return Root(core, multipliers, price, above);
        var search = new DualSearch(core, multipliers, price);
        var closed = Improve(core, search, price, depth);
        if (depth == 0 && _stage == Stage.Learn) (RootMultipliers, RootPrice) = (core.Full(search.Best), search.Price);
        if (!closed && depth == 0 && !_clock.Exhausted && PrimalDualSearch.Fits(core) && CoverTree.Fits(core)) return Tree(core, search.Best, above);
        var full = core.Full(search.Best);
        ProofStep Step() => StepOf(search, above, full);
        if (IsOver(closed, search)) return Step();
        _incumbent.TryRelaxed(core, search, depth);
        if (search.Bound >= _incumbent.CutOff) return Step();
        if (depth > 0) return Decide(core, search, full, depth, Step());
        (var proof, OpenBound) = GuessedSearch.Run(_incumbent, _clock, search.Bound, core.Scale, () =>
        {
            OpenBound = long.MaxValue;
            return (Decide(core, search, full, 0, Step()), OpenBound);
        });
        return proof;
    }

    /// <summary>Decides sites by reduced cost and goes on with the others.</summary>
    private ProofStep Decide(LocationCore core, DualSearch search, long[] full, int depth, ProofStep step)
    {
        var decisions = new Decision[core.Sites];
        var decided = ReducedCosts.Decide(core, search, _incumbent.CutOff, decisions);
        // the root is evaluated again, by every guess
        if (depth > 0) core.Rest();
        if (decided > 0)
        {
            Note(core, decisions, step);
            var smaller = CoreReduction.Apply(core, decisions, search.Best, out var kept);
            _incumbent.Decide(core, decisions);
            // many decisions sharpen the bound: look again before splitting
            step.Next = decided * 8 >= core.Sites
                ? Explore(smaller, kept, search.Price, full, depth + 1)
                : Split(smaller, kept, search.Price, full, search.Bound, depth, Project(core, decisions, search.Average));
            _incumbent.Undo(core, decisions);
            return step;
        }
        var cases = Split(core, search.Best, search.Price, full, search.Bound, depth, search.Average);
        cases.Multipliers = step.Multipliers;
        (cases.Price, cases.PerSite) = (step.Price, step.PerSite);
        return cases;
    }

    /// <summary>Small cores: the linear relaxation itself, at every node.</summary>
    private ProofStep Tree(LocationCore core, long[] multipliers, long[] above)
    {
        // guesses that follow one another have nearly the same relaxation
        var sketch = _sketches.GetValueOrDefault((core.FewestOpen, core.MostOpen));
        var tree = new CoverTree(core, above.AsSpan().ContainsAnyExcept(0L) is false, _history ??= new SplitHistory(_lastOpen.Length), _incumbent, _clock, near: sketch?.For(core) ?? multipliers);
        var step = tree.Run(multipliers, above, sketch);
        if (tree.RootSketch is { } root) _sketches[(core.FewestOpen, core.MostOpen)] = root;
        OpenBound = Math.Min(OpenBound, tree.OpenBound);
        Nodes += tree.Nodes;
        if (tree.RootMultipliers is { } best) (RootMultipliers, RootPrice) = (best, tree.RootPrice);
        return step;
    }

    /// <summary>Raises the bound of a core as far as it pays.</summary>
    /// <returns>true when nothing better than the best plan is left in it</returns>
    private bool Improve(LocationCore core, DualSearch search, long price, int depth)
    {
        var covering = PrimalDualSearch.Fits(core);
        if (depth > 0)
            return covering ? ImproveCover(core, search, price, CoverNodeSteps) : search.Run(_incumbent.CutOff, NodeSteps, NodePatience, _clock);
        if (CoverTree.Fits(core)) return Prepare(core, search);
        if (Learn(core, search)) return true;
        Remember(core, search.Average);
        // too large for the tree on the linear relaxation: bound and plan take turns
        for (var round = 0; round < CoverRounds; round++)
        {
            if (_clock.Exhausted || ImproveCover(core, search, search.Price, CoverRootSteps)) break;
            _incumbent.TryRelaxed(core, search, depth);
            _incumbent.Polish(search.Bound, search.Price, CoverPolishRounds);
        }
        return search.Bound >= _incumbent.CutOff;
    }

    /// <summary>What the tree on the linear relaxation begins with: a plan, and multipliers from which that takes fewer steps.</summary>
    private bool Prepare(LocationCore core, DualSearch search)
    {
        if (_isWarm) return Learn(core, search);
        if (search.Run(_incumbent.CutOff, LearningSteps, RootPatience, _clock)) return true;
        _incumbent.TryRelaxed(core, search, 0);
        return new PrimalDualSearch(core, search, _weight).Run(_incumbent.CutOff, CoverFirstSteps, _clock);
    }

    private bool ImproveCover(LocationCore core, DualSearch search, long price, int steps)
    {
        if (search.Consider((long[])search.Best.Clone(), price) >= _incumbent.CutOff) return true;
        for (var i = 0; i < core.Sites; i++) search.Average[i] = _lastOpen[core.SiteIds[i]];
        var primalDual = new PrimalDualSearch(core, search, _weight);
        var closed = primalDual.Run(_incumbent.CutOff, steps, _clock);
        _weight = primalDual.Weight;
        if (!closed) Remember(core, search.Average);
        return closed;
    }

    /// <summary>The relaxed plan of the node before, from which the next one begins.</summary>
    private void Remember(LocationCore core, double[] open)
    {
        for (var i = 0; i < core.Sites; i++) _lastOpen[core.SiteIds[i]] = open[i];
    }

    private static double[] Project(LocationCore core, Decision[] decisions, double[] average) =>
        [.. Enumerable.Range(0, core.Sites).Where(i => decisions[i] == Decision.Free).Select(i => average[i])];

    private ProofStep Split(LocationCore core, long[] multipliers, long price, long[] above, long bound, int depth, double[] average)
    {
        var step = new ProofStep();
        if (IsOffLimits(core)) return step;
        if (core.Sites == 0 || core.Clients == 0)
        {
            step.Next = Explore(core, multipliers, price, above, depth + 1);
            return step;
        }
        var site = 0;
        var best = -1.0;
        for (var i = 0; i < core.Sites; i++)
        {
            var doubt = Math.Min(average[i], 1 - average[i]) + 1e-6 * average[i];
            if (doubt > best) (best, site) = (doubt, i);
        }
        step.Branch = core.SiteIds[site];
        step.WhenOpen = Case(core, multipliers, price, above, bound, depth, site, Decision.Open);
        step.WhenClosed = Case(core, multipliers, price, above, bound, depth, site, Decision.Closed);
        return step;
    }

    private ProofStep Case(LocationCore core, long[] multipliers, long price, long[] above, long bound, int depth, int site, Decision decision)
    {
        if (_clock.Exhausted)
        {
            OpenBound = Math.Min(OpenBound, bound);
            return new ProofStep();
        }
        if (bound >= _incumbent.CutOff) return new ProofStep();
        var decisions = new Decision[core.Sites];
        decisions[site] = decision;
        var smaller = CoreReduction.Apply(core, decisions, multipliers, out var kept);
        _incumbent.Decide(core, decisions);
        var step = Explore(smaller, kept, price, above, depth + 1);
        _incumbent.Undo(core, decisions);
        return step;
    }

    private static void Note(LocationCore core, Decision[] decisions, ProofStep step)
    {
        for (var i = 0; i < decisions.Length; i++)
        {
            if (decisions[i] == Decision.Open) step.Opened.Add(core.SiteIds[i]);
            if (decisions[i] == Decision.Closed) step.Closed.Add(core.SiteIds[i]);
        }
    }
}
