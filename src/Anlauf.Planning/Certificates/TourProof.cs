using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Certificates;

/// <summary>A connection row: 2 x(E(S)) ≤ edges at the nodes of S other than <paramref name="Node"/>.</summary>
/// <param name="Node">node of S</param>
/// <param name="Nodes">S; node 0 is the start, 1 the end, the others the points of use in their order</param>
public sealed record TourConnection(int Node, IReadOnlyList<int> Nodes);

/// <summary>One step of the case tree in preorder: a point in or out, an edge in or out (in first), or an end with prices.</summary>
/// <param name="A">node, or first node of the edge; −1 for an end</param>
/// <param name="B">second node of the edge; −1 for a point</param>
/// <param name="Rows">rows with a price: 0 length, 1 + node its degree, then connections; −1 − k the case at depth k</param>
/// <param name="Prices">their prices in units of 2^−scale of half a score, see <see cref="TourProof.ScaleOf"/></param>
public sealed record TourCase(int A, int B, IReadOnlyList<int> Rows, IReadOnlyList<long> Prices);

/// <summary>Proof that no plan scores more than a bound: prices of rows every plan keeps, by cases.</summary>
/// <param name="RootRows">rows whose prices drop the edges no better plan can use</param>
/// <param name="RootPrices">their prices</param>
/// <param name="Connections">connection rows referred to</param>
/// <param name="Tree">cases in preorder</param>
public sealed record TourProof(
    IReadOnlyList<int> RootRows, IReadOnlyList<long> RootPrices, IReadOnlyList<TourConnection> Connections, IReadOnlyList<TourCase> Tree)
{
    private const int MostScale = 32, PriceDigits = 44;

    /// <summary>Binary digits of a price behind the point: fewer where large scores would leave too little room before it.</summary>
    /// <param name="problem">the problem</param>
    public static int ScaleOf(OrienteeringProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Math.Min(MostScale, PriceDigits - (int)long.Log2(problem.Points.Max(point => point.Score) | 1));
    }
}
