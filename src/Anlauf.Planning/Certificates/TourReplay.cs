using System.Runtime.CompilerServices;
using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Replays a <see cref="TourProof"/>. Every plan is a set of edges that keeps the length, at most two edges at a point, and a
/// connection of each visited point with the start; so Σ price · right side + Σ edges of max(0, worth − priced use) bounds
/// its score. Plain whole numbers; knows nothing of how the prices were found.
/// </summary>
internal sealed class TourReplay
{
    private readonly OrienteeringProblem _problem;
    private readonly TourProof _proof;
    private readonly int _scale;
    private readonly int[] _points;
    private readonly HashSet<int>[] _connections;
    private readonly Int128 _limit; // scaled, twice the score: ends must stay below
    private readonly List<(int A, int B, bool In)> _path = [];
    private List<(int A, int B)> _edges = [];
    private readonly HashSet<int> _used = [];
    private int _at;

    private TourReplay(OrienteeringProblem problem, TourProof proof, long bound)
    {
        (_problem, _proof, _scale) = (problem, proof, TourProof.ScaleOf(problem));
        _points = [problem.Start, problem.End, .. problem.PointsOfUse];
        _connections = [.. proof.Connections.Select(c => c.Nodes.ToHashSet())];
        // no score lies strictly between two multiples of the common divisor
        _limit = (Int128)2 * (((bound / problem.ScoreUnit) + 1) * problem.ScoreUnit) << _scale;
        for (var a = 0; a < _points.Length; a++)
            for (var b = a + 1; b < _points.Length; b++)
                if (b > 1) _edges.Add((a, b));
    }

    /// <summary>None when the proof shows the bound, else a German sentence about what fails.</summary>
    public static string? Fault(OrienteeringProblem problem, TourProof proof, long bound)
    {
        if (proof.RootRows is null || proof.RootPrices is null || proof.Connections is null || proof.Tree is null) return "Dem Beweis fehlen Teile.";
        if (problem.PointsOfUse.Count == 0) return "Der Beweis gehört zu einer anderen Aufgabe.";
        var nodes = problem.PointsOfUse.Count + 2;
        if (proof.Connections.Any(c => c?.Nodes is null || !c.Nodes.Contains(c.Node) || c.Nodes.Distinct().Count() != c.Nodes.Count || c.Nodes.Any(n => n < 2 || n >= nodes))) return "Eine Bedingung des Beweises gilt nicht.";
        try
        {
            var replay = new TourReplay(problem, proof, bound);
            var root = replay.Value(proof.RootRows, proof.RootPrices);
            replay._edges = [.. replay._edges.Where(e => root + Int128.Min(0, replay.Left(e, proof.RootRows, proof.RootPrices)) >= replay._limit)];
            return replay.Case() ?? (replay._at == proof.Tree.Count && replay._used.Count == proof.Connections.Count ? null : "Der Beweis enthält Angaben, die er nicht braucht.");
        }
        catch (Exception exception) when (exception is InvalidDataException or OverflowException or InsufficientExecutionStackException)
        {
            return "Der Baum des Beweises ist nicht lesbar.";
        }
    }

    private string? Case()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (_at >= _proof.Tree.Count || _proof.Tree[_at] is not { Rows: not null, Prices: not null } step) throw new InvalidDataException();
        _at++;
        if (step.A < 0 ? step.A != -1 || step.B != -1 : step.B < -1 || step.Rows.Count + step.Prices.Count > 0) throw new InvalidDataException();
        if (step.A < 0)
            return Value(step.Rows, step.Prices) < _limit ? null : "Ein Fall des Beweises lässt einen besseren Plan zu.";
        if (step.A >= _points.Length || step.B >= _points.Length || (step.B < 0 && step.A < 2)) throw new InvalidDataException();
        foreach (var isIn in new[] { true, false })
        {
            _path.Add((step.A, step.B, isIn));
            if (Case() is { } fault) return fault;
            _path.RemoveAt(_path.Count - 1);
        }
        return null;
    }

    private Int128 Value(IReadOnlyList<int> rows, IReadOnlyList<long> prices)
    {
        if (rows.Count != prices.Count || prices.Any(p => p is < 1 or > 1L << 60)) throw new InvalidDataException();
        Int128 value = 0;
        for (var k = 0; k < rows.Count; k++) value = checked(value + (prices[k] * Right(rows[k])));
        foreach (var edge in _edges) value = checked(value + Int128.Max(0, Left(edge, rows, prices)));
        return value;
    }

    private Int128 Left((int A, int B) edge, IReadOnlyList<int> rows, IReadOnlyList<long> prices)
    {
        Int128 left = (Int128)(Score(edge.A) + Score(edge.B)) << _scale;
        for (var k = 0; k < rows.Count; k++) left = checked(left - (prices[k] * Coefficient(rows[k], edge)));
        return left;
    }

    private long Score(int node) => node < 2 ? 0 : _problem.Points[_points[node]].Score;

    private Int128 Right(int row)
    {
        if (row == 0) return (Int128)_problem.Tours * _problem.Budget / 1000;
        if (row > _points.Length) _used.Add(row);
        if (row > 0) return row <= _points.Length ? (row < 3 ? _problem.Tours : 2) : row - 1 - _points.Length < _connections.Length ? 0 : throw new InvalidDataException();
        if (-1 - row >= _path.Count) throw new InvalidDataException();
        var (_, b, isIn) = _path[-1 - row];
        return !isIn ? 0 : b < 0 ? -2 : -1;
    }

    private Int128 Coefficient(int row, (int A, int B) edge)
    {
        if (row == 0) return _problem.Leg(_points[edge.A], _points[edge.B]) / 1000;
        if (row < 0)
        {
            var (a, b, isIn) = _path[-1 - row];
            var hit = b < 0 ? edge.A == a || edge.B == a : (edge.A, edge.B) == (Math.Min(a, b), Math.Max(a, b));
            return hit ? isIn ? -1 : 1 : 0;
        }
        if (row <= _points.Length) return edge.A == row - 1 || edge.B == row - 1 ? 1 : 0;
        // 2 when the edge lies within the set, less 1 for each end in the set that is not the node itself
        var (set, node) = (_connections[row - 1 - _points.Length], _proof.Connections[row - 1 - _points.Length].Node);
        var within = set.Contains(edge.A) && set.Contains(edge.B) ? 2 : 0;
        return within - (set.Contains(edge.A) && edge.A != node ? 1 : 0) - (set.Contains(edge.B) && edge.B != node ? 1 : 0);
    }
}
