namespace Anlauf.Planning.Certificates;

/// <summary>Proof for a location problem: the plan and a tree of cases, each closed by Lagrangian multipliers.</summary>
public sealed record LocationCertificate : Certificate
{
    /// <inheritdoc/>
    public override string Family => "location";

    /// <summary>Indices of the open sites.</summary>
    public required IReadOnlyList<int> Open { get; init; }

    /// <summary>Multipliers and prices are in units of 1 ÷ scale of the objective.</summary>
    public required long Scale { get; init; }

    /// <summary>The tree: base64 of deflated bytes, layout in docs/rooms/planning.md.</summary>
    public required string Proof { get; init; }
}
