namespace Anlauf.Planning.Certificates;

/// <summary>Proof for (team) orienteering: the tours, and prices by cases or rounds of paths; without them the checker's own quick bound counts.</summary>
public sealed record OrienteeringCertificate : Certificate
{
    /// <inheritdoc/>
    public override string Family => "orienteering";

    /// <summary>Points of each tour in order, start and end included.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Tours { get; init; }

    /// <summary>Prices of rows that show the bound, or none.</summary>
    public TourProof? Proof { get; init; }

    /// <summary>
    /// Rounds of paths that show the bound of one tour, or none: what is learned before each, point after point in pairs. The first
    /// point of a pair remembers the second. Rounds begin at the start and at the end in turns.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? Rounds { get; init; }
}
