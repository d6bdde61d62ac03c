using Anlauf.Planning.Location;

namespace Anlauf.Planning.Capacitated;

/// <summary>
/// Location problems whose sites serve so many only. Least travel: inhabitants × distance to the site that serves them, in the
/// unit it has without capacities; with capacities that never bind the values agree. Greatest coverage: who is served within
/// reach and within capacity; a last site without cost and limit stands for being left out, at a cost of 1 an inhabitant.
/// </summary>
public static class CapacitatedLocation
{
    /// <summary>The problem with capacities.</summary>
    /// <param name="location">sites, groups, weights (inhabitants), distances, budget</param>
    /// <param name="capacities">inhabitants each site can serve, or none for any number</param>
    /// <exception cref="PlanInputException">names the first row that does not fit</exception>
    public static CapacitatedProblem Make(LocationProblem location, IReadOnlyList<long?> capacities)
    {
        if (capacities.Count != location.Sites.Count)
            throw new PlanInputException($"{location.Instance}: Kapazitäten gibt es für {capacities.Count} Standorte, gebraucht werden {location.Sites.Count}.");
        if ((long)location.Sites.Count * location.Weights.Count > MostPairs)
            throw new PlanInputException($"{location.Instance}: Mit Kapazitäten sind höchstens {MostPairs} Paare von Standort und Ort möglich, hier sind es {(long)location.Sites.Count * location.Weights.Count}. Bitte Orte zusammenfassen oder nach Regionen getrennt rechnen.");
        long[] demands = [.. location.Weights];
        var everybody = demands.Sum();
        if (everybody > MostInhabitants)
            throw new PlanInputException($"{location.Instance}: Mit Kapazitäten dürfen es zusammen höchstens {MostInhabitants} Einwohner sein, hier sind es {everybody}. Bitte eine größere Einheit wählen, zum Beispiel Tausend.");
        long[] limits = [.. capacities.Select(limit => limit ?? everybody)];
        var conditions = new SiteConditions(location.Sites, location.Groups, location.Budget);
        if (location.Goal == LocationGoal.LeastTravel)
            return new(location.Instance, limits, new decimal[limits.Length], demands, Costs(location, (weight, distance) => weight * distance), conditions) { CountsTravel = true };
        // beyond reach nobody is served: that costs more than being left out
        var costs = Costs(location, (weight, distance) => distance <= location.Reach ? 0 : 2 * weight);
        return new(location.Instance, [.. limits, everybody], new decimal[limits.Length + 1], demands, [.. costs, .. demands.Select(d => (decimal)d)],
            conditions with { Sites = [.. location.Sites, new CandidateSite("nicht versorgt", 0, -1, SiteRule.KeepOpen)] })
        {
            Everybody = everybody,
        };
    }

    private const long MostPairs = 25_000_000, MostInhabitants = 1_000_000_000, MostTravel = 1_000_000_000_000;

    private static decimal[] Costs(LocationProblem location, Func<long, long, long> cost)
    {
        var costs = new decimal[location.Sites.Count * location.Weights.Count];
        var at = 0;
        for (var i = 0; i < location.Sites.Count; i++)
            for (var j = 0; j < location.Weights.Count; j++)
            {
                var far = costs[at++] = cost(location.Weights[j], location.Travel[i, j]);
                if (far > MostTravel)
                    throw new PlanInputException($"{location.Instance}: Ort {j + 1} hat mit seinem Weg zu „{location.Sites[i].Name}“ (Einwohner mal Weg) {far}, mit Kapazitäten sind höchstens {MostTravel} möglich. Bitte eine größere Einheit wählen.");
            }
        return costs;
    }
}
