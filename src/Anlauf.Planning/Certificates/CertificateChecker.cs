using System.Globalization;

namespace Anlauf.Planning.Certificates;

/// <summary>What a checker found.</summary>
/// <param name="Instance">name of the problem</param>
/// <param name="Feasible">the plan in the certificate keeps every rule</param>
/// <param name="Objective">value of the plan, computed again from the problem, or none</param>
/// <param name="Bound">bound, computed again from the proof, or none</param>
/// <param name="Ok">everything the certificate claims was verified</param>
/// <param name="Reason">German: what failed, or none</param>
/// <param name="Sentence">German: what the proof says to a layperson</param>
public sealed record CheckResult(
    string Instance, bool Feasible, decimal? Objective, decimal? Bound, bool Ok, string? Reason, string Sentence);

/// <summary>Verifies the certificates of one family. Knows the problem data and the certificate, never a solver.</summary>
public abstract class FamilyChecker
{
    /// <summary>Name in <see cref="Certificate.Family"/>.</summary>
    public abstract string Family { get; }

    /// <summary>Record type of the certificate.</summary>
    public abstract Type CertificateType { get; }

    /// <summary>
    /// Verifies feasibility, value and bound. A certificate that does not fit is a result with
    /// <see cref="CheckResult.Ok"/> false, never an exception.
    /// </summary>
    public abstract CheckResult Check(PlanProblem problem, Certificate certificate);

    /// <summary>A certificate with a plan that says it knows none.</summary>
    internal CheckResult RejectUnknown(Certificate certificate) => Reject(certificate, "Er nennt einen Wert und will keinen kennen.");

    /// <summary>A certificate with more in it than its proof uses.</summary>
    protected static CheckResult RejectUnused(Certificate certificate) => Reject(certificate, "Er enthält Angaben, die für diesen Beweis nicht gebraucht werden.");

    /// <summary>A result that rejects the certificate.</summary>
    protected static CheckResult Reject(Certificate certificate, string reason, bool feasible = false, decimal? objective = null) =>
        new(certificate.Instance, feasible, objective, null, false, reason, $"Der Nachweis hält der Prüfung nicht stand: {reason}");

    /// <summary>A number as it stands in a German sentence.</summary>
    protected static string German(decimal value) => value.ToString("#,0.###", CultureInfo.GetCultureInfo("de-DE"));
}

/// <summary>Finds the checker of a certificate and runs it.</summary>
public static class CertificateChecker
{
    private static readonly Dictionary<string, FamilyChecker> Checkers =
        ((IEnumerable<FamilyChecker>)[.. LocationCheckers.All, .. AssignmentCheckers.All, .. RouteCheckers.All])
        .ToDictionary(checker => checker.Family, StringComparer.Ordinal);

    internal static FamilyChecker? Find(string? family) => family is null ? null : Checkers.GetValueOrDefault(family);

    /// <summary>Verifies a certificate against a problem held in memory.</summary>
    /// <exception cref="PlanInputException">no checker for the family</exception>
    public static CheckResult Check(PlanProblem problem, Certificate certificate)
    {
        var checker = Find(certificate.Family)
            ?? throw new PlanInputException($"Für die Familie „{certificate.Family}“ gibt es keinen Prüfer.");
        return certificate is { Status: PlanStatus.Unknown, Objective: not null } or { Status: PlanStatus.Infeasible, Objective: not null } or { Status: PlanStatus.Infeasible, Bound: not null } ? checker.RejectUnknown(certificate) : checker.Check(problem, certificate);
    }

    /// <summary>Verifies a certificate alone: reads the problem it names.</summary>
    /// <exception cref="PlanInputException">the problem is missing or changed, or no checker exists</exception>
    public static CheckResult Check(Certificate certificate)
    {
        var reference = certificate.Problem
            ?? throw new PlanInputException($"Der Nachweis zu „{certificate.Instance}“ nennt keine Datei der Aufgabe.");
        return Check(reference.Open(certificate.Instance), certificate);
    }
}
