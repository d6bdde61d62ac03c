namespace Anlauf.Planning.Capacitated;

/// <summary>
/// Facility location with capacities: which sites to open and who serves whom; a customer's demand may be split.
/// Costs are those of serving the customer's whole demand. Sites may be kept or forbidden, groups may need some of them,
/// and what the open ones cost of a budget beside the money may be limited.
/// </summary>
public sealed record CapacitatedProblem : PlanProblem
{
    /// <summary>Checks every row.</summary>
    /// <param name="instance">name of the problem</param>
    /// <param name="capacities">units each site can serve</param>
    /// <param name="fixedCosts">cost of opening each site, in money</param>
    /// <param name="demands">units each customer needs</param>
    /// <param name="costs">cost of serving a customer wholly from a site, site by site</param>
    /// <param name="conditions">sites kept or forbidden, groups and budget; none: every site is free</param>
    /// <exception cref="PlanInputException">names the first row that does not fit</exception>
    public CapacitatedProblem(string instance, long[] capacities, decimal[] fixedCosts, long[] demands, decimal[] costs, SiteConditions? conditions = null) : base(instance)
    {
        (Capacities, FixedCosts, Demands, Costs) = (capacities, fixedCosts, demands, costs);
        Conditions = conditions ?? SiteConditions.None(capacities.Length);
        Conditions.Verify(instance, capacities.Length);
        if (capacities.Length == 0 || demands.Length == 0) throw new PlanInputException($"{instance}: Es fehlen Standorte oder Kunden.");
        if (fixedCosts.Length != capacities.Length || costs.LongLength != capacities.LongLength * demands.LongLength)
            throw new PlanInputException($"{instance}: Die Tabellen passen in der Größe nicht zusammen.");
        decimal total = 0;
        for (var i = 0; i < capacities.Length; i++)
        {
            if (capacities[i] is < 0 or > MostUnits) throw PlanInputException.At($"sites[{i}].capacity", $"{instance}: Die Kapazität von {Named(i)} liegt nicht zwischen 0 und {MostUnits}.");
            if (fixedCosts[i] is < 0 or > MostMoney) throw PlanInputException.At($"sites[{i}].cost", $"{instance}: Die Fixkosten von {Named(i)} liegen nicht zwischen 0 und {MostMoney}.");
            total += fixedCosts[i];
        }
        for (var j = 0; j < demands.Length; j++)
        {
            if (demands[j] is < 0 or > MostUnits) throw PlanInputException.At($"customers[{j}].demand", $"{instance}: Der Bedarf von Kunde {j + 1} liegt nicht zwischen 0 und {MostUnits}.");
            decimal most = 0;
            for (var i = 0; i < capacities.Length; i++)
            {
                var cost = costs[i * demands.Length + j];
                if (cost is < 0 or > MostMoney) throw PlanInputException.At($"cost[{i}][{j}]", $"{instance}: Die Kosten von {Named(i)} zu Kunde {j + 1} liegen nicht zwischen 0 und {MostMoney}.");
                most = Math.Max(most, cost);
            }
            total += most;
        }
        if (total > MostMoney) throw new PlanInputException($"{instance}: Die Kosten sind zusammen größer als {MostMoney}. Bitte eine größere Einheit wählen.");
        CapacityBits = demands.Sum() is var all && all < 1 << 17 ? 0 : (int)long.Log2(all);
        Scale = 1L << Math.Clamp(56 - (int)Math.Ceiling(Math.Log2((double)total + 2)), 0, 30);
    }

    private string Named(int site) => Conditions.IsNamed ? $"„{Conditions.Sites[site].Name}“" : $"Standort {site + 1}";

    private const long MostUnits = 1_000_000_000, MostMoney = 1_000_000_000_000;

    /// <summary>Units each site can serve.</summary>
    public long[] Capacities { get; }

    /// <summary>Cost of opening each site.</summary>
    public decimal[] FixedCosts { get; }

    /// <summary>Units each customer needs.</summary>
    public long[] Demands { get; }

    /// <summary>Cost of serving a customer wholly from a site: <c>site × customers + customer</c>.</summary>
    public decimal[] Costs { get; }

    /// <summary>Sites kept or forbidden, groups and budget.</summary>
    public SiteConditions Conditions { get; }

    /// <summary>
    /// Number of all customers where costs count those left out: the value of a plan is then this less its cost, the greatest is
    /// looked for, and the last site stands for being left out. None where the value is the cost.
    /// </summary>
    public long? Everybody { get; internal init; }

    /// <summary>True where costs are ways of inhabitants, not money.</summary>
    public bool CountsTravel { get; internal init; }

    /// <summary>Value of a plan by its cost, and bound by that of the cost.</summary>
    public decimal Value(decimal cost) => Everybody is { } all ? all - cost : cost;

    /// <summary>True when every plan with whole units costs a whole number: bounds may then be rounded up.</summary>
    public bool IsWhole() =>
        Array.TrueForAll(FixedCosts, decimal.IsInteger) && Enumerable.Range(0, Costs.Length).All(k => Costs[k] % Math.Max(1, Demands[k % Demands.Length]) == 0);

    /// <summary>The price of a unit of capacity is counted in 1 ÷ (scale · 2^this), so that rounding it loses little with large demands.</summary>
    public int CapacityBits { get; }

    /// <summary>The price of a unit of the budget is counted in 1 ÷ (scale · 2^this).</summary>
    public int BudgetBits => Conditions.Budget is > 1 and var most ? (int)long.Log2(most) : 0;

    /// <summary>Whole steps per unit of money in which bounds are computed; costs are rounded down to them.</summary>
    public long Scale { get; }
}
