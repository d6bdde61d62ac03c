namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>Whether the constituencies of each member hang together.</summary>
internal static class Areas
{
    /// <summary>The first member whose constituencies are not one connected, non-empty set, or none.</summary>
    public static int? FirstTorn(SponsorProblem problem, IReadOnlyList<int> memberOf)
    {
        var reached = new bool[problem.Constituencies];
        for (var m = 0; m < problem.Members; m++)
        {
            var first = -1;
            for (var v = 0; v < memberOf.Count && first < 0; v++)
                if (memberOf[v] == m) first = v;
            if (first < 0) return m;
            reached[first] = true;
            for (var grew = true; grew;)
            {
                grew = false;
                foreach (var (a, b) in problem.Neighbours)
                {
                    if (memberOf[a] != m || memberOf[b] != m || reached[a] == reached[b]) continue;
                    reached[a] = reached[b] = grew = true;
                }
            }
            for (var v = 0; v < memberOf.Count; v++)
                if (memberOf[v] == m && !reached[v]) return m;
        }
        return null;
    }
}
