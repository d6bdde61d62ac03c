namespace Anlauf.Planning;

/// <summary>What is known about a plan when the search ends.</summary>
public enum PlanStatus
{
    /// <summary>The plan is proven best: its bound equals its value.</summary>
    Optimal,

    /// <summary>A plan was found; the bound says how much better any plan could be.</summary>
    Feasible,

    /// <summary>It is proven that no plan keeps all rules.</summary>
    Infeasible,

    /// <summary>Neither a plan nor a proof of impossibility was found within the limits.</summary>
    Unknown,
}

/// <summary>Value and bound reached so far, reported while a search runs.</summary>
/// <param name="Value">value of the best plan so far in the units of the problem, or none</param>
/// <param name="Bound">proven bound so far in the same units, or none</param>
/// <param name="Elapsed">time since the search began</param>
public readonly record struct PlanProgress(decimal? Value, decimal? Bound, TimeSpan Elapsed);

/// <summary>The answer to one planning problem. Values are in the units of the problem and exact.</summary>
public sealed record PlanResult
{
    /// <summary>Name of the problem, as in the published tables.</summary>
    public required string Instance { get; init; }

    /// <summary>Value of the plan, or none.</summary>
    public decimal? Objective { get; init; }

    /// <summary>No plan can be better than this (smaller when minimising, larger when maximising), or none.</summary>
    public decimal? Bound { get; init; }

    /// <summary>|value − bound| ÷ |value|; 0 is a proof of optimality, none without value or bound.</summary>
    public double? Gap => Objective is not { } value || Bound is not { } bound ? null
        : value == bound ? 0
        : value == 0 ? null
        : (double)(Math.Abs(value - bound) / Math.Abs(value));

    /// <summary>What the search established.</summary>
    public required PlanStatus Status { get; init; }

    /// <summary>Seconds of solving, without reading the files.</summary>
    public double Seconds { get; init; }

    /// <summary>The plan itself: an object of the family that serialises to JSON, or none.</summary>
    public object? Solution { get; init; }

    /// <summary>Data from which <see cref="Certificates.CertificateChecker"/> verifies plan, value and bound.</summary>
    public Certificates.Certificate? Certificate { get; init; }
}
