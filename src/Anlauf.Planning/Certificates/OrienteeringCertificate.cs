namespace Anlauf.Planning.Certificates;

/// <summary>Proof for (team) orienteering: the tours, and prices by cases; without them the checker's own quick bound counts.</summary>
public sealed record OrienteeringCertificate : Certificate
{
    /// <inheritdoc/>
    public override string Family => "orienteering";

    /// <summary>Points of each tour in order, start and end included.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Tours { get; init; }

    /// <summary>Prices of rows that show the bound, or none.</summary>
    public TourProof? Proof { get; init; }
}
