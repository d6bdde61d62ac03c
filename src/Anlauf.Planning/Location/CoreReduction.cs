namespace Anlauf.Planning.Location;

/// <summary>What is decided about a site of a core.</summary>
internal enum Decision : sbyte
{
    Free = 0,
    Open = 1,
    Closed = -1,
}

/// <summary>Makes the smaller core that remains when some sites are opened or closed.</summary>
internal static class CoreReduction
{
    /// <summary>
    /// Opened sites become ceilings of their clients and leave with their cost; closed sites leave; a client without a
    /// cheaper site leaves with its ceiling. Multipliers of clients that stay are capped at the new ceilings.
    /// </summary>
    public static LocationCore Apply(LocationCore core, Decision[] decisions, long[]? multipliers, out long[] reducedMultipliers)
    {
        var newSite = new int[core.Sites];
        var sites = 0;
        var reduced = new LocationCore { Scale = core.Scale, Offset = core.Offset, Budget = core.Budget, Settled = (long[])core.Settled.Clone() };
        for (var i = 0; i < core.Sites; i++)
        {
            newSite[i] = decisions[i] == Decision.Free ? sites++ : -1;
            if (decisions[i] == Decision.Open) reduced.Budget -= core.SiteCost[i];
        }
        reduced.Sites = sites;
        reduced.SiteIds = new int[sites];
        reduced.SiteCost = new long[sites];
        reduced.GroupStart = new int[core.GroupStart.Length];
        reduced.GroupNeed = (int[])core.GroupNeed.Clone();
        for (var g = 0; g < core.GroupNeed.Length; g++)
        {
            reduced.GroupStart[g + 1] = reduced.GroupStart[g];
            for (var i = core.GroupStart[g]; i < core.GroupStart[g + 1]; i++)
            {
                if (decisions[i] == Decision.Open && reduced.GroupNeed[g] > 0) reduced.GroupNeed[g]--;
                if (newSite[i] < 0) continue;
                reduced.GroupStart[g + 1]++;
                reduced.SiteIds[newSite[i]] = core.SiteIds[i];
                reduced.SiteCost[newSite[i]] = core.SiteCost[i];
            }
        }
        ReducePairs(core, decisions, newSite, reduced, multipliers, out reducedMultipliers);
        DenseRows.AddTo(reduced);
        if (reducedMultipliers.Length < reduced.Stride) Array.Resize(ref reducedMultipliers, reduced.Stride);
        return reduced;
    }

    private static void ReducePairs(
        LocationCore core, Decision[] decisions, int[] newSite, LocationCore reduced, long[]? multipliers, out long[] kept)
    {
        var clientIds = new int[core.Clients];
        var ceiling = new long[core.Clients];
        var start = new int[core.Clients + 1];
        var pairSite = new int[core.Pairs];
        var pairCost = new long[core.Pairs];
        kept = new long[core.Clients];
        int clients = 0, pairs = 0;
        for (var j = 0; j < core.Clients; j++)
        {
            var top = core.Ceiling[j];
            var first = pairs;
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++)
            {
                var site = core.PairSite[k];
                if (decisions[site] == Decision.Closed) continue;
                if (decisions[site] == Decision.Open)
                {
                    top = core.PairCost[k];
                    break;
                }
                pairSite[pairs] = newSite[site];
                pairCost[pairs++] = core.PairCost[k];
            }
            // sites as dear as the new ceiling are of no use to the client
            while (pairs > first && pairCost[pairs - 1] >= top) pairs--;
            if (pairs == first)
            {
                reduced.Offset += top;
                reduced.Settled[core.ClientIds[j]] = top;
                continue;
            }
            clientIds[clients] = core.ClientIds[j];
            ceiling[clients] = top;
            kept[clients] = multipliers is null ? top : Math.Min(multipliers[j], top);
            start[++clients] = pairs;
        }
        reduced.Clients = clients;
        reduced.ClientIds = clientIds[..clients];
        reduced.Ceiling = ceiling[..clients];
        reduced.Start = start[..(clients + 1)];
        reduced.PairSite = pairSite[..pairs];
        reduced.PairCost = pairCost[..pairs];
        kept = kept[..clients];
    }
}
