using Anlauf.Planning.Capacitated;

namespace Anlauf.Planning.Certificates;

/// <summary>Verifies plan, value and bound of facility location with capacities. Values hold to a thousandth.</summary>
internal sealed class CapacitatedChecker : FamilyChecker
{
    private const decimal Thousandth = 0.001m;

    /// <inheritdoc/>
    public override string Family => "cflp";

    /// <inheritdoc/>
    public override Type CertificateType => typeof(CapacitatedCertificate);

    /// <inheritdoc/>
    public override CheckResult Check(PlanProblem problem, Certificate certificate)
    {
        if (problem is not CapacitatedProblem capacitated || certificate is not CapacitatedCertificate proof || proof.Instance != problem.Instance)
            return Reject(certificate, "Nachweis und Aufgabe gehören nicht zusammen.");
        if (proof.Status == PlanStatus.Infeasible)
            return capacitated.Capacities.Sum() < capacitated.Demands.Sum()
                ? new(proof.Instance, false, null, null, true, null, "Alle Standorte zusammen reichen nicht für den Bedarf.")
                : Reject(proof, "Die Standorte reichen zusammen für den Bedarf.");
        if (PlanFault(capacitated, proof, out var cost) is { } fault) return Reject(proof, fault);
        if (proof.Objective is not { } value || Math.Abs(value - cost) > Thousandth)
            return Reject(proof, $"Der Plan kostet {German(cost)}, behauptet sind {German(proof.Objective ?? 0)}.", true, decimal.Round(cost, 3));
        if (proof.Bound is not { } bound || bound > value || Math.Abs(bound) > 1e13m) return Reject(proof, "Die Schranke passt nicht zum Wert.", true, value);
        if (proof.Status == PlanStatus.Optimal && bound != value) return Reject(proof, "Schranke und Wert stimmen nicht überein.", true, value);
        if (proof.Scale != capacitated.Scale) return Reject(proof, "Die Einheit der Multiplikatoren ist eine andere.", true, value);
        var target = (Int128)decimal.Ceiling((bound - Thousandth) * proof.Scale);
        if (bound > 0 && ProofWalk.Verify(new CapacitatedBound(capacitated), proof.Scale, target, proof.Proof) is { } reason)
            return Reject(proof, reason, true, value);
        return new(proof.Instance, true, value, bound, true, null, value == bound
            ? $"Kein Plan kostet weniger als dieser ({German(value)})."
            : $"Kein Plan kostet weniger als {German(bound)}; dieser kostet {German(value)}.");
    }

    private static string? PlanFault(CapacitatedProblem problem, CapacitatedCertificate proof, out decimal cost)
    {
        cost = 0;
        var n = problem.Demands.Length;
        var load = new long[problem.Capacities.Length];
        var open = new bool[load.Length];
        var met = new long[n];
        foreach (var site in proof.Open)
        {
            if (site < 0 || site >= open.Length || open[site]) return $"Der Standort {site} kommt nicht vor oder ist doppelt.";
            open[site] = true;
            cost += problem.FixedCosts[site];
        }
        foreach (var (site, customer, units) in proof.Served)
        {
            if (site < 0 || site >= open.Length || !open[site]) return $"Standort {site} ist nicht geöffnet.";
            if (customer < 0 || customer >= n || units <= 0 || units > Math.Max(1, problem.Demands[customer])) return $"Die Belieferung von Kunde {customer} passt nicht.";
            if (problem.Demands[customer] > 0) load[site] += units;
            met[customer] += units;
            cost += problem.Costs[site * n + customer] * units / Math.Max(1, problem.Demands[customer]);
        }
        for (var j = 0; j < n; j++)
            if (met[j] != Math.Max(1, problem.Demands[j])) return $"Kunde {j} bekommt {met[j]} statt {problem.Demands[j]} Einheiten.";
        for (var i = 0; i < load.Length; i++)
            if (load[i] > problem.Capacities[i]) return $"Standort {i} ist mit {load[i]} Einheiten überlastet.";
        return null;
    }
}

/// <summary>
/// Bound for capacities from multipliers alone: a site gains at most μ × capacity + Σ max(0, u_j − c_ij − μ d_j) for every
/// μ ≥ 0 (weak duality of the continuous knapsack); μ is the gain per unit at which the capacity runs out. Beside the open
/// sites at least so many must open as the largest free ones need to hold what is left of the demand.
/// </summary>
internal sealed class CapacitatedBound(CapacitatedProblem problem) : CaseBound
{
    // the price of capacity is counted in finer steps, so that rounding it costs nothing
    private const int FinerBits = 20;
    private readonly long[] _costs = [.. problem.Costs.Select(c => (long)decimal.Floor(c * problem.Scale))];
    private readonly long[] _fixed = [.. problem.FixedCosts.Select(c => (long)decimal.Floor(c * problem.Scale))];

    /// <inheritdoc/>
    protected override sbyte[] State { get; } = new sbyte[problem.Capacities.Length];

    /// <inheritdoc/>
    public override int Multipliers => problem.Demands.Length;

    /// <inheritdoc/>
    public override bool IsImpossible()
    {
        long room = 0;
        for (var i = 0; i < Sites; i++)
            if (State[i] >= 0) room += problem.Capacities[i];
        return room < problem.Demands.Sum();
    }

    /// <inheritdoc/>
    public override Int128 Value(long[] multipliers, long price, long scale) => Evaluate(multipliers, price, out _, out _, out _);

    /// <inheritdoc/>
    public override string? DecisionFault(long[] multipliers, long price, long scale, Func<int, Int128> target, List<int> opened, List<int> closed)
    {
        var bound = Evaluate(multipliers, price, out var net, out var edge, out var next);
        foreach (var site in closed)
            if (net[site] <= edge || bound + net[site] - edge < target(site)) return $"Der Beweis schließt den Standort {site} ohne Grund aus.";
        foreach (var site in opened)
            if (next is { } other && (net[site] >= other || bound + other - net[site] < target(site))) return $"Der Beweis öffnet den Standort {site} ohne Grund.";
        return null;
    }

    // edge: what the last site that is needed adds, it leaves when another one must open;
    // next: what the replacement adds when an open one must close (none: there is no replacement)
    private Int128 Evaluate(long[] multipliers, long price, out Int128[] net, out Int128 edge, out Int128? next)
    {
        if (price < 0) throw new InvalidDataException();
        Int128 bound = (Int128)price * problem.Demands.Sum();
        foreach (var u in multipliers) bound += u;
        net = new Int128[Sites];
        var free = new List<Int128>();
        var missing = problem.Demands.Sum();
        for (var i = 0; i < Sites; i++)
        {
            if (State[i] < 0) continue;
            net[i] = _fixed[i] - Gain(i, multipliers) - (Int128)price * problem.Capacities[i];
            if (State[i] > 0 || net[i] < 0) bound += net[i];
            if (State[i] == 0) free.Add(net[i]);
            else missing -= problem.Capacities[i];
        }
        free.Sort();
        var need = 0;
        foreach (var capacity in Enumerable.Range(0, Sites).Where(i => State[i] == 0).Select(i => problem.Capacities[i]).OrderDescending())
        {
            if (missing <= 0) break;
            missing -= capacity;
            need++;
        }
        for (var k = 0; k < need; k++) bound += Int128.Max(0, free[k]);
        edge = need > 0 ? Int128.Max(0, free[need - 1]) : 0;
        next = need == 0 ? 0 : free.Count > need ? Int128.Max(0, free[need]) : null;
        return bound;
    }

    private Int128 Gain(int site, long[] multipliers)
    {
        var n = problem.Demands.Length;
        var items = new List<(Int128 Ratio, long Gain, long Demand)>();
        Int128 free = 0;
        for (var j = 0; j < n; j++)
        {
            var gain = checked(multipliers[j] - _costs[site * n + j]);
            if (gain <= 0) continue;
            if (problem.Demands[j] == 0) free += gain;
            else items.Add((((Int128)gain << FinerBits) / problem.Demands[j], gain, problem.Demands[j]));
        }
        items.Sort((a, b) => b.Ratio.CompareTo(a.Ratio));
        var room = problem.Capacities[site];
        Int128 price = 0;
        foreach (var item in items)
        {
            room -= item.Demand;
            if (room > 0) continue;
            price = item.Ratio;
            break;
        }
        var total = price * problem.Capacities[site];
        foreach (var item in items) total += Int128.Max(0, ((Int128)item.Gain << FinerBits) - price * item.Demand);
        return free + ((total + (1 << FinerBits) - 1) >> FinerBits);
    }
}
