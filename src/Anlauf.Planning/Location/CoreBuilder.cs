namespace Anlauf.Planning.Location;

/// <summary>Brings a location problem into the form of the search.</summary>
internal static class CoreBuilder
{
    private const int FinestScale = 16;

    /// <summary>The core of the whole problem, forbidden sites left out; sites to keep open are still in it.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="nearest">
    /// where no group bounds how far a client goes, so many of its nearest sites at least are in the core and the others count as
    /// if they were no farther (<see cref="NearestSites"/>): a bound of the core holds, its plans may cost more than it says
    /// </param>
    /// <param name="clock">limits and threads, or none</param>
    public static LocationCore Build(LocationProblem problem, int nearest = int.MaxValue, SearchClock? clock = null)
    {
        var groupsLast = problem.Groups.Count;
        int GroupOf(int site) => problem.Sites[site].Group is var g and >= 0 && problem.Groups[g].LeastOpen > 0 ? g : groupsLast;
        var sites = Enumerable.Range(0, problem.Sites.Count).Where(i => problem.Sites[i].Rule != SiteRule.Forbidden)
            .OrderBy(GroupOf).ToArray();
        var core = new LocationCore { Scale = ChooseScale(problem), IsCovering = problem.Goal == LocationGoal.MostCovered, Budget = problem.Budget, Sites = sites.Length, SiteIds = sites };
        core.SiteCost = [.. sites.Select(i => problem.Sites[i].Cost)];
        core.GroupNeed = [.. problem.Groups.Select(g => g.LeastOpen), 0];
        core.GroupStart = new int[groupsLast + 2];
        foreach (var site in sites) core.GroupStart[GroupOf(site) + 1]++;
        for (var g = 0; g <= groupsLast; g++) core.GroupStart[g + 1] += core.GroupStart[g];

        core.Clients = problem.Weights.Count;
        core.Members = [.. Enumerable.Range(0, core.Clients)];
        core.MemberStart = [.. Enumerable.Range(0, core.Clients + 1)];
        core.Settled = new long[core.Clients];
        core.IsDue = new bool[core.Clients];
        core.Ceiling = new long[core.Clients];
        core.Start = new int[core.Clients + 1];
        NearPairs.AddTo(core, problem, nearest, clock);
        core.MemberCeiling = (long[])core.Ceiling.Clone();
        DenseRows.AllowIn(core);
        return core;
    }

    /// <summary>As fine as 64-bit sums allow, 2¹⁶ at most.</summary>
    private static long ChooseScale(LocationProblem problem)
    {
        Int128 total = 0;
        foreach (var weight in problem.Weights) total += weight;
        if (problem.Goal == LocationGoal.LeastTravel) total *= Math.Max(1, problem.Travel.Longest);
        // a price per budget unit is at most the total over the least cost; it is multiplied with single costs again
        var costs = problem.Sites.Select(s => s.Cost).Where(c => c > 0).DefaultIfEmpty(1);
        total *= 2 * (costs.Max() / costs.Min() + 1);
        var bits = FinestScale;
        while (bits > 0 && (total << bits) >= (Int128)1 << 62) bits--;
        return 1L << bits;
    }
}
