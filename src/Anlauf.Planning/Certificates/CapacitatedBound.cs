using Anlauf.Planning.Capacitated;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Bound for capacities from multipliers alone: a site gains at most μ × capacity + Σ max(0, u_j − c_ij − μ d_j) for every
/// μ ≥ 0 (weak duality of the continuous knapsack); μ is the gain per unit at which the capacity runs out. Beside the open
/// sites at least so many must open as the largest free ones need to hold what is left of the demand, and as groups need.
/// With a budget the last multiplier is the price β ≥ 0 of a unit of it: β × (cost of the open sites − budget) is added.
/// </summary>
internal sealed class CapacitatedBound(CapacitatedProblem problem) : CapacitatedCases(problem)
{
    // the price of capacity is counted in finer steps, so that rounding it costs nothing
    private const int FinerBits = 20;
    private readonly long[] _costs = [.. problem.Costs.Select(c => (long)decimal.Floor(c * problem.Scale))];
    private readonly long[] _fixed = [.. problem.FixedCosts.Select(c => (long)decimal.Floor(c * problem.Scale))];

    /// <inheritdoc/>
    public override int Multipliers => Customers + (Conditions.Budget is null ? 0 : 1);

    // prices are counted in finer steps than multipliers; sums take the finest of all
    private int Finest => Math.Max(Problem.CapacityBits, Problem.BudgetBits);

    private int Customers => Problem.Demands.Length;

    /// <inheritdoc/>
    public override Int128 Value(long[] multipliers, long price, long scale) =>
        Choose(multipliers, price, out var sum) is { } choice ? checked(sum + choice.Taken) >> Finest : Int128.MaxValue;

    /// <inheritdoc/>
    public override string? DecisionFault(long[] multipliers, long price, long scale, Func<int, Int128> target, List<int> opened, List<int> closed)
    {
        if (Choose(multipliers, price, out var sum) is not { } choice) return null;
        var bound = checked(sum + choice.Taken);
        foreach (var site in closed)
            if (checked(bound + choice.WhenOpen(site)) < target(site) << Finest && !IsTooDear(site)) return $"Der Beweis schließt den Standort {site} ohne Grund aus.";
        foreach (var site in opened)
            if (choice.WhenClosed(site) is { } rise && checked(bound + rise) < target(site) << Finest) return $"Der Beweis öffnet den Standort {site} ohne Grund.";
        return null;
    }

    /// <param name="multipliers">one a customer, then the price of the budget if there is one</param>
    /// <param name="price">price of a unit of total capacity</param>
    /// <param name="sum">all of the bound but the net cost of sites</param>
    private CountedChoice? Choose(long[] multipliers, long price, out Int128 sum)
    {
        var budgetPrice = Conditions.Budget is null ? 0 : multipliers[^1];
        if (price < 0 || budgetPrice < 0) throw new InvalidDataException();
        checked
        {
            var fine = (Int128)1 << Finest;
            var capacityPrice = (Int128)price << (Finest - Problem.CapacityBits);
            var unitPrice = (Int128)budgetPrice << (Finest - Problem.BudgetBits);
            sum = (capacityPrice * Demand) - (Conditions.Budget is { } budget ? unitPrice * budget : 0);
            foreach (var u in multipliers.AsSpan(0, Customers)) sum += u * fine;
            var net = new Int128[Sites];
            for (var i = 0; i < Sites; i++)
                if (State[i] >= 0) net[i] = ((_fixed[i] - Gain(i, multipliers)) * fine) - (capacityPrice * Problem.Capacities[i]) + (unitPrice * Conditions.Sites[i].Cost);
            return Choose(net, LeastMore());
        }
    }

    private Int128 Gain(int site, long[] multipliers)
    {
        var n = Customers;
        var items = new List<(Int128 Ratio, long Gain, long Demand)>();
        Int128 free = 0;
        for (var j = 0; j < n; j++)
        {
            var gain = checked(multipliers[j] - _costs[site * n + j]);
            if (gain <= 0) continue;
            if (Problem.Demands[j] == 0) free += gain;
            else items.Add((((Int128)gain << FinerBits) / Problem.Demands[j], gain, Problem.Demands[j]));
        }
        items.Sort((a, b) => b.Ratio.CompareTo(a.Ratio));
        var room = Problem.Capacities[site];
        Int128 price = 0;
        foreach (var item in items)
        {
            room -= item.Demand;
            if (room > 0) continue;
            price = item.Ratio;
            break;
        }
        var total = price * Problem.Capacities[site];
        foreach (var item in items) total += Int128.Max(0, ((Int128)item.Gain << FinerBits) - price * item.Demand);
        return free + ((total + (1 << FinerBits) - 1) >> FinerBits);
    }
}
