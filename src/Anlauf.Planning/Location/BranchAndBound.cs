namespace Anlauf.Planning.Location;

/// <summary>
/// Depth-first search over the sites the relaxation is undecided about. Each node improves the multipliers of its parent,
/// decides sites by reduced cost, shrinks to the core that remains and splits on one site.
/// Source: Christofides and Beasley 1982; Hanjoul and Peeters 1985.
/// </summary>
internal sealed class BranchAndBound
{
    private const int RootSteps = 600, NodeSteps = 45, RootPatience = 14, NodePatience = 5, CoverRootSteps = 2000, CoverNodeSteps = 384, CoverRounds = 8, CoverPolishRounds = 30, PolishWork = 5_000_000;
    private readonly LocationCore _root;
    private readonly SearchClock _clock;
    private readonly Incumbent _incumbent;
    private readonly double[] _lastOpen;
    private SplitHistory? _history;
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

    private ProofStep Explore(LocationCore core, long[] multipliers, long price, long[] above, int depth)
    {
        Nodes++;
        var step = new ProofStep();
        var decisions = new Decision[core.Sites];
        if (!Implications.Find(core, decisions)) return step;
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
        return Bound(core, multipliers, price, above, depth, step);
    }

    private ProofStep Bound(LocationCore core, long[] multipliers, long price, long[] above, int depth, ProofStep step)
    {
        if (depth > 0 && CoverTree.Fits(core)) return Tree(core, multipliers, above);
        var search = new DualSearch(core, multipliers, price);
        var closed = Improve(core, search, price, depth);
        if (!closed && depth == 0 && PrimalDualSearch.Fits(core) && CoverTree.Fits(core)) return Tree(core, search.Best, above);
        var bound = search.Bound;
        var full = core.Full(search.Best);
        step.Multipliers = VarInt.Differences(above, full);
        step.Price = search.Price;
        if (closed) return step;
        if (_clock.Exhausted)
        {
            OpenBound = Math.Min(OpenBound, bound);
            return step;
        }
        _incumbent.TryRelaxed(core, search, depth);
        if (search.Bound >= _incumbent.CutOff) return step;
        var decisions = new Decision[core.Sites];
        var decided = ReducedCosts.Decide(core, search, _incumbent.CutOff, decisions);
        if (decided > 0)
        {
            Note(core, decisions, step);
            var smaller = CoreReduction.Apply(core, decisions, search.Best, out var kept);
            _incumbent.Decide(core, decisions);
            // many decisions sharpen the bound: look again before splitting
            step.Next = decided * 8 >= core.Sites
                ? Explore(smaller, kept, search.Price, full, depth + 1)
                : Split(smaller, kept, search.Price, full, bound, depth, Project(core, decisions, search.Average));
            _incumbent.Undo(core, decisions);
            return step;
        }
        var cases = Split(core, search.Best, search.Price, full, bound, depth, search.Average);
        cases.Multipliers = step.Multipliers;
        cases.Price = step.Price;
        return cases;
    }

    /// <summary>Small cores: the linear relaxation itself, at every node.</summary>
    private ProofStep Tree(LocationCore core, long[] multipliers, long[] above)
    {
        var tree = new CoverTree(core, above.AsSpan().ContainsAnyExcept(0L) is false, _history ??= new SplitHistory(_lastOpen.Length), _incumbent, _clock);
        var step = tree.Run(multipliers, above);
        OpenBound = Math.Min(OpenBound, tree.OpenBound);
        Nodes += tree.Nodes;
        return step;
    }

    /// <summary>Raises the bound of a core as far as it pays.</summary>
    /// <returns>true when nothing better than the best plan is left in it</returns>
    private bool Improve(LocationCore core, DualSearch search, long price, int depth)
    {
        var covering = PrimalDualSearch.Fits(core);
        if (depth > 0)
            return covering ? ImproveCover(core, search, price, CoverNodeSteps) : search.Run(_incumbent.CutOff, NodeSteps, NodePatience, _clock);
        // a few rounds to learn a good plan, which sets the length of the steps
        for (var round = 0; round < 3; round++)
        {
            if (search.Run(_incumbent.CutOff, 40, RootPatience, _clock)) return true;
            _incumbent.TryRelaxed(core, search, depth);
        }
        if (covering && CoverTree.Fits(core)) return false;
        if (!covering)
        {
            if (search.Run(_incumbent.CutOff, RootSteps, RootPatience, _clock)) return true;
            _incumbent.TryRelaxed(core, search, depth);
            _incumbent.Polish(search.Bound, search.Price, (int)Math.Clamp(PolishWork / core.Pairs, 4, 150));
            return search.Bound >= _incumbent.CutOff;
        }
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
