namespace Anlauf.Planning.Location;

/// <summary>
/// Sharpens the bound of a large covering core: at a price of the budget near that of the relaxation, its parts are solved
/// one by one. What is left of the gap is what clients between parts and the budget as a whole cost.
/// Source: Lagrangian decomposition, Guignard and Kim 1987.
/// </summary>
internal sealed class PartSearch(SearchClock clock)
{
    public const int LeastSites = 2500;
    private const int LeastPart = 60, MiddlePart = 300, MostPart = 1000;
    private const int LeastNodes = 250, MostNodes = 1500, NodeWork = 250_000, MorePrices = 3, MostPriced = 1200;
    private const int MostFrontNodes = 5_000, MostFrontSites = 500, MostClosed = 1200;
    private const double PriceStep = 0.002, WorthPricing = 0.001;

    /// <summary>The sharpest bound seen, also where a guess helped.</summary>
    public long Sharpest { get; private set; } = long.MinValue;

    /// <summary>A search where it promises something: many sites, each serving few clients.</summary>
    public static PartSearch? For(LocationCore core, SearchClock clock) =>
        core.Sites >= LeastSites && PrimalDualSearch.Fits(core) ? new PartSearch(clock) : null;

    /// <summary>Solves the parts; none where the core does not fall apart.</summary>
    /// <param name="core">the core, nothing decided about its sites</param>
    /// <param name="multipliers">one a client</param>
    /// <param name="price">price of a unit of the budget</param>
    /// <param name="slack">how far the bound is believed to stand below the value looked for</param>
    /// <param name="round">how often the problem was sharpened on the way here; parts of several sizes decide different sites</param>
    public SharpBound? Run(LocationCore core, long[] multipliers, long price, long slack, int round)
    {
        var part = Partition.Split(core, multipliers, Math.Clamp(core.Sites / 8, round % 2 == 0 ? LeastPart : MiddlePart, MostPart), out var count);
        if (count < 2) return null;
        var best = At(core, part, count, multipliers, price, slack);
        Sharpest = Math.Max(Sharpest, best.Bound);
        if (round == 0 || core.Sites > MostPriced) return best;
        // the bound is concave in the price, and how the parts use the budget is its slope
        var (cheap, dear) = best.Used > core.Budget ? (best, null) : ((SharpBound?)null, best);
        for (var k = 1; k <= MorePrices && Math.Abs(best.Used - core.Budget) > core.Budget * WorthPricing; k++)
        {
            var next = dear is null ? (long)(cheap!.Price * (1 + PriceStep * k)) : cheap is null ? (long)(dear.Price * (1 - PriceStep * k)) : Crossing(core, cheap, dear);
            if (next <= 0 || next == dear?.Price || next == cheap?.Price) break;
            var tried = At(core, part, count, multipliers, next, slack);
            if (tried.Used > core.Budget) cheap = tried;
            else dear = tried;
            if (tried.Bound > best.Bound) best = tried;
        }
        Sharpest = Math.Max(Sharpest, best.Bound);
        return best;
    }

    // where the tangents at a price too low and one too high meet
    private static long Crossing(LocationCore core, SharpBound cheap, SharpBound dear)
    {
        double rise = cheap.Used - core.Budget, fall = core.Budget - dear.Used;
        return (long)((dear.Bound - cheap.Bound + rise * cheap.Price + fall * dear.Price) / Math.Max(1, rise + fall));
    }

    private SharpBound At(LocationCore core, int[] part, int count, long[] multipliers, long price, long slack)
    {
        var result = new SharpBound(core, multipliers, price);
        foreach (var one in CorePart.Make(core, part, count, multipliers, price))
        {
            var tree = new PartTree(one, slack, Math.Clamp(NodeWork / one.Sites.Length, LeastNodes, MostNodes), clock);
            result.Add(one, tree, tree.Run());
        }
        return result;
    }

    /// <summary>
    /// The best plan below a limit, from all choices of every part that could belong to one, and the proof that there is none
    /// better. Only for a core whose parts share no client.
    /// </summary>
    /// <param name="core">the core, nothing decided about its sites</param>
    /// <param name="multipliers">one a client</param>
    /// <param name="price">price of a unit of the budget</param>
    /// <param name="cutOff">scaled value no plan needs to reach</param>
    /// <param name="step">receives the proof</param>
    /// <returns>none where there are too many choices; without sites where no plan stays below the limit</returns>
    public FrontPlan? TryClose(LocationCore core, long[] multipliers, long price, long cutOff, ProofStep step)
    {
        if (core.Sites > MostClosed) return null;
        var part = Partition.Split(core, multipliers, int.MaxValue, out var count);
        if (count < 2 || part.GroupBy(p => p).Max(sites => sites.Count()) > MostFrontSites) return null;
        var parts = CorePart.Make(core, part, count, multipliers, price);
        var sharp = new SharpBound(core, multipliers, price);
        var least = new long[count];
        for (var p = 0; p < count; p++)
        {
            var tree = new PartTree(parts[p], 0, MostNodes, clock);
            sharp.Add(parts[p], tree, tree.Run());
            least[p] = tree.Bound;
        }
        var slack = cutOff - sharp.Bound;
        var fronts = new List<FrontOption>[count];
        var proofs = new ProofStep[count];
        var nodes = MostFrontNodes;
        for (var p = 0; p < count; p++)
        {
            var tree = new FrontTree(parts[p], [.. parts[p].Sites.Select(i => core.SiteCost[i])], least[p] + slack, nodes, clock);
            if (tree.Run() is not { } proof) return null;
            (fronts[p], proofs[p], nodes) = (tree.Options, proof, tree.NodesLeft);
        }
        var chosen = FrontChoice.Best(fronts, least, price, core.Budget, slack, out var complete);
        if (!complete) return null;
        (step.Parts, step.Price, step.Fronts) = (sharp.Parts, price, [.. proofs]);
        if (chosen is null) return new FrontPlan(null, long.MaxValue);
        var open = new double[core.Sites];
        for (var p = 0; p < count; p++)
            foreach (var i in chosen[p].Open) open[parts[p].Sites[i]] = 1;
        return new FrontPlan(open, core.Offset + chosen.Sum(option => option.Value));
    }
}

/// <summary>A plan made of one choice of every part.</summary>
/// <param name="Open">1 for its open sites; none where no plan stays below the limit</param>
/// <param name="Value">its scaled value</param>
internal sealed record FrontPlan(double[]? Open, long Value);
