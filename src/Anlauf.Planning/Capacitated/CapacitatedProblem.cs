namespace Anlauf.Planning.Capacitated;

/// <summary>
/// Facility location with capacities: which sites to open and who serves whom; a customer's demand may be split.
/// Costs are those of serving the customer's whole demand.
/// </summary>
public sealed record CapacitatedProblem : PlanProblem
{
    /// <summary>Checks every row.</summary>
    /// <param name="instance">name of the problem</param>
    /// <param name="capacities">units each site can serve</param>
    /// <param name="fixedCosts">cost of opening each site, in money</param>
    /// <param name="demands">units each customer needs</param>
    /// <param name="costs">cost of serving a customer wholly from a site, site by site</param>
    /// <exception cref="PlanInputException">names the first row that does not fit</exception>
    public CapacitatedProblem(string instance, long[] capacities, decimal[] fixedCosts, long[] demands, decimal[] costs) : base(instance)
    {
        (Capacities, FixedCosts, Demands, Costs) = (capacities, fixedCosts, demands, costs);
        if (capacities.Length == 0 || demands.Length == 0) throw new PlanInputException($"{instance}: Es fehlen Standorte oder Kunden.");
        if (fixedCosts.Length != capacities.Length || costs.LongLength != capacities.LongLength * demands.LongLength)
            throw new PlanInputException($"{instance}: Die Tabellen passen in der Größe nicht zusammen.");
        decimal total = 0;
        for (var i = 0; i < capacities.Length; i++)
        {
            if (capacities[i] is < 0 or > MostUnits) throw new PlanInputException($"{instance}: Die Kapazität von Standort {i + 1} liegt nicht zwischen 0 und {MostUnits}.");
            if (fixedCosts[i] is < 0 or > MostMoney) throw new PlanInputException($"{instance}: Die Fixkosten von Standort {i + 1} liegen nicht zwischen 0 und {MostMoney}.");
            total += fixedCosts[i];
        }
        for (var j = 0; j < demands.Length; j++)
        {
            if (demands[j] is < 0 or > MostUnits) throw new PlanInputException($"{instance}: Der Bedarf von Kunde {j + 1} liegt nicht zwischen 0 und {MostUnits}.");
            decimal most = 0;
            for (var i = 0; i < capacities.Length; i++)
            {
                var cost = costs[i * demands.Length + j];
                if (cost is < 0 or > MostMoney) throw new PlanInputException($"{instance}: Die Kosten von Standort {i + 1} zu Kunde {j + 1} liegen nicht zwischen 0 und {MostMoney}.");
                most = Math.Max(most, cost);
            }
            total += most;
        }
        if (total > MostMoney) throw new PlanInputException($"{instance}: Die Kosten sind zusammen größer als {MostMoney}. Bitte eine größere Einheit wählen.");
        Scale = 1L << Math.Clamp(56 - (int)Math.Ceiling(Math.Log2((double)total + 2)), 0, 30);
    }

    private const long MostUnits = 1_000_000_000, MostMoney = 1_000_000_000_000;

    /// <summary>Units each site can serve.</summary>
    public long[] Capacities { get; }

    /// <summary>Cost of opening each site.</summary>
    public decimal[] FixedCosts { get; }

    /// <summary>Units each customer needs.</summary>
    public long[] Demands { get; }

    /// <summary>Cost of serving a customer wholly from a site: <c>site × customers + customer</c>.</summary>
    public decimal[] Costs { get; }

    /// <summary>Whole steps per unit of money in which bounds are computed; costs are rounded down to them.</summary>
    public long Scale { get; }
}

/// <summary>A plan with capacities.</summary>
/// <param name="Open">indices of open sites</param>
/// <param name="Served">who serves whom</param>
public sealed record CapacitatedPlan(IReadOnlyList<int> Open, IReadOnlyList<Service> Served);

/// <summary>Part of a customer's demand served from a site.</summary>
/// <param name="Site">index of the site</param>
/// <param name="Customer">index of the customer</param>
/// <param name="Units">units, or 1 for a customer without demand</param>
public readonly record struct Service(int Site, int Customer, long Units);
