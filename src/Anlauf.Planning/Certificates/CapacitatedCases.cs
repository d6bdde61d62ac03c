using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Certificates;

/// <summary>What is decided about sites with capacities, and when groups, budget or capacities leave no plan.</summary>
internal abstract class CapacitatedCases : CaseBound
{
    private readonly List<(List<int> Sites, int Least)> _groups;

    protected CapacitatedCases(CapacitatedProblem problem)
    {
        Problem = problem;
        Conditions = problem.Conditions;
        State = new sbyte[problem.Capacities.Length];
        for (var i = 0; i < State.Length; i++)
            State[i] = Conditions.Sites[i].Rule switch { SiteRule.KeepOpen => 1, SiteRule.Forbidden => -1, _ => (sbyte)(Conditions.Sites[i].Cost > Budget ? -1 : 0) };
        _groups = [.. Conditions.Groups.Select((group, g) => (Enumerable.Range(0, State.Length).Where(i => Conditions.Sites[i].Group == g).ToList(), group.LeastOpen))];
        Demand = problem.Demands.Sum();
    }

    /// <summary>The problem.</summary>
    protected CapacitatedProblem Problem { get; }

    /// <summary>Its conditions.</summary>
    protected SiteConditions Conditions { get; }

    /// <summary>Units all customers need.</summary>
    protected long Demand { get; }

    /// <inheritdoc/>
    protected override sbyte[] State { get; }

    /// <inheritdoc/>
    public override bool IsImpossible()
    {
        var left = Enumerable.Range(0, Sites).Where(i => State[i] >= 0).ToList();
        return left.Count == 0 || left.Sum(i => Problem.Capacities[i]) < Demand || !CheapestCost(out var cost, out _) || cost > Budget;
    }

    /// <summary>The budget, or more than everything costs.</summary>
    protected long Budget => Conditions.Budget ?? long.MaxValue;

    /// <summary>Cost of the open sites and the cheapest ones groups still need; false where a group has too few.</summary>
    /// <param name="cost">in units of the budget</param>
    /// <param name="dearest">per group the cost of the last one needed, 0 without need</param>
    protected bool CheapestCost(out long cost, out long[] dearest)
    {
        cost = Enumerable.Range(0, Sites).Where(i => State[i] > 0).Sum(i => Conditions.Sites[i].Cost);
        dearest = new long[_groups.Count];
        for (var g = 0; g < _groups.Count; g++)
        {
            var need = _groups[g].Least - _groups[g].Sites.Count(i => State[i] > 0);
            if (need <= 0) continue;
            var costs = _groups[g].Sites.Where(i => State[i] == 0).Select(i => Conditions.Sites[i].Cost).Order().Take(need).ToList();
            if (costs.Count < need) return false;
            cost += costs.Sum();
            dearest[g] = costs[^1];
        }
        return true;
    }

    /// <summary>True when a free site cannot be paid beside the cheapest others that groups need.</summary>
    protected bool IsTooDear(int site) => CheapestCost(out var cost, out var dearest)
        && cost + Math.Max(0, Conditions.Sites[site].Cost - (Conditions.Sites[site].Group is var g and >= 0 ? dearest[g] : 0)) > Budget;

    /// <summary>The choice of free sites of least net cost, so many of them at least; none where a group has too few.</summary>
    protected CountedChoice? Choose(Int128[] net, int need) => CountedChoice.Make(net, State, _groups, i => Conditions.Sites[i].Group, need);

    /// <summary>So many free sites at least must open: the largest ones that hold what the open ones do not, and one where none is open.</summary>
    protected int LeastMore()
    {
        var missing = Demand - Enumerable.Range(0, Sites).Where(i => State[i] > 0).Sum(i => Problem.Capacities[i]);
        var need = 0;
        foreach (var capacity in Enumerable.Range(0, Sites).Where(i => State[i] == 0).Select(i => Problem.Capacities[i]).OrderDescending())
        {
            if (missing <= 0) break;
            missing -= capacity;
            need++;
        }
        return need == 0 && !State.Contains((sbyte)1) ? 1 : need;
    }
}
