using Anlauf.Planning.Location;

namespace Anlauf.Planning.Capacitated;

/// <summary>Cases in which the budget does not buy the capacity.</summary>
public sealed partial class CapacitatedSolver
{
    /// <summary>
    /// A price μ of capacity whose purchase costs more than the budget is a ray of the dual: λ = t μ and β = t lift the bound
    /// beyond every value. Without multipliers of customers; t as large as it takes.
    /// </summary>
    private bool TryPoverty(sbyte[] state, ProofStep step, long[] above)
    {
        if (!_limits.HasBudget) return false;
        var (price, least) = _purchase.Price(state);
        if (!(least > _limits.Budget * (1 + 1e-9))) return false;
        var (capacityBits, budgetBits) = (_problem.CapacityBits, _problem.BudgetBits);
        var fine = Math.Max(capacityBits, budgetBits);
        var target = ((Int128)Math.Ceiling(CutOff * _problem.Scale) + _problem.Scale) << fine;
        for (var stretch = 1L << 10; stretch < 1L << 56; stretch <<= 4)
        {
            var capacityPrice = Math.ScaleB(price * stretch, capacityBits - budgetBits);
            if (capacityPrice > 1L << 60 || Math.ScaleB((double)stretch * _limits.Cost.Sum(), fine - budgetBits) > 1e36 || Math.ScaleB(capacityPrice * _problem.Capacities.Sum(), fine - capacityBits) > 1e36) return false;
            var full = new long[Width];
            full[^1] = stretch;
            var (dear, room) = ((Int128)stretch << (fine - budgetBits), (Int128)(long)capacityPrice << (fine - capacityBits));
            var net = new Int128[state.Length];
            for (var i = 0; i < net.Length; i++) net[i] = (dear * _limits.Cost[i]) - (room * _problem.Capacities[i]);
            var bound = (room * _demand) - (dear * _limits.Budget) + _limits.Choose(net, state, _limits.LeastMore(state), Int128.Zero, new bool[net.Length]);
            if (bound < target) continue;
            (step.Multipliers, step.Price) = (VarInt.Differences(above, full), (long)capacityPrice);
            return true;
        }
        return false;
    }
}
