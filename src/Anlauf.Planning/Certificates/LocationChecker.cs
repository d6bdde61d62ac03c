using Anlauf.Planning.Location;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Verifies a location plan and its tree of cases. At every leaf the bound is computed again from the distances of the
/// problem; every decision taken on the way must follow from a rule or from the multipliers stated there.
/// </summary>
internal sealed class LocationChecker : FamilyChecker
{
    /// <inheritdoc/>
    public override string Family => "location";

    /// <inheritdoc/>
    public override Type CertificateType => typeof(LocationCertificate);

    /// <inheritdoc/>
    public override CheckResult Check(PlanProblem problem, Certificate certificate)
    {
        if (problem is not LocationProblem location || certificate is not LocationCertificate proof)
            return Reject(certificate, "Nachweis und Aufgabe gehören nicht zusammen.");
        if (proof.Instance != location.Instance) return Reject(proof, "Der Nachweis gehört zu einer anderen Aufgabe.");
        if (proof.Status == PlanStatus.Infeasible) return CheckInfeasible(location, proof);
        if (PlanFault(location, proof.Open) is { } fault) return Reject(proof, fault);
        var value = PlanValue(location, proof.Open);
        if (proof.Objective != value) return Reject(proof, $"Der Plan hat den Wert {German(value)}, behauptet sind {German(proof.Objective ?? 0)}.", true, value);
        if (proof.Bound is not { } bound || decimal.Truncate(bound) != bound || Math.Abs(bound) > long.MaxValue / 2)
            return Reject(proof, "Die Schranke ist keine ganze Zahl.", true, value);
        var weight = location.Weights.Sum();
        // the proof speaks of cost: travel, or weight that is not covered
        var cost = location.Goal == LocationGoal.MostCovered ? weight - (long)bound : (long)bound;
        if (proof.Status == PlanStatus.Optimal && bound != value)
            return Reject(proof, "Schranke und Wert stimmen nicht überein, der Plan ist nicht als bester bewiesen.", true, value);
        if (cost <= 0 && proof.Proof.Length > 0) return RejectUnused(proof);
        if (cost > 0 && TreeFault(location, proof, cost) is { } reason) return Reject(proof, reason, true, value);
        return new(proof.Instance, true, value, bound, true, null, Sentence(location, value, bound, weight));
    }

    private static CheckResult CheckInfeasible(LocationProblem problem, LocationCertificate proof)
    {
        if (proof.Open.Count > 0 || proof.Proof.Length > 0) return RejectUnused(proof);
        var state = LocationBound.Start(problem);
        var impossible = state.CheapestCost() > problem.Budget
            || (problem.Goal == LocationGoal.LeastTravel && Enumerable.Range(0, problem.Sites.Count)
                .All(i => problem.Sites[i].Rule == SiteRule.Forbidden || problem.Sites[i].Cost > problem.Budget));
        return impossible
            ? new(proof.Instance, false, null, null, true, null, "Kein Plan hält alle Vorgaben ein: Schon das Nötigste kostet mehr, als da ist.")
            : Reject(proof, "Es gibt einen Plan, der alle Vorgaben einhält.");
    }

    private static string? PlanFault(LocationProblem problem, IReadOnlyList<int> open)
    {
        var seen = new bool[problem.Sites.Count];
        var inGroup = new int[problem.Groups.Count];
        long cost = 0;
        foreach (var site in open)
        {
            if (site < 0 || site >= seen.Length || seen[site]) return $"Der Standort {site} kommt in der Aufgabe nicht vor oder ist doppelt.";
            seen[site] = true;
            if (problem.Sites[site].Rule == SiteRule.Forbidden) return $"„{problem.Sites[site].Name}“ ist ausgeschlossen.";
            if (problem.Sites[site].Group >= 0) inGroup[problem.Sites[site].Group]++;
            cost += problem.Sites[site].Cost;
        }
        if (cost > problem.Budget) return $"Der Plan kostet {German(cost)}, das Budget ist {German(problem.Budget)}.";
        for (var i = 0; i < seen.Length; i++)
            if (problem.Sites[i].Rule == SiteRule.KeepOpen && !seen[i]) return $"„{problem.Sites[i].Name}“ muss geöffnet bleiben.";
        for (var g = 0; g < inGroup.Length; g++)
            if (inGroup[g] < problem.Groups[g].LeastOpen) return $"„{problem.Groups[g].Name}“ hat weniger als {problem.Groups[g].LeastOpen} Standorte.";
        return open.Count == 0 && problem.Goal == LocationGoal.LeastTravel ? "Kein Standort ist geöffnet." : null;
    }

    private static long PlanValue(LocationProblem problem, IReadOnlyList<int> open)
    {
        long value = 0;
        for (var j = 0; j < problem.Weights.Count; j++)
        {
            var nearest = problem.Travel.ToNearest(j, open);
            if (problem.Goal == LocationGoal.LeastTravel) value += problem.Weights[j] * nearest;
            else if (open.Count > 0 && nearest <= problem.Reach) value += problem.Weights[j];
        }
        return value;
    }

    private static string? TreeFault(LocationProblem problem, LocationCertificate proof, long cost)
    {
        if (proof.Scale is < 1 or > 1 << 20) return "Die Einheit der Multiplikatoren ist unzulässig.";
        // in scaled units: at least this much makes the whole value at least cost
        return ProofWalk.Verify(LocationBound.Start(problem), proof.Scale, (Int128)(cost - 1) * proof.Scale + 1, proof.Proof);
    }

    private static string Sentence(LocationProblem problem, long value, decimal bound, long weight)
    {
        if (problem.Goal == LocationGoal.MostCovered && weight > 0)
            return value == bound
                ? $"Mit diesem Budget erreicht kein Plan mehr als {German(decimal.Round(100m * value / weight, 2))} %, und dieser Plan erreicht sie."
                : $"Mit diesem Budget erreicht kein Plan mehr als {German(decimal.Round(100m * bound / weight, 2))} %; dieser Plan erreicht {German(decimal.Round(100m * value / weight, 2))} %.";
        return OfTravel(value, bound);
    }

    /// <summary>What value and bound of the inhabitants' ways say.</summary>
    internal static string OfTravel(decimal value, decimal bound) => value == bound
        ? $"Kein Plan kommt mit weniger Weg aus als dieser ({German(value)})."
        : $"Kein Plan kommt mit weniger Weg als {German(bound)} aus; dieser braucht {German(value)}.";
}
