using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Assignment.Sponsors;

namespace Anlauf.Planning.Certificates;

/// <summary>Verifies plans, values, bounds and impossibility of deputies × constituencies.</summary>
internal sealed class SponsorChecker : FamilyChecker
{
    /// <inheritdoc/>
    public override string Family => "sponsor";

    /// <inheritdoc/>
    public override Type CertificateType => typeof(SponsorCertificate);

    /// <inheritdoc/>
    public override CheckResult Check(PlanProblem problem, Certificate certificate) =>
        problem is SponsorProblem data && certificate is SponsorCertificate claim
            ? Check(data, claim)
            : Reject(certificate, "Nachweis und Aufgabe gehören nicht zusammen.");

    private static CheckResult Check(SponsorProblem problem, SponsorCertificate claim)
    {
        if (claim.Start is { } start && start.Count != problem.Constituencies) return RejectUnused(claim);
        if (claim.Instance != problem.Instance) return Reject(claim, "Der Nachweis gehört zu einer anderen Aufgabe.");
        long? value = null;
        if (claim.MemberOf is { } plan)
        {
            if (PlanFault(problem, plan, out var cost) is { } fault) return Reject(claim, fault);
            value = cost;
        }
        if (claim.Objective != value) return Reject(claim, "Der genannte Wert ist nicht der Wert des Plans.", value is not null, value);
        if (new object?[] { claim.Areas, claim.Loads, claim.Columns }.Count(proof => proof is not null) != 1) return Reject(claim, "Gebraucht wird genau ein Beweis.", value is not null, value);
        var reason = claim.Areas is { } areas ? AreaReplay.Fault(problem, areas)
            : claim.Columns is { } columns ? ColumnReplay.Fault(problem, columns) : AssignmentProofReplay.Fault(problem.Relaxed, claim.Loads!);
        if (reason is not null) return Reject(claim, reason, value is not null, value);
        var result = GapChecker.Judge(claim, value, claim.Areas?.Threshold ?? claim.Columns?.Threshold ?? claim.Loads!.Threshold, problem.Relaxed.CostlierThanAny);
        if (!result.Ok) return result;
        if (ToleranceFault(problem, claim) is { } wrong) return Reject(claim, wrong);
        return result.Feasible ? result : result with { Sentence = claim.Status == PlanStatus.Infeasible ? SponsorSentences.Refusal(problem, claim) : result.Sentence };
    }

    private static string? PlanFault(SponsorProblem problem, IReadOnlyList<int> plan, out long cost) =>
        GapChecker.Cost(problem.Relaxed, plan, out cost) is { } fault ? fault
        : problem.Connected && Areas.FirstTorn(problem, plan) is { } member ? $"Die Wahlkreise von Person {member + 1} hängen nicht zusammen."
        : null;

    private const string Unused = "Zur kleinsten Toleranz stehen Angaben da, die nicht gebraucht werden.";

    // "from x % on it works": a plan at x, and nothing a thousandth below
    private static string? ToleranceFault(SponsorProblem problem, SponsorCertificate claim)
    {
        if (claim.LeastTolerancePermille is not { } least) return claim.LeastPlan is null && claim.LeastProof is null ? null : Unused;
        if (claim.Status != PlanStatus.Infeasible || least is < 0 or > 2000 || claim.LeastPlan is not { } plan)
            return "Zur kleinsten Toleranz fehlt der Plan.";
        if (PlanFault(problem.WithTolerance(least), plan, out _) is { } fault) return $"Der Plan zur kleinsten Toleranz hält die Vorgaben nicht ein: {fault}";
        if (IsRefusedBelow(problem, least)) return claim.LeastProof is null ? null : Unused;
        var below = problem.WithTolerance(least - 1);
        if (problem.Connected) return claim.LeastProof is null ? AreaReplay.NoDivisionFault(below) : Unused;
        if (claim.LeastProof is not { Threshold: >= 0 } proof) return "Zur kleinsten Toleranz fehlt der Beweis.";
        var relaxed = below.Relaxed;
        return AssignmentProofReplay.Fault(new GeneralisedAssignmentProblem(relaxed.Instance, relaxed.Agents, relaxed.Jobs,
            new long[relaxed.Cost.Length], relaxed.Weight, relaxed.MinLoad, relaxed.MaxLoad, relaxed.Allowed), proof);
    }

    /// <summary>True when a thousandth below a tolerance is the impossible problem itself, or narrower: that needs no other proof.</summary>
    internal static bool IsRefusedBelow(SponsorProblem problem, int least) => least == 0 || least - 1 == problem.TolerancePermille
        || (problem.WithTolerance(least - 1) is var below && below.MinLoad >= problem.MinLoad && below.MaxLoad <= problem.MaxLoad);
}
