namespace Anlauf.Planning.Location;

/// <summary>What budget and group needs alone decide.</summary>
internal static class Implications
{
    /// <summary>
    /// Opens all sites of a group that needs every one of them and closes sites that cannot be paid beside the cheapest
    /// way to meet all needs.
    /// </summary>
    /// <returns>false when no plan keeps the rules</returns>
    public static bool Find(LocationCore core, Decision[] decisions)
    {
        var least = LeastCost(core, out var dearestNeeded);
        if (least > core.Budget) return false;
        for (var g = 0; g < core.GroupNeed.Length; g++)
        {
            var need = core.GroupNeed[g];
            for (var i = core.GroupStart[g]; i < core.GroupStart[g + 1]; i++)
            {
                if (need > 0 && core.GroupStart[g + 1] - core.GroupStart[g] == need) decisions[i] = Decision.Open;
                else if (least + Math.Max(0, core.SiteCost[i] - dearestNeeded[g]) > core.Budget) decisions[i] = Decision.Closed;
            }
        }
        return true;
    }

    /// <summary>Cost of the cheapest sites that meet all needs; <see cref="long.MaxValue"/> when a group is too small.</summary>
    /// <param name="core">the core</param>
    /// <param name="dearestNeeded">per group the dearest of those sites, 0 without need</param>
    public static long LeastCost(LocationCore core, out long[] dearestNeeded)
    {
        dearestNeeded = new long[core.GroupNeed.Length];
        long least = 0;
        for (var g = 0; g < core.GroupNeed.Length; g++)
        {
            var need = core.GroupNeed[g];
            if (need == 0) continue;
            var size = core.GroupStart[g + 1] - core.GroupStart[g];
            if (size < need) return long.MaxValue;
            var costs = core.SiteCost[core.GroupStart[g]..core.GroupStart[g + 1]];
            Array.Sort(costs);
            for (var k = 0; k < need; k++) least += costs[k];
            dearestNeeded[g] = costs[need - 1];
        }
        return least;
    }
}
