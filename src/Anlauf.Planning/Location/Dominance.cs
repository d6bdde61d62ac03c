using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Sites a covering problem can do without: some other site covers all their clients, costs no more and serves the same
/// need. A plan with the dominated site stays as good with the other one in its place, or without it where the other
/// one is open already. Source: Downs and Camm 1996; Chen et al. 2024.
/// </summary>
internal static class Dominance
{
    /// <summary>Dominated sites in an order in which each is dominated by sites that are left.</summary>
    public static List<int> Find(LocationCore core)
    {
        var lists = new SiteLists(core);
        var isGone = new bool[core.Sites];
        var found = new List<int>();
        for (var g = 0; g < core.GroupNeed.Length; g++)
            for (var site = core.GroupStart[g]; site < core.GroupStart[g + 1]; site++)
            {
                if (!IsDominated(core, lists, isGone, g, site)) continue;
                isGone[site] = true;
                found.Add(site);
            }
        return found;
    }

    /// <summary>The core without its dominated sites; <paramref name="dominated"/> receives them as sites of the problem.</summary>
    public static LocationCore Remove(LocationCore core, ref long[] multipliers, List<int> dominated)
    {
        var found = core.IsCovering ? Find(core) : [];
        if (found.Count == 0) return core;
        var decisions = new Decision[core.Sites];
        foreach (var i in found)
        {
            decisions[i] = Decision.Closed;
            dominated.Add(core.SiteIds[i]);
        }
        return CoreReduction.Apply(core, decisions, multipliers, out multipliers);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsDominated(LocationCore core, SiteLists lists, bool[] isGone, int group, int site)
    {
        var need = core.GroupNeed[group];
        var clients = lists.Clients(site);
        if (clients.Length == 0 && need == 0) return true;
        // as many as the group needs: where all of them are open already, the site is not needed for that either
        var missing = Math.Max(1, need);
        var sameGroup = need > 0;
        if (clients.Length == 0)
        {
            for (var k = core.GroupStart[group]; k < core.GroupStart[group + 1] && missing > 0; k++)
                if (k != site && !isGone[k] && core.SiteCost[k] <= core.SiteCost[site]) missing--;
            return missing == 0;
        }
        var rare = clients[0];
        foreach (var j in clients)
            if (core.Start[j + 1] - core.Start[j] < core.Start[rare + 1] - core.Start[rare]) rare = j;
        for (var k = core.Start[rare]; k < core.Start[rare + 1] && missing > 0; k++)
        {
            var other = core.PairSite[k];
            if (other == site || isGone[other] || core.SiteCost[other] > core.SiteCost[site]) continue;
            if (sameGroup && lists.Group[other] != group) continue;
            if (Contains(lists.Clients(other), clients)) missing--;
        }
        return missing == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Contains(ReadOnlySpan<int> all, ReadOnlySpan<int> some)
    {
        if (all.Length < some.Length) return false;
        var at = 0;
        foreach (var j in some)
        {
            while (at < all.Length && all[at] < j) at++;
            if (at == all.Length || all[at] != j) return false;
        }
        return true;
    }
}
