namespace Anlauf.Planning.Capacitated;

/// <summary>Makes a choice of sites keep all conditions with few changes: groups first, then the budget, then the capacity; what is left of the budget is spent.</summary>
/// <param name="problem">the problem</param>
/// <param name="limits">its conditions</param>
/// <param name="state">what is decided</param>
/// <param name="liking">how much the relaxation wants each site open, 0 to 1</param>
/// <param name="alone">what opening each site costs at the multipliers; below 0 it pays</param>
internal sealed class SiteRepair(CapacitatedProblem problem, SiteLimits limits, sbyte[] state, double[] liking, double[] alone)
{
    /// <summary>Changes the choice.</summary>
    /// <returns>false when it does not keep all conditions</returns>
    public bool Apply(bool[] open)
    {
        var sites = new OpenSites(problem, limits, open);
        for (var g = 0; g < limits.Least.Length; g++)
            while (sites.Lacking(g) > 0)
            {
                if (Best(limits.Members[g], i => !open[i] && state[i] == 0, i => liking[i]) is not { } site) return false;
                sites.Flip(site);
            }
        while (sites.Cost > limits.Budget)
            if (!Save(open, sites)) return false;
        while (sites.Room < limits.Demand)
            if (!Enlarge(open, sites)) return false;
        while (Best(All, i => !open[i] && state[i] == 0 && alone[i] < 0 && sites.Cost + limits.Cost[i] <= limits.Budget, i => liking[i] - (1e-12 * alone[i])) is { } next)
            sites.Flip(next);
        return true;
    }

    private IEnumerable<int> All => Enumerable.Range(0, state.Length);

    // the site liked least leaves, or the least liked of a tight group makes way for a cheaper one
    private bool Save(bool[] open, OpenSites sites)
    {
        if (Best(All, i => open[i] && state[i] == 0 && limits.Cost[i] > 0 && sites.CanLeave(i), i => -liking[i]) is { } spare)
        {
            sites.Flip(spare);
            return true;
        }
        foreach (var leaving in All.Where(i => open[i] && state[i] == 0).OrderBy(i => liking[i]))
        {
            if (limits.Group[leaving] < 0) continue;
            if (Best(limits.Members[limits.Group[leaving]], i => !open[i] && state[i] == 0 && limits.Cost[i] < limits.Cost[leaving], i => liking[i]) is not { } cheaper) continue;
            sites.Flip(leaving);
            sites.Flip(cheaper);
            return true;
        }
        return false;
    }

    // a site more, or a larger one instead of a smaller one
    private bool Enlarge(bool[] open, OpenSites sites)
    {
        if (Best(All, i => !open[i] && state[i] == 0 && problem.Capacities[i] > 0 && sites.Cost + limits.Cost[i] <= limits.Budget,
            i => problem.Capacities[i] * (0.05 + liking[i])) is { } more)
        {
            sites.Flip(more);
            return true;
        }
        var (gain, from, to) = (0L, -1, -1);
        foreach (var leaving in All.Where(i => open[i] && state[i] == 0))
            foreach (var entering in All.Where(i => !open[i] && state[i] == 0))
            {
                if (problem.Capacities[entering] - problem.Capacities[leaving] <= gain || sites.Cost + limits.Cost[entering] - limits.Cost[leaving] > limits.Budget) continue;
                if (!sites.CanLeave(leaving) && limits.Group[leaving] != limits.Group[entering]) continue;
                (gain, from, to) = (problem.Capacities[entering] - problem.Capacities[leaving], leaving, entering);
            }
        if (gain == 0) return false;
        sites.Flip(from);
        sites.Flip(to);
        return true;
    }

    private static int? Best(IEnumerable<int> sites, Func<int, bool> fits, Func<int, double> worth)
    {
        var (best, most) = (-1, double.NegativeInfinity);
        foreach (var i in sites)
            if (fits(i) && worth(i) is var here && here > most) (best, most) = (i, here);
        return best < 0 ? null : best;
    }
}
