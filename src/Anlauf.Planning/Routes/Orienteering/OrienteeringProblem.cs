using System.Numerics;

namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>A point with its score.</summary>
/// <param name="X">coordinate, in the unit of the budget</param>
/// <param name="Y">coordinate</param>
/// <param name="Score">gained once when visited</param>
public readonly record struct ScoredPoint(double X, double Y, long Score);

/// <summary>
/// (Team) orienteering: a number of tours from start to end, each within a budget of Euclidean length; every point counts once;
/// maximise the score. Lengths are whole multiples of 1 ÷ <see cref="UnitsPerLength"/>, legs rounded to the nearest, so that sums are exact.
/// </summary>
public sealed record OrienteeringProblem : PlanProblem
{
    /// <summary>Units of length per unit of the coordinates.</summary>
    public const long UnitsPerLength = 1_000_000_000;

    private const double LargestLength = 1e6;
    private readonly long[] _legs;

    /// <summary>Builds the problem and refuses what cannot be planned.</summary>
    /// <param name="instance">name</param>
    /// <param name="points">points, start and end among them; their scores do not count</param>
    /// <param name="start">index of the start</param>
    /// <param name="end">index of the end</param>
    /// <param name="tours">number of tours</param>
    /// <param name="budget">greatest length of a tour, in the unit of the coordinates</param>
    /// <exception cref="PlanInputException">a value out of range, naming the point</exception>
    public OrienteeringProblem(string instance, IReadOnlyList<ScoredPoint> points, int start, int end, int tours, decimal budget) : base(instance)
    {
        if (points.Count is < 1 or > 2000) throw new PlanInputException($"{instance}: Es braucht 1 bis 2.000 Punkte.");
        if (start < 0 || start >= points.Count || end < 0 || end >= points.Count) throw PlanInputException.At(start < 0 || start >= points.Count ? "start" : "end", $"{instance}: Start oder Ziel steht nicht in der Liste der Punkte.");
        if (tours is < 1 or > 1000) throw PlanInputException.At("tours", $"{instance}: Es braucht 1 bis 1.000 Touren.");
        if (budget is < 0 or > (decimal)LargestLength) throw PlanInputException.At("budget", $"{instance}: Das Budget muss zwischen 0 und {LargestLength:0} liegen.");
        var total = 0L;
        for (var i = 0; i < points.Count; i++)
        {
            var (x, y, score) = points[i];
            if (!(Math.Abs(x) <= LargestLength && Math.Abs(y) <= LargestLength))
                throw PlanInputException.At($"points[{i}]", $"{instance}, Punkt {i + 1}: Die Koordinaten müssen zwischen −{LargestLength:0} und {LargestLength:0} liegen.");
            if (score is < 0 or > 1L << 40) throw PlanInputException.At($"points[{i}].score", $"{instance}, Punkt {i + 1}: Der Wert muss zwischen 0 und {1L << 40} liegen.");
            total += score;
        }
        (Points, Start, End, Tours, TotalScore) = (points, start, end, tours, total);
        Budget = (long)decimal.Floor(budget * UnitsPerLength);
        _legs = new long[points.Count * points.Count];
        for (var i = 0; i < points.Count; i++)
            for (var j = 0; j < points.Count; j++)
            {
                var (dx, dy) = (points[i].X - points[j].X, points[i].Y - points[j].Y);
                _legs[i * points.Count + j] = (long)Math.Round(Math.Sqrt(dx * dx + dy * dy) * UnitsPerLength);
            }
        PointsOfUse = [.. Enumerable.Range(0, points.Count).Where(IsOfUse)];
        foreach (var point in PointsOfUse) ScoreUnit = (long)BigInteger.GreatestCommonDivisor(ScoreUnit, points[point].Score);
    }

    /// <summary>Points.</summary>
    public IReadOnlyList<ScoredPoint> Points { get; }

    /// <summary>Index of the start.</summary>
    public int Start { get; }

    /// <summary>Index of the end.</summary>
    public int End { get; }

    /// <summary>Number of tours.</summary>
    public int Tours { get; }

    /// <summary>Greatest length of a tour in units.</summary>
    public long Budget { get; }

    /// <summary>Sum of all scores.</summary>
    public long TotalScore { get; }

    /// <summary>Length of a leg in units.</summary>
    public long Leg(int from, int to) => _legs[from * Points.Count + to];

    /// <summary>All points that count, in their order.</summary>
    internal IReadOnlyList<int> PointsOfUse { get; }

    /// <summary>Greatest common divisor of their scores, 0 without any: what plans score differs by a multiple of it.</summary>
    internal long ScoreUnit { get; }

    /// <summary>All legs in units: <c>from × points + to</c>.</summary>
    internal long[] Legs => _legs;

    /// <summary>True for a point that counts: a score, not start or end, and near enough for a tour of its own.</summary>
    public bool IsOfUse(int point) => point != Start && point != End && Points[point].Score > 0 && Leg(Start, point) + Leg(point, End) <= Budget;
}

/// <summary>Tours as points in order, start and end included.</summary>
/// <param name="Tours">one list of indices per tour</param>
public sealed record OrienteeringPlan(IReadOnlyList<IReadOnlyList<int>> Tours);
