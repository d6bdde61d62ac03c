using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Location;

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
            return CheckInfeasible(capacitated, proof);
        if (PlanFault(capacitated, proof, out var cost) is { } fault) return Reject(proof, fault);
        if (proof.Objective is not { } value || Math.Abs(value) > 1e13m || Math.Abs(capacitated.Value(value) - cost) > Thousandth)
            return Reject(proof, $"Der Plan hat den Wert {German(capacitated.Value(cost))}, behauptet sind {German(proof.Objective ?? 0)}.", true, decimal.Round(capacitated.Value(cost), 3));
        if (proof.Bound is not { } bound || Math.Abs(bound) > 1e13m || capacitated.Value(bound) > capacitated.Value(value)) return Reject(proof, "Die Schranke passt nicht zum Wert.", true, value);
        if (proof.Status == PlanStatus.Optimal && bound != value) return Reject(proof, "Schranke und Wert stimmen nicht überein.", true, value);
        if (proof.Scale != capacitated.Scale) return Reject(proof, "Die Einheit der Multiplikatoren ist eine andere.", true, value);
        // the proof speaks of cost; where every plan costs a whole number, above the number before is enough
        var least = capacitated.Value(bound);
        var target = decimal.IsInteger(least) && capacitated.IsWhole()
            ? ((Int128)(least - 1) * proof.Scale) + 1
            : (Int128)decimal.Ceiling((least - Thousandth) * proof.Scale);
        if (least <= 0 && proof.Proof.Length > 0) return RejectUnused(proof);
        if (least > 0 && ProofWalk.Verify(new CapacitatedBound(capacitated), proof.Scale, target, proof.Proof) is { } reason)
            return Reject(proof, reason, true, value);
        return new(proof.Instance, true, value, bound, true, null, Sentence(capacitated, value, bound));
    }

    private static string Sentence(CapacitatedProblem problem, decimal value, decimal bound)
    {
        if (problem.Everybody is > 0 and var all)
            return value == bound
                ? $"Mit diesen Kapazitäten versorgt kein Plan mehr als {German(decimal.Round(100m * value / all, 2))} %, und dieser Plan versorgt sie."
                : $"Mit diesen Kapazitäten versorgt kein Plan mehr als {German(decimal.Round(100m * bound / all, 2))} %; dieser Plan versorgt {German(decimal.Round(100m * value / all, 2))} %.";
        if (problem.CountsTravel) return LocationChecker.OfTravel(value, bound);
        return value == bound
            ? $"Kein Plan kostet weniger als dieser ({German(value)})."
            : $"Kein Plan kostet weniger als {German(bound)}; dieser kostet {German(value)}.";
    }

    private static CheckResult CheckInfeasible(CapacitatedProblem problem, CapacitatedCertificate proof)
    {
        CheckResult Shown(string sentence, bool byCases = false) => proof.Open.Count + proof.Served.Count > 0 || (!byCases && proof.Proof.Length > 0)
            ? RejectUnused(proof) : new(proof.Instance, false, null, null, true, null, sentence);
        var conditions = problem.Conditions;
        var possible = Enumerable.Range(0, problem.Capacities.Length).Where(i => conditions.Sites[i].Rule != SiteRule.Forbidden).ToList();
        for (var g = 0; g < conditions.Groups.Count; g++)
            if (possible.Count(i => conditions.Sites[i].Group == g) is var there && there < conditions.Groups[g].LeastOpen)
                return Shown($"„{conditions.Groups[g].Name}“ soll {conditions.Groups[g].LeastOpen} Standorte haben, möglich sind dort nur {there}.");
        if (possible.Count == 0) return Shown("Kein Standort darf geöffnet werden.");
        if (possible.Sum(i => problem.Capacities[i]) is var room && room < problem.Demands.Sum())
            return Shown($"Alle Standorte zusammen reichen nicht für den Bedarf: {German(room)} von {German(problem.Demands.Sum())}.");
        if (conditions.Budget is not { } budget) return Reject(proof, "Die Standorte reichen zusammen für den Bedarf.");
        var cases = new PurchaseBound(problem);
        if (cases.IsImpossible()) return Shown($"Kein Plan hält alle Vorgaben ein: Schon das Nötigste kostet mehr als {German(budget)}.");
        if (proof.Scale < 1) return Reject(proof, "Die Einheit der Preise ist unzulässig.");
        return ProofWalk.Verify(cases, proof.Scale, ((Int128)budget * proof.Scale) + 1, proof.Proof) is { } reason
            ? Reject(proof, reason)
            : Shown($"Kein Plan hält alle Vorgaben ein: Für {German(budget)} gibt es keine Standorte, die zusammen für alle reichen.", byCases: true);
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
        return ConditionFault(problem.Conditions, open);
    }

    private static string? ConditionFault(SiteConditions conditions, bool[] open)
    {
        long cost = 0;
        var inGroup = new int[conditions.Groups.Count];
        for (var i = 0; i < open.Length; i++)
        {
            var site = conditions.Sites[i];
            if (open[i] && site.Rule == SiteRule.Forbidden) return $"„{site.Name}“ ist ausgeschlossen.";
            if (!open[i] && site.Rule == SiteRule.KeepOpen) return $"„{site.Name}“ muss geöffnet bleiben.";
            if (!open[i]) continue;
            cost += site.Cost;
            if (site.Group >= 0) inGroup[site.Group]++;
        }
        if (cost > conditions.Budget) return $"Der Plan kostet {German(cost)}, das Budget ist {German(conditions.Budget.Value)}.";
        for (var g = 0; g < inGroup.Length; g++)
            if (inGroup[g] < conditions.Groups[g].LeastOpen) return $"„{conditions.Groups[g].Name}“ hat weniger als {conditions.Groups[g].LeastOpen} Standorte.";
        return null;
    }
}
