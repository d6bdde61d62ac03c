using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Replays the rounds of a proof by paths that come back only where everybody since has forgotten: all that could still score
/// more than the bound within the budget are listed, turn by turn from both ends, and in the last round none is whole. Any tour
/// is such a path, whatever is remembered; so the pairs learned need no check.
/// </summary>
internal sealed class RememberedReplay
{
    private const int MostPoints = 128;
    private const long MostLabels = 20_000_000, MostCells = 400_000, None = long.MaxValue / 4;
    private readonly OrienteeringProblem _problem;
    private readonly int[] _points;
    private readonly Dictionary<int, int> _numbers = [];
    private readonly UInt128[] _memory;
    private readonly int _all, _aim;
    private long _labels;

    private RememberedReplay(OrienteeringProblem problem, int[] points, long bound)
    {
        (_problem, _points) = (problem, points);
        _all = points.Sum(Score);
        _aim = (int)Math.Min(_all + 1, (bound / problem.ScoreUnit) + 1);
        _memory = [.. points.Select((_, k) => UInt128.One << k)];
        foreach (var point in points) _numbers[point] = _numbers.Count;
    }

    /// <summary>None when the rounds show the bound, else a German sentence about what fails.</summary>
    public static string? Fault(OrienteeringProblem problem, IReadOnlyList<IReadOnlyList<int>> rounds, long bound)
    {
        if (problem.Tours != 1) return "Dieser Beweis gilt nur für eine Tour.";
        int[] points = [.. problem.PointsOfUse];
        if (points.Length is 0 or > MostPoints) return "Der Beweis gehört zu einer anderen Aufgabe.";
        if (points.Sum(p => problem.Points[p].Score) / problem.ScoreUnit * points.Length > MostCells) return "Die Aufgabe ist für diesen Beweis zu groß.";
        var replay = new RememberedReplay(problem, points, bound);
        var (left, best) = (replay.Unlimited(), replay._aim);
        for (var round = 0; round < rounds.Count; round++)
        {
            if (rounds[round] is null || !replay.Learn(rounds[round])) return "Eine Runde des Beweises nennt Punkte, die es nicht gibt, oder etwas doppelt.";
            var (from, to) = round % 2 == 0 ? (problem.Start, problem.End) : (problem.End, problem.Start);
            if (replay.Round(from, to, left, out best) is not { } next) return "Der Beweis nennt mehr Wege, als sich prüfen lassen.";
            left = next;
        }
        return rounds.Count > 0 && best < replay._aim ? null : "Die letzte Runde des Beweises lässt einen besseren Weg zu.";
    }

    private int Score(int point) => (int)(_problem.Points[point].Score / _problem.ScoreUnit);

    private bool Learn(IReadOnlyList<int> pairs)
    {
        if (pairs.Count % 2 == 1) return false;
        for (var k = 0; k < pairs.Count; k += 2)
        {
            if (!_numbers.TryGetValue(pairs[k], out var where) || !_numbers.TryGetValue(pairs[k + 1], out var whom)) return false;
            // what is remembered already needs no second mention
            if ((_memory[where] >> whom & UInt128.One) != UInt128.Zero) return false;
            _memory[where] |= UInt128.One << whom;
        }
        return true;
    }

    // least length from a point to the end with at least a score: the length of a direct way, whatever the score
    private long[][] Unlimited()
    {
        var left = _points.Select(_ => new long[_all + 2]).ToArray();
        for (var k = 0; k < _points.Length; k++) Array.Fill(left[k], None);
        for (var score = 1; score <= _all; score++)
            for (var k = 0; k < _points.Length; k++)
            {
                var more = score - Score(_points[k]);
                left[k][score] = more < 0 ? None : more == 0 ? _problem.Leg(_points[k], _problem.End)
                    : Enumerable.Range(0, _points.Length).Where(other => other != k).Select(other => _problem.Leg(_points[k], _points[other]) + left[other][more]).DefaultIfEmpty(None).Min();
            }
        return AtLeast(left);
    }

    private static long[][] AtLeast(long[][] left)
    {
        foreach (var row in left)
            for (var score = row.Length - 2; score >= 0; score--) row[score] = Math.Min(row[score], row[score + 1]);
        return left;
    }

    private long[][]? Round(int from, int to, long[][] left, out int best)
    {
        best = 0;
        var paths = new List<(long Length, UInt128 Seen)>?[_points.Length, _all + 1];
        for (var k = 0; k < _points.Length; k++) Put(paths, left, k, Score(_points[k]), _problem.Leg(from, _points[k]), UInt128.One << k);
        for (var score = 1; score <= _all; score++)
            for (var k = 0; k < _points.Length; k++)
                foreach (var (length, seen) in paths[k, score] ?? [])
                {
                    if (++_labels > MostLabels) return null;
                    if (score >= _aim && length + _problem.Leg(_points[k], to) <= _problem.Budget) best = score;
                    for (var next = 0; next < _points.Length; next++)
                        if ((seen & (UInt128.One << next)) == UInt128.Zero)
                            Put(paths, left, next, score + Score(_points[next]), length + _problem.Leg(_points[k], _points[next]), (seen & _memory[next]) | (UInt128.One << next));
                }
        var rest = _points.Select(_ => new long[_all + 2]).ToArray();
        for (var k = 0; k < _points.Length; k++)
        {
            Array.Fill(rest[k], None);
            for (var score = 1; score <= _all; score++)
                if (paths[k, score] is { Count: > 0 } here) rest[k][score] = here.Min(path => path.Length);
        }
        return AtLeast(rest);
    }

    private void Put(List<(long Length, UInt128 Seen)>?[,] paths, long[][] left, int point, int score, long length, UInt128 seen)
    {
        if (score > _all) return;
        // the point itself counts on both sides
        var missing = Math.Max(0, _aim - score) + Score(_points[point]);
        if (missing > _all || length + left[point][missing] > _problem.Budget) return;
        var here = paths[point, score] ??= [];
        if (here.Any(path => path.Length <= length && (path.Seen & ~seen) == UInt128.Zero)) return;
        here.RemoveAll(path => path.Length >= length && (seen & ~path.Seen) == UInt128.Zero);
        here.Add((length, seen));
    }
}
