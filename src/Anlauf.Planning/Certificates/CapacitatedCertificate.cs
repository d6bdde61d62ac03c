using Anlauf.Planning.Capacitated;

namespace Anlauf.Planning.Certificates;

/// <summary>Proof for facility location with capacities: the plan and a tree of cases, each closed by multipliers.</summary>
public sealed record CapacitatedCertificate : Certificate
{
    /// <inheritdoc/>
    public override string Family => "cflp";

    /// <summary>Indices of the open sites.</summary>
    public required IReadOnlyList<int> Open { get; init; }

    /// <summary>Who serves whom.</summary>
    public required IReadOnlyList<Service> Served { get; init; }

    /// <summary>Multipliers and prices are in units of 1 ÷ scale of the money.</summary>
    public required long Scale { get; init; }

    /// <summary>The tree: base64 of deflated bytes, layout in docs/rooms/planning.md.</summary>
    public required string Proof { get; init; }
}
