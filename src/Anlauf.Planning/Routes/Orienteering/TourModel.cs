namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>Kinds of rows of the linear relaxation; see <see cref="TourModel"/>.</summary>
internal enum TourRowKind
{
    /// <summary>Lengths of all edges ≤ tours × budget.</summary>
    Length,

    /// <summary>Edges at a point ≤ 2 (at start and end: ≤ tours).</summary>
    Degree,

    /// <summary>Connection: 2 x(E(S)) ≤ edges at points of S without the one named.</summary>
    Connection,

    /// <summary>A case: the point is left out.</summary>
    PointOut,

    /// <summary>A case: the point is visited.</summary>
    PointIn,

    /// <summary>A case: the edge is not used.</summary>
    EdgeOut,

    /// <summary>A case: the edge is used.</summary>
    EdgeIn,
}

/// <summary>A row Σ coefficient · x ≤ right side.</summary>
/// <param name="Kind">its kind</param>
/// <param name="A">point, or first end of the edge</param>
/// <param name="B">second end of the edge</param>
/// <param name="Set">points of a connection row, bit per node</param>
internal readonly record struct TourRow(TourRowKind Kind, int A = 0, int B = 0, UInt128 Set = default);

/// <summary>
/// Orienteering as a choice of undirected edges (Fischetti, Salazar González and Toth 1998). Node 0 is the start, 1 the end
/// (also when both are one place), the others the points of use. A point is visited half as often as edges touch it, so an
/// edge is worth half the scores of its ends. Scores count double, lengths in millionths, rounded down: a relaxation.
/// </summary>
internal sealed class TourModel
{
    /// <summary>Most nodes: sets are 128 bits wide.</summary>
    public const int MostNodes = 128;

    private const long LengthUnit = OrienteeringProblem.UnitsPerLength / 1_000_000;
    private readonly OrienteeringProblem _problem;

    public TourModel(OrienteeringProblem problem)
    {
        _problem = problem;
        Points = [problem.Start, problem.End, .. problem.PointsOfUse];
        Budget = (long)((Int128)problem.Tours * problem.Budget / LengthUnit);
        var edges = new List<(int, int)>();
        for (var i = 0; i < Points.Length; i++)
            for (var j = i + 1; j < Points.Length; j++)
                if (i != 0 || j != 1) edges.Add((i, j)); // a tour straight to the end is worth nothing
        Edges = [.. edges];
    }

    /// <summary>Number of the point of each node.</summary>
    public int[] Points { get; }

    /// <summary>All edges but the one from start to end.</summary>
    public (int A, int B)[] Edges { get; }

    /// <summary>Tours × budget.</summary>
    public long Budget { get; }

    /// <summary>Score of a node; start and end have none.</summary>
    public long Score(int node) => node < 2 ? 0 : _problem.Points[Points[node]].Score;

    /// <summary>Twice the value of an edge.</summary>
    public long Value((int A, int B) edge) => Score(edge.A) + Score(edge.B);

    /// <summary>Coefficient of an edge in a row.</summary>
    public long Coefficient(TourRow row, (int A, int B) edge)
    {
        var touches = edge.A == row.A || edge.B == row.A ? 1 : 0;
        return row.Kind switch
        {
            TourRowKind.Length => _problem.Leg(Points[edge.A], Points[edge.B]) / LengthUnit,
            TourRowKind.Degree or TourRowKind.PointOut => touches,
            TourRowKind.PointIn => -touches,
            TourRowKind.EdgeOut => edge == (row.A, row.B) ? 1 : 0,
            TourRowKind.EdgeIn => edge == (row.A, row.B) ? -1 : 0,
            _ => Connection(row, edge),
        };
    }

    /// <summary>Right side of a row.</summary>
    public long Right(TourRow row) => row.Kind switch
    {
        TourRowKind.Length => Budget,
        TourRowKind.Degree => row.A < 2 ? _problem.Tours : 2,
        TourRowKind.PointIn => -2,
        TourRowKind.EdgeIn => -1,
        _ => 0,
    };

    private static long Connection(TourRow row, (int A, int B) edge)
    {
        var (a, b) = ((row.Set >> edge.A) & 1, (row.Set >> edge.B) & 1);
        return (a & b) == 1 ? (edge.A == row.A || edge.B == row.A ? 1 : 0)
            : (a == 1 && edge.A != row.A) || (b == 1 && edge.B != row.A) ? -1 : 0;
    }
}
