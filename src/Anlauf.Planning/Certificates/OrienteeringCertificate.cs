namespace Anlauf.Planning.Certificates;

/// <summary>Proof for (team) orienteering: the tours. The checker finds its bound from the points alone.</summary>
public sealed record OrienteeringCertificate : Certificate
{
    /// <inheritdoc/>
    public override string Family => "orienteering";

    /// <summary>Points of each tour in order, start and end included.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Tours { get; init; }
}
