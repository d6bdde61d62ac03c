namespace Anlauf.Planning.Capacitated;

/// <summary>A plan with capacities.</summary>
/// <param name="Open">indices of open sites</param>
/// <param name="Served">who serves whom</param>
public sealed record CapacitatedPlan(IReadOnlyList<int> Open, IReadOnlyList<Service> Served)
{
    /// <summary>Names of the open sites, or none where they have none.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>What the open sites take of the budget, or none without one.</summary>
    public long? BudgetCost { get; init; }

    /// <summary>How many are served within reach, or none where everybody must be served.</summary>
    public long? Covered { get; init; }
}

/// <summary>Part of a customer's demand served from a site.</summary>
/// <param name="Site">index of the site</param>
/// <param name="Customer">index of the customer</param>
/// <param name="Units">units, or 1 for a customer without demand</param>
public readonly record struct Service(int Site, int Customer, long Units);
