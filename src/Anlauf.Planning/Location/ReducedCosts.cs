namespace Anlauf.Planning.Location;

/// <summary>Decides sites whose other state would lift the bound to the value of the best plan.</summary>
internal static class ReducedCosts
{
    /// <summary>Fills the decisions that follow from the best multipliers of a search.</summary>
    /// <returns>number of sites decided</returns>
    public static int Decide(LocationCore core, DualSearch search, long cutOff, Decision[] decisions)
    {
        var relaxation = search.Relaxation;
        var slack = cutOff - relaxation.EvaluateAt(search.Best, search.Price, search.PerSite);
        var decided = 0;
        for (var g = 0; g < core.GroupNeed.Length; g++)
        {
            int from = core.GroupStart[g], to = core.GroupStart[g + 1], need = core.GroupNeed[g];
            if (from == to) continue;
            var net = new long[to - from];
            for (var i = from; i < to; i++) net[i - from] = relaxation.Worth[i] - search.Price * core.SiteCost[i] - search.PerSite;
            var sorted = (long[])net.Clone();
            Array.Sort(sorted);
            // the need-th best site leaves when another one must enter; the next one enters when one of them must leave
            var edge = need > 0 ? Math.Min(0, sorted[^need]) : 0;
            var next = need > 0 ? (sorted.Length > need ? Math.Min(0, sorted[^(need + 1)]) : long.MinValue) : 0;
            for (var i = from; i < to; i++)
            {
                var value = net[i - from];
                var isOpen = value > 0 || (need > 0 && value > edge) || (need > 0 && value == edge && next < edge);
                if (!isOpen && edge - value >= slack) decisions[i] = Decision.Closed;
                else if (isOpen && next > long.MinValue && value - next >= slack) decisions[i] = Decision.Open;
                else continue;
                decided++;
            }
        }
        return decided;
    }
}
