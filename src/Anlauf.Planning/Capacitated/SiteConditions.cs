using Anlauf.Planning.Location;

namespace Anlauf.Planning.Capacitated;

/// <summary>What a choice of sites must keep beside serving everybody.</summary>
/// <param name="Sites">name, cost in units of the budget, group and rule of each site</param>
/// <param name="Groups">groups the sites refer to</param>
/// <param name="Budget">most the open sites may cost together, or none; a most number of open sites is a budget where each costs 1</param>
public sealed record SiteConditions(IReadOnlyList<CandidateSite> Sites, IReadOnlyList<SiteGroup> Groups, long? Budget)
{
    /// <summary>True when the sites have names of their own.</summary>
    public bool IsNamed { get; private init; } = true;

    /// <summary>Every site is free.</summary>
    /// <param name="sites">number of sites</param>
    public static SiteConditions None(int sites) =>
        new([.. Enumerable.Range(0, sites).Select(i => new CandidateSite($"{i}", 0))], [], null) { IsNamed = false };

    /// <summary>Checks every row.</summary>
    /// <exception cref="PlanInputException">names the first row that does not fit</exception>
    internal void Verify(string instance, int sites)
    {
        if (Sites.Count != sites) throw new PlanInputException($"{instance}: Vorgaben gibt es für {Sites.Count} Standorte, gebraucht werden {sites}.");
        if (Budget < 0) throw PlanInputException.At("budget", $"{instance}: Das Budget ist negativ. Bitte 0 oder mehr angeben.");
        Int128 cost = 0;
        for (var i = 0; i < sites; i++)
        {
            var site = Sites[i];
            if (site.Cost < 0) throw PlanInputException.At($"sites[{i}].budgetCost", $"{instance}: Die Kosten von „{site.Name}“ sind negativ. Bitte 0 oder mehr angeben.");
            if (site.Group < -1 || site.Group >= Groups.Count) throw new PlanInputException($"{instance}: „{site.Name}“ gehört zu einer Gruppe, die es nicht gibt.");
            cost += site.Cost;
        }
        if (cost > LocationProblem.MostSum) throw new PlanInputException($"{instance}: Die Kosten sind zusammen größer als 2⁵⁰. Bitte eine größere Einheit wählen.");
        for (var g = 0; g < Groups.Count; g++)
            if (Groups[g].LeastOpen < 0) throw PlanInputException.At($"groups[{g}].leastOpen", $"{instance}: Die Mindestzahl von „{Groups[g].Name}“ ist negativ. Bitte 0 oder mehr angeben.");
    }
}
