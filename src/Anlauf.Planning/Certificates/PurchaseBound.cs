using Anlauf.Planning.Capacitated;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// What sites cost at least, in units of the budget, whose capacities hold the demand: for any price μ ≥ 0 of capacity
/// μ · demand + least Σ (cost − μ · capacity) over the choices that give every group what it needs and are as many as the largest sites must be. No multipliers of customers.
/// </summary>
internal sealed class PurchaseBound(CapacitatedProblem problem) : CapacitatedCases(problem)
{
    /// <inheritdoc/>
    public override int Multipliers => 0;

    /// <inheritdoc/>
    public override Int128 Value(long[] multipliers, long price, long scale)
    {
        if (price < 0) throw new InvalidDataException();
        var net = new Int128[Sites];
        for (var i = 0; i < Sites; i++) net[i] = ((Int128)Conditions.Sites[i].Cost * scale) - ((Int128)price * Problem.Capacities[i]);
        return Choose(net, LeastMore()) is { } choice ? ((Int128)price * Demand) + choice.Taken : Int128.MaxValue;
    }

    /// <inheritdoc/>
    public override string? DecisionFault(long[] multipliers, long price, long scale, Func<int, Int128> target, List<int> opened, List<int> closed) =>
        "Der Beweis entscheidet Standorte, wo nur Fälle erlaubt sind.";
}
