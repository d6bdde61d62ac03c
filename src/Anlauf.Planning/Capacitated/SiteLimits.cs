using System.Numerics;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Capacitated;

/// <summary>The conditions as the search asks for them: which choices of sites are possible, and which is the cheapest by a net cost of each.</summary>
internal sealed class SiteLimits
{
    private readonly CapacitatedProblem _problem;
    private readonly int[] _bySize;

    public SiteLimits(CapacitatedProblem problem)
    {
        _problem = problem;
        var conditions = problem.Conditions;
        var asking = Enumerable.Range(0, conditions.Groups.Count).Where(g => conditions.Groups[g].LeastOpen > 0).ToList();
        Cost = [.. conditions.Sites.Select(site => site.Cost)];
        Group = [.. conditions.Sites.Select(site => asking.IndexOf(site.Group))];
        Least = [.. asking.Select(g => conditions.Groups[g].LeastOpen)];
        Members = [.. asking.Select((_, g) => Enumerable.Range(0, Cost.Length).Where(i => Group[i] == g).OrderBy(i => Cost[i]).ToArray())];
        HasBudget = conditions.Budget is not null;
        Budget = conditions.Budget ?? long.MaxValue;
        Demand = problem.Demands.Sum();
        _bySize = [.. Enumerable.Range(0, Cost.Length).OrderByDescending(i => problem.Capacities[i])];
    }

    /// <summary>Cost of each site in units of the budget.</summary>
    public long[] Cost { get; }

    /// <summary>Group of each site among those that need a site, or −1.</summary>
    public int[] Group { get; }

    /// <summary>Least number of open sites of each such group.</summary>
    public int[] Least { get; }

    /// <summary>Sites of each such group, the cheapest first.</summary>
    public int[][] Members { get; }

    /// <summary>Most that may be spent.</summary>
    public long Budget { get; }

    /// <summary>Whether there is a budget.</summary>
    public bool HasBudget { get; }

    /// <summary>True when only capacities and rules of single sites limit the choice.</summary>
    public bool IsPlain => !HasBudget && Least.Length == 0;

    /// <summary>Units all customers need.</summary>
    public long Demand { get; }

    /// <summary>What rules and budget decide at once: per site 1 open, −1 closed (or dearer than all there is), 0 free.</summary>
    public sbyte[] Start() => [.. _problem.Conditions.Sites.Select(site => site.Rule == SiteRule.KeepOpen ? (sbyte)1 : site.Rule == SiteRule.Forbidden || site.Cost > Budget ? (sbyte)-1 : (sbyte)0)];

    /// <summary>True when groups, budget or capacities, each for itself, leave no choice.</summary>
    public bool IsImpossible(sbyte[] state)
    {
        long room = 0;
        var any = false;
        for (var i = 0; i < state.Length; i++)
            if (state[i] >= 0) (room, any) = (room + _problem.Capacities[i], true);
        return !any || room < Demand || CheapestCost(state, null) is var cost && (cost < 0 || cost > Budget);
    }

    /// <summary>Cost of the open sites and the cheapest others that groups need, or −1 where a group has too few.</summary>
    /// <param name="state">what is decided</param>
    /// <param name="dearest">takes for each group the cost of the last one needed, 0 without need</param>
    public long CheapestCost(sbyte[] state, long[]? dearest)
    {
        long cost = 0;
        for (var i = 0; i < state.Length; i++)
            if (state[i] > 0) cost += Cost[i];
        for (var g = 0; g < Least.Length; g++)
        {
            var need = Least[g];
            foreach (var i in Members[g])
                if (state[i] > 0) need--;
            if (dearest is not null) dearest[g] = 0;
            foreach (var i in Members[g])
            {
                if (need <= 0) break;
                if (state[i] != 0) continue;
                cost += Cost[i];
                if (dearest is not null) dearest[g] = Cost[i];
                need--;
            }
            if (need > 0) return -1;
        }
        return cost;
    }

    /// <summary>So many free sites at least must open beside the open ones to hold the demand, the largest first.</summary>
    public int LeastMore(sbyte[] state)
    {
        var missing = Demand;
        for (var i = 0; i < state.Length; i++)
            if (state[i] > 0) missing -= _problem.Capacities[i];
        var need = 0;
        for (var k = 0; k < _bySize.Length && missing > 0; k++)
        {
            if (state[_bySize[k]] != 0) continue;
            missing -= _problem.Capacities[_bySize[k]];
            need++;
        }
        // somebody must serve those who need nothing, too
        return need == 0 && Array.TrueForAll(state, s => s <= 0) ? 1 : need;
    }

    /// <summary>
    /// The choice of least net cost: all free sites below the threshold, then in every group the best it still lacks, then
    /// the best until so many free ones are chosen.
    /// </summary>
    /// <param name="net">net cost of each site</param>
    /// <param name="state">what is decided; not impossible</param>
    /// <param name="need">so many free sites at least</param>
    /// <param name="threshold">0, or a little less where rounding errors shall not count</param>
    /// <param name="chosen">takes the choice, open sites included</param>
    /// <returns>net cost together</returns>
    public T Choose<T>(T[] net, sbyte[] state, int need, T threshold, bool[] chosen) where T : struct, INumber<T>
    {
        var sum = T.Zero;
        for (var i = 0; i < net.Length; i++)
        {
            chosen[i] = state[i] > 0 || (state[i] == 0 && net[i] < threshold);
            if (!chosen[i]) continue;
            sum += net[i];
            if (state[i] == 0) need--;
        }
        for (var g = 0; g < Least.Length; g++)
        {
            var lacking = Least[g];
            foreach (var i in Members[g])
                if (chosen[i]) lacking--;
            for (; lacking > 0; lacking--, need--)
            {
                var next = -1;
                foreach (var i in Members[g])
                    if (state[i] == 0 && !chosen[i] && (next < 0 || net[i] < net[next])) next = i;
                chosen[next] = true;
                sum += net[next];
            }
        }
        for (; need > 0; need--)
        {
            var next = -1;
            for (var i = 0; i < net.Length; i++)
                if (state[i] == 0 && !chosen[i] && (next < 0 || net[i] < net[next])) next = i;
            chosen[next] = true;
            sum += net[next];
        }
        return sum;
    }
}
