using System.Runtime.CompilerServices;

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
    private const int CountedFrom = 1_000_000;

    /// <summary>
    /// Opened sites become ceilings of their clients and leave with their cost; closed sites leave; a client without a
    /// cheaper site leaves with its ceiling, one that is implied (<see cref="ImpliedClients"/>) without any cost. Multipliers of clients that stay are capped at the new ceilings.
    /// </summary>
    public static LocationCore Apply(LocationCore core, Decision[] decisions, long[]? multipliers, out long[] reducedMultipliers, bool[]? implied = null)
    {
        var newSite = new int[core.Sites];
        var sites = 0;
        var reduced = new LocationCore { Scale = core.Scale, IsCovering = core.IsCovering, Offset = core.Offset, Budget = core.Budget, Opened = core.Opened, FewestOpen = core.FewestOpen, MostOpen = core.MostOpen, Settled = (long[])core.Settled.Clone() };
        for (var i = 0; i < core.Sites; i++)
        {
            newSite[i] = decisions[i] == Decision.Free ? sites++ : -1;
            if (decisions[i] != Decision.Open) continue;
            reduced.Budget -= core.SiteCost[i];
            reduced.Opened++;
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
        ReducePairs(core, decisions, newSite, reduced, multipliers, implied, out reducedMultipliers);
        DenseRows.AllowIn(reduced);
        if (reducedMultipliers.Length < reduced.Stride) Array.Resize(ref reducedMultipliers, reduced.Stride);
        return reduced;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReducePairs(
        LocationCore core, Decision[] decisions, int[] newSite, LocationCore reduced, long[]? multipliers, bool[]? implied, out long[] kept)
    {
        var ceiling = new long[core.Clients];
        var start = new int[core.Clients + 1];
        var room = Room(core, decisions);
        var pairSite = new int[room];
        var pairCost = new long[room];
        // a client that must be covered keeps a row of its own beside others with its sites
        var (twins, dueTwins) = (new Dictionary<long, int>(), new Dictionary<long, int>());
        var twinOf = new int[core.Clients];
        var tops = new long[core.Clients];
        var isDue = new bool[core.Clients];
        kept = new long[core.Clients];
        int clients = 0, pairs = 0;
        for (var j = 0; j < core.Clients; j++)
        {
            twinOf[j] = -1;
            var top = core.Ceiling[j];
            var first = pairs;
            if (implied is not null && implied[j])
            {
                Settle(core, j, 0, reduced);
                continue;
            }
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
            tops[j] = top;
            // sites as dear as the new ceiling are of no use to the client
            while (pairs > first && pairCost[pairs - 1] >= top) pairs--;
            var due = core.IsDue.Length > 0 && core.IsDue[j];
            if (pairs == first)
            {
                // nobody can serve a client that must be served: no plan is left
                Settle(core, j, due && top > 0 ? DueClients.Most(core) : top, reduced);
                continue;
            }
            var multiplier = multipliers is null ? top : due ? multipliers[j] : Math.Min(multipliers[j], top);
            if (pairCost[pairs - 1] == 0 && Twin(due ? dueTwins : twins, pairSite, start, pairCost, first, pairs, clients) is var twin and >= 0)
            {
                twinOf[j] = twin;
                ceiling[twin] += top;
                kept[twin] += multiplier;
                pairs = first;
                continue;
            }
            twinOf[j] = clients;
            ceiling[clients] = top;
            isDue[clients] = due;
            kept[clients] = multiplier;
            start[++clients] = pairs;
        }
        reduced.Clients = clients;
        reduced.IsDue = isDue[..clients];
        reduced.Ceiling = ceiling[..clients];
        reduced.Start = start[..(clients + 1)];
        reduced.PairSite = pairs == room ? pairSite : pairSite[..pairs];
        reduced.PairCost = pairs == room ? pairCost : pairCost[..pairs];
        kept = kept[..clients];
        GatherMembers(core, twinOf, tops, reduced);
    }

    /// <summary>Most pairs that may be left; counted where room for all of them would be felt.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Room(LocationCore core, Decision[] decisions)
    {
        if (core.Pairs < CountedFrom) return core.Pairs;
        var room = 0;
        for (var k = 0; k < core.Pairs; k++)
            if (decisions[core.PairSite[k]] == Decision.Free) room++;
        return room;
    }

    private static void Settle(LocationCore core, int client, long cost, LocationCore reduced)
    {
        reduced.Offset += cost;
        var (from, to) = (core.MemberStart[client], core.MemberStart[client + 1]);
        for (var k = from; k < to; k++)
            reduced.Settled[core.Members[k]] = to - from == 1 ? cost : cost == 0 ? 0 : k == from ? cost - core.MemberCeiling.Skip(from + 1).Take(to - from - 1).Sum() : core.MemberCeiling[k];
    }

    /// <summary>An earlier covering client with exactly these sites, or −1 after remembering this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Twin(Dictionary<long, int> twins, int[] pairSite, int[] start, long[] pairCost, int first, int end, int client)
    {
        long key = end - first;
        for (var k = first; k < end; k++) key = (key ^ pairSite[k]) * 0x9E3779B97F4A7C1 + (key >>> 29);
        if (!twins.TryAdd(key, client))
        {
            var other = twins[key];
            if (pairCost[start[other + 1] - 1] == 0
                && pairSite.AsSpan(start[other]..start[other + 1]).SequenceEqual(pairSite.AsSpan(first..end))) return other;
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GatherMembers(LocationCore core, int[] twinOf, long[] tops, LocationCore reduced)
    {
        reduced.MemberStart = new int[reduced.Clients + 1];
        for (var j = 0; j < core.Clients; j++)
            if (twinOf[j] >= 0) reduced.MemberStart[twinOf[j] + 1] += core.MemberStart[j + 1] - core.MemberStart[j];
        for (var j = 0; j < reduced.Clients; j++) reduced.MemberStart[j + 1] += reduced.MemberStart[j];
        reduced.Members = new int[reduced.MemberStart[^1]];
        reduced.MemberCeiling = new long[reduced.MemberStart[^1]];
        var fill = reduced.MemberStart[..^1];
        for (var j = 0; j < core.Clients; j++)
        {
            if (twinOf[j] < 0) continue;
            var single = core.MemberStart[j + 1] - core.MemberStart[j] == 1;
            for (var k = core.MemberStart[j]; k < core.MemberStart[j + 1]; k++)
            {
                var at = fill[twinOf[j]]++;
                (reduced.Members[at], reduced.MemberCeiling[at]) = (core.Members[k], single ? tops[j] : core.MemberCeiling[k]);
            }
        }
    }
}
