using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    public static LocationCore Build(LocationProblem problem, int nearest = int.MaxValue)
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
        AddPairs(problem, core, nearest);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddPairs(LocationProblem problem, LocationCore core, int nearest)
    {
        var coreSite = Enumerable.Repeat(-1, problem.Sites.Count).ToArray();
        for (var i = 0; i < core.Sites; i++) coreSite[core.SiteIds[i]] = i;
        var guess = problem.Travel.Longest / 16;
        var pairSite = new List<int>();
        var pairCost = new List<long>();
        for (var j = 0; j < core.Clients; j++)
        {
            var weight = problem.Weights[j] * core.Scale;
            var covering = problem.Goal == LocationGoal.MostCovered;
            var limit = covering ? problem.Reach : FarthestNeeded(problem, core, coreSite, j, nearest, ref guess);
            core.Ceiling[j] = covering ? weight : weight * limit;
            var first = pairSite.Count;
            foreach (var pair in weight > 0 ? problem.Travel.Nearest(j, covering ? limit : limit - 1) : [])
            {
                if (coreSite[(int)pair] is not (>= 0 and var site)) continue;
                pairSite.Add(site);
                pairCost.Add(covering ? 0 : weight * (pair >> 32));
            }
            // all sites in reach are equal
            if (covering) CollectionsMarshal.AsSpan(pairSite)[first..].Sort();
            core.Start[j + 1] = pairSite.Count;
        }
        core.PairSite = [.. pairSite];
        core.PairCost = [.. pairCost];
    }

    /// <summary>
    /// No plan sends the client farther: where k of the s sites of a group must open, the (s − k + 1)-th nearest of them
    /// is the worst case; without such a group the farthest site is, or, of very many, one that is hardly ever farther.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FarthestNeeded(LocationProblem problem, LocationCore core, int[] coreSite, int client, int nearest, ref int guess)
    {
        var best = int.MaxValue;
        int[] farthest = [];
        // with coordinates a place is its own candidate and its own group bounds it well; a full matrix is cheap to scan
        var distances = problem.Travel.To(client);
        var own = problem.Travel is GeoTravel && coreSite[client] >= 0 ? problem.Sites[client].Group : -1;
        for (var g = 0; g < problem.Groups.Count; g++)
        {
            var need = core.GroupNeed[g];
            if (need == 0 || (own >= 0 && g != own && problem.Groups[own].LeastOpen > 0)) continue;
            if (core.GroupStart[g + 1] - core.GroupStart[g] < need) continue;
            // only the farthest count, and few are needed: they are kept in descending order
            if (farthest.Length < need) farthest = new int[need];
            var kept = 0;
            for (var i = core.GroupStart[g]; i < core.GroupStart[g + 1]; i++)
            {
                var distance = distances.Length > 0 ? distances[core.SiteIds[i]] : problem.Travel[core.SiteIds[i], client];
                if (kept == need && distance <= farthest[kept - 1]) continue;
                var k = kept < need ? kept++ : kept - 1;
                for (; k > 0 && farthest[k - 1] < distance; k--) farthest[k] = farthest[k - 1];
                farthest[k] = distance;
            }
            best = Math.Min(best, farthest[need - 1]);
        }
        if (best < int.MaxValue) return best;
        if (nearest < core.Sites) return NearestSites.Distance(problem.Travel, client, nearest, ref guess);
        best = 0;
        foreach (var site in core.SiteIds) best = Math.Max(best, problem.Travel[site, client]);
        return best;
    }
}
