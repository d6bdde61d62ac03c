using Anlauf.Planning.Assignment.Generalised;

namespace Anlauf.Planning.Certificates;

/// <summary>Verifies plans, values and bounds of generalised assignment problems.</summary>
internal sealed class GapChecker : FamilyChecker
{
    /// <inheritdoc/>
    public override string Family => "gap";

    /// <inheritdoc/>
    public override Type CertificateType => typeof(GapCertificate);

    /// <inheritdoc/>
    public override CheckResult Check(PlanProblem problem, Certificate certificate) =>
        problem is GeneralisedAssignmentProblem data && certificate is GapCertificate claim
            ? Check(data, claim)
            : Reject(certificate, "Nachweis und Aufgabe gehören nicht zusammen.");

    private static CheckResult Check(GeneralisedAssignmentProblem problem, GapCertificate claim)
    {
        if (claim.Multipliers is { } start && start.Count != problem.Jobs) return RejectUnused(claim);
        if (claim.Instance != problem.Instance) return Reject(claim, "Der Nachweis gehört zu einer anderen Aufgabe.");
        long? value = null;
        if (claim.AgentOf is { } plan)
        {
            var fault = Cost(problem, plan, out var cost);
            if (fault is not null) return Reject(claim, fault);
            value = cost;
        }
        if (claim.Objective != value) return Reject(claim, "Der genannte Wert ist nicht der Wert des Plans.", value is not null, value);
        if (claim.Proof is null) return Reject(claim, "Der Beweis fehlt.", value is not null, value);
        if (AssignmentProofReplay.Fault(problem, claim.Proof) is { } reason) return Reject(claim, reason, value is not null, value);
        return Judge(claim, value, claim.Proof.Threshold, problem.CostlierThanAny);
    }

    /// <summary>Compares value and proven threshold with what the certificate claims.</summary>
    internal static CheckResult Judge(Certificate claim, long? value, long threshold, long costlierThanAny)
    {
        var impossible = threshold >= costlierThanAny;
        var bound = value is { } cost ? Math.Min(cost, threshold + 1) : threshold + 1;
        var status = impossible && value is null ? PlanStatus.Infeasible
            : value is null ? PlanStatus.Unknown
            : value == bound ? PlanStatus.Optimal : PlanStatus.Feasible;
        if (impossible && value is not null) return Reject(claim, "Plan und Beweis widersprechen sich.", true, value);
        if (claim.Status != status) return Reject(claim, "Der genannte Stand ist nicht der bewiesene.", value is not null, value);
        if (claim.Bound != (impossible ? null : bound)) return Reject(claim, "Die genannte Schranke ist nicht die bewiesene.", value is not null, value);
        var sentence = status switch
        {
            PlanStatus.Optimal => $"Der Plan kostet {German(value!.Value)}; kein Plan ist billiger.",
            PlanStatus.Feasible => $"Der Plan kostet {German(value!.Value)}; kein Plan kostet weniger als {German(bound)}.",
            PlanStatus.Infeasible => "Kein Plan hält alle Vorgaben ein.",
            _ => $"Kein Plan kostet weniger als {German(bound)}; ob es einen gibt, ist offen.",
        };
        return new(claim.Instance, value is not null, value, impossible ? null : bound, true, null, sentence);
    }

    /// <summary>Cost of a plan, or the German reason why it is none.</summary>
    internal static string? Cost(GeneralisedAssignmentProblem problem, IReadOnlyList<int> agentOf, out long cost)
    {
        cost = 0;
        if (agentOf.Count != problem.Jobs) return "Der Plan nennt nicht für jede Aufgabe eine Stelle.";
        var load = new long[problem.Agents];
        for (var j = 0; j < problem.Jobs; j++)
        {
            var i = agentOf[j];
            if (i < 0 || i >= problem.Agents || !problem.Allows(i, j)) return $"Aufgabe {j + 1} ist einer Stelle zugeteilt, die nicht erlaubt ist.";
            load[i] += problem.Weight[(i * problem.Jobs) + j];
            cost += problem.Cost[(i * problem.Jobs) + j];
        }
        for (var i = 0; i < problem.Agents; i++)
            if (load[i] < problem.MinLoad[i] || load[i] > problem.MaxLoad[i])
                return $"Stelle {i + 1} trägt {load[i]}, erlaubt sind {problem.MinLoad[i]} bis {problem.MaxLoad[i]}.";
        return null;
    }
}
