using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Verifies tours, score and bound. The bound is replayed from prices or rounds of paths, or recomputed: half of the two shortest legs at each point is the least a visit
/// uses; what fits into all budgets together is a fractional knapsack.
/// </summary>
internal sealed class OrienteeringChecker : FamilyChecker
{
    /// <inheritdoc/>
    public override string Family => "orienteering";

    /// <inheritdoc/>
    public override Type CertificateType => typeof(OrienteeringCertificate);

    /// <inheritdoc/>
    public override CheckResult Check(PlanProblem problem, Certificate certificate)
    {
        if (problem is not OrienteeringProblem points || certificate is not OrienteeringCertificate proof)
            return Reject(certificate, "Nachweis und Aufgabe gehören nicht zusammen.");
        if (proof.Instance != points.Instance) return Reject(proof, "Der Nachweis gehört zu einer anderen Aufgabe.");
        if (proof.Status == PlanStatus.Infeasible)
            return proof.Tours is not { Count: 0 } || proof.Proof is not null || proof.Rounds is not null ? RejectUnused(proof)
                : points.Leg(points.Start, points.End) > points.Budget
                ? new(proof.Instance, false, null, null, true, null, "Kein Plan hält alle Vorgaben ein: Schon der Weg vom Start zum Ziel ist zu lang.")
                : Reject(proof, "Der leere Plan hält alle Vorgaben ein.");
        if (proof.Tours is null || proof.Tours.Any(t => t is null)) return Reject(proof, "Dem Nachweis fehlen die Touren.");
        if (Fault(points, proof.Tours) is { } fault) return Reject(proof, fault);
        long value = proof.Tours.SelectMany(Inner).Sum(p => points.Points[p].Score);
        if (proof.Objective != value) return Reject(proof, $"Der Plan hat den Wert {German(value)}, behauptet sind {German(proof.Objective ?? 0)}.", true, value);
        if (proof.Bound is not { } claimed || claimed < value) return Reject(proof, "Die Schranke fehlt oder liegt unter dem Wert.", true, value);
        if (proof.Status != PlanStatus.Feasible && !(proof.Status == PlanStatus.Optimal && claimed == value))
            return Reject(proof, "Der Plan ist nicht als bester bewiesen.", true, value);
        if ((proof.Proof is not null || proof.Rounds is not null) && claimed > long.MaxValue / 8) return Reject(proof, "Der Beweis der Schranke hält nicht.", true, value);
        if (proof.Proof is { } prices && TourReplay.Fault(points, prices, (long)claimed) is not null)
            return Reject(proof, "Der Beweis der Schranke hält nicht.", true, value);
        if (proof.Rounds is { } rounds && RememberedReplay.Fault(points, rounds, (long)claimed) is { } open)
            return Reject(proof, $"Der Beweis der Schranke hält nicht. {open}", true, value);
        var bound = proof.Proof is null && proof.Rounds is null ? Bound(points) : (Int128)claimed;
        return bound > (Int128)claimed
            ? Reject(proof, $"Bewiesen ist nur die Schranke {German((decimal)bound)}, behauptet sind {German(claimed)}.", true, value)
            : new(proof.Instance, true, value, claimed, true, null, value == claimed
                ? $"Kein Plan erreicht mehr als {German(value)}; dieser erreicht genau das."
                : $"Mit diesen Wegen erreicht kein Plan mehr als {German(claimed)}; dieser erreicht {German(value)}.");
    }

    private static IEnumerable<int> Inner(IReadOnlyList<int> tour) => tour.Skip(1).Take(tour.Count - 2);

    private static string? Fault(OrienteeringProblem problem, IReadOnlyList<IReadOnlyList<int>> tours)
    {
        if (tours.Count > problem.Tours) return $"Der Plan hat {tours.Count} Touren, erlaubt sind {problem.Tours}.";
        var seen = new HashSet<int>();
        foreach (var tour in tours)
        {
            if (tour.Count < 2 || tour[0] != problem.Start || tour[^1] != problem.End) return "Eine Tour beginnt nicht am Start oder endet nicht am Ziel.";
            foreach (var point in Inner(tour))
                if (point < 0 || point >= problem.Points.Count || point == problem.Start || point == problem.End || !seen.Add(point))
                    return $"Der Punkt {point} kommt in der Aufgabe nicht vor oder ist doppelt.";
            long length = tour.Zip(tour.Skip(1)).Sum(leg => problem.Leg(leg.First, leg.Second));
            if (length > problem.Budget) return "Eine Tour ist länger als erlaubt.";
        }
        return null;
    }

    private static Int128 Bound(OrienteeringProblem problem)
    {
        var points = Enumerable.Range(0, problem.Points.Count)
            .Where(p => p != problem.Start && p != problem.End && problem.Points[p].Score > 0 && problem.Leg(problem.Start, p) + problem.Leg(p, problem.End) <= problem.Budget)
            .ToArray();
        var items = points.Select(p =>
        {
            var legs = points.Where(q => q != p).Append(problem.Start).Select(q => problem.Leg(p, q)).Append(problem.Leg(p, problem.End)).Order().Take(2);
            return (problem.Points[p].Score, Use: (Int128)legs.Sum());
        }).ToList();
        items.Sort((a, b) => ((Int128)b.Score * a.Use).CompareTo((Int128)a.Score * b.Use));
        long Nearest(int place, int other) => points.Select(p => problem.Leg(place, p)).Append(problem.Leg(place, other)).Min();
        var left = problem.Tours * (2 * (Int128)problem.Budget - Nearest(problem.Start, problem.End) - Nearest(problem.End, problem.Start));
        Int128 sum = 0;
        foreach (var (score, use) in items)
        {
            if (use > left) return sum + (left > 0 ? score * left / use : 0);
            (sum, left) = (sum + score, left - use);
        }
        return sum;
    }
}
