using System.Text.Json.Serialization;

namespace Anlauf.Planning.Location;

/// <summary>What a location plan is good for.</summary>
public enum LocationGoal
{
    /// <summary>Least sum over clients of weight × distance to the nearest open site (p-median).</summary>
    LeastTravel,

    /// <summary>Greatest weight of clients with an open site within reach (maximal covering).</summary>
    MostCovered,
}

/// <summary>What was decided about a site beforehand.</summary>
public enum SiteRule
{
    /// <summary>The plan decides.</summary>
    Free,

    /// <summary>Stays open.</summary>
    KeepOpen,

    /// <summary>Must not be opened.</summary>
    Forbidden,
}

/// <summary>A place where a contact point may be opened.</summary>
/// <param name="Name">name or number shown in plans</param>
/// <param name="Cost">cost in units of the budget, not negative</param>
/// <param name="Group">index of its group (Kreis), or −1</param>
/// <param name="Rule">decided beforehand or free</param>
public readonly record struct CandidateSite(string Name, long Cost, int Group = -1, SiteRule Rule = SiteRule.Free);

/// <summary>A group of sites of which at least so many must be open.</summary>
/// <param name="Name">name for messages</param>
/// <param name="LeastOpen">at least so many open sites</param>
public readonly record struct SiteGroup(string Name, int LeastOpen);

/// <summary>
/// Where to open contact points: sites with costs and groups, clients with weights, a budget.
/// p-median: every cost 1, budget p. Maximal covering: goal MostCovered, reach = radius.
/// </summary>
public sealed record LocationProblem : PlanProblem
{
    /// <summary>Checks every row; a problem that exists can be solved without overflow.</summary>
    /// <param name="instance">name of the problem</param>
    /// <param name="goal">what the plan is good for</param>
    /// <param name="sites">candidate places</param>
    /// <param name="groups">groups the sites refer to</param>
    /// <param name="weights">weight of each client (inhabitants), not negative</param>
    /// <param name="travel">distances between sites and clients</param>
    /// <param name="budget">most the open sites may cost together</param>
    /// <param name="reach">distance within which a client is covered (MostCovered only)</param>
    /// <exception cref="PlanInputException">names the first row that does not fit</exception>
    public LocationProblem(
        string instance, LocationGoal goal, IReadOnlyList<CandidateSite> sites, IReadOnlyList<SiteGroup> groups,
        IReadOnlyList<long> weights, TravelTable travel, long budget, int reach = 0) : base(instance)
    {
        (Goal, Sites, Groups, Weights, Travel, Budget, Reach) = (goal, sites, groups, weights, travel, budget, reach);
        if (sites.Count == 0) throw new PlanInputException($"{instance}: Es gibt keinen möglichen Standort.");
        if (weights.Count == 0) throw new PlanInputException($"{instance}: Es gibt keinen Ort, der versorgt werden soll.");
        if (travel.Sites != sites.Count || travel.Clients != weights.Count)
            throw new PlanInputException($"{instance}: Die Entfernungen gelten für {travel.Sites} × {travel.Clients} Orte, gebraucht werden {sites.Count} × {weights.Count}.");
        if (budget < 0) throw PlanInputException.At("budget", $"{instance}: Das Budget ist negativ. Bitte 0 oder mehr angeben.");
        Int128 cost = 0, weight = 0;
        for (var i = 0; i < sites.Count; i++)
        {
            var site = sites[i];
            if (site.Cost < 0) throw PlanInputException.At($"places[{i}].cost", $"{instance}: Die Kosten von „{site.Name}“ sind negativ. Bitte 0 oder mehr angeben.");
            if (site.Group < -1 || site.Group >= groups.Count)
                throw new PlanInputException($"{instance}: „{site.Name}“ gehört zu einer Gruppe, die es nicht gibt.");
            cost += site.Cost;
        }
        for (var j = 0; j < weights.Count; j++)
        {
            if (weights[j] < 0) throw new PlanInputException($"{instance}: Das Gewicht von Ort {j + 1} ist negativ.");
            weight += weights[j];
        }
        for (var g = 0; g < groups.Count; g++)
            if (groups[g].LeastOpen < 0) throw PlanInputException.At($"groups[{g}].leastOpen", $"{instance}: Die Mindestzahl von „{groups[g].Name}“ ist negativ. Bitte 0 oder mehr angeben.");
        if (cost > MostSum) throw new PlanInputException($"{instance}: Die Kosten sind zusammen größer als 2⁵⁰. Bitte eine größere Einheit wählen.");
        if (weight * Math.Max(1, goal == LocationGoal.LeastTravel ? travel.Longest : 1) > MostSum)
            throw new PlanInputException($"{instance}: Gewicht mal Entfernung ist zusammen größer als 2⁵⁰. Bitte eine größere Einheit wählen.");
    }

    /// <summary>Most that costs, or weights times distances, may add up to.</summary>
    internal const long MostSum = 1L << 50;

    /// <summary>What the plan is good for.</summary>
    public LocationGoal Goal { get; }

    /// <summary>Candidate places.</summary>
    public IReadOnlyList<CandidateSite> Sites { get; }

    /// <summary>Groups of sites.</summary>
    public IReadOnlyList<SiteGroup> Groups { get; }

    /// <summary>Weight of each client.</summary>
    public IReadOnlyList<long> Weights { get; }

    /// <summary>Distances.</summary>
    public TravelTable Travel { get; }

    /// <summary>Most the open sites may cost together.</summary>
    public long Budget { get; }

    /// <summary>Distance within which a client is covered.</summary>
    public int Reach { get; }
}

/// <summary>A plan: which sites are open.</summary>
/// <param name="Open">indices of the open sites, ascending</param>
/// <param name="Names">their names</param>
/// <param name="Cost">their cost together, in units of the budget</param>
public sealed record LocationPlan(IReadOnlyList<int> Open, IReadOnlyList<string> Names, long Cost)
{
    /// <summary>What a search for a similar problem may begin with.</summary>
    [JsonIgnore]
    public LocationStart? Start { get; init; }
}

/// <summary>Plan and multipliers of a problem solved before. A problem with the same sites and clients, one of them changed, is solved faster from there.</summary>
/// <param name="Open">sites open in the plan</param>
/// <param name="Multipliers">one a client, scaled</param>
/// <param name="Price">price of a unit of the budget, scaled</param>
/// <param name="Scale">steps per unit of the objective</param>
public sealed record LocationStart(IReadOnlyList<int> Open, IReadOnlyList<long> Multipliers, long Price, long Scale)
{
    /// <summary>What splits brought.</summary>
    internal SplitHistory? History { get; init; }
}
