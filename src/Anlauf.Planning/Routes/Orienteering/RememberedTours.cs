namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// Bound of one tour by dynamic programming over paths that may come back to a point once every point on the way since has
/// forgotten it (ng-routes: Baldacci, Mingozzi and Roberti 2011). Nothing is remembered at first; where a path better than the
/// best tour comes back, the points of its loop learn to remember (Roberti and Mingozzi 2014), and a new round begins from the
/// other end, cut off by what the last one knows is left from there. Short tours are proven in milliseconds, where the linear
/// relaxation of <see cref="TourTree"/> is weak.
/// </summary>
internal sealed class RememberedTours
{
    private const int MostPoints = 128, MostPaths = 40;
    private const long MostCells = 400_000;
    private readonly OrienteeringProblem _problem;
    private readonly SearchClock _clock;
    private readonly TourLabels _labels;
    private readonly int[] _points;
    private readonly long[] _fromStart, _fromEnd;
    private readonly long _divisor;
    private readonly List<IReadOnlyList<int>> _rounds = [];
    private List<int> _learned = [];
    private long[] _rest;
    private long _better;

    public RememberedTours(OrienteeringProblem problem, SearchClock clock)
    {
        (_problem, _clock) = (problem, clock);
        (_points, _divisor) = ([.. problem.PointsOfUse], problem.ScoreUnit);
        (_fromStart, _fromEnd) = ([.. _points.Select(p => problem.Leg(problem.Start, p))], [.. _points.Select(p => problem.Leg(p, problem.End))]);
        _labels = new TourLabels([.. _points.Select(p => (int)(problem.Points[p].Score / _divisor))],
            [.. _points.SelectMany(a => _points.Select(b => problem.Leg(a, b)))], problem.Budget);
        _rest = _labels.Forgetful(_fromEnd);
    }

    /// <summary>True for one tour and tables that are not too large.</summary>
    public static bool Fits(OrienteeringProblem problem) => problem.Tours == 1 && problem.PointsOfUse.Count is > 0 and <= MostPoints and var count
        && problem.PointsOfUse.Sum(p => problem.Points[p].Score) / problem.ScoreUnit * count <= MostCells;

    /// <summary>Proven bound on the score; very large before the first round is over.</summary>
    public long Bound { get; private set; } = long.MaxValue;

    /// <summary>Its proof: for each round the pairs of points learned before it, one after the other: where, and whom.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Proof { get; private set; } = [];

    /// <summary>A tour better than any known when it was found, start and end included; none as long as there is none.</summary>
    public int[]? Better { get; private set; }

    /// <summary>Goes on with the rounds until no better tour is left.</summary>
    /// <param name="best">score of the best tour known so far</param>
    /// <param name="work">paths to compare, at most</param>
    /// <param name="goOn">asked from time to time</param>
    /// <returns>whether the best tour is proven</returns>
    public bool Prove(Func<long> best, long work, Func<bool> goOn)
    {
        work += _labels.Work;
        while (Math.Max(best(), _better) is var known && Bound > known)
        {
            var (first, last) = _rounds.Count % 2 == 0 ? (_fromStart, _fromEnd) : (_fromEnd, _fromStart);
            if (!_labels.Run(first, last, _rest, (int)(known / _divisor) + 1, work, () => goOn() && _clock.Step())) return false;
            _rounds.Add(_learned);
            _learned = [];
            var bound = Math.Max(known, _labels.Reached * _divisor);
            if (bound < Bound) (Proof, Bound) = ([.. _rounds], bound);
            if (bound > known) Learn();
            _rest = _labels.Rest();
        }
        return true;
    }

    // the best paths of the round, until one is a tour
    private void Learn()
    {
        foreach (var (score, path) in _labels.Paths(MostPaths))
        {
            var loops = false;
            for (var k = 0; k < path.Length; k++)
            {
                var again = Array.IndexOf(path, path[k], k + 1);
                if (again < 0) continue;
                loops = true;
                for (var between = k + 1; between < again; between++)
                    if (_labels.Remember(path[between], path[k])) _learned.AddRange([_points[path[between]], _points[path[k]]]);
            }
            if (loops) continue;
            // paths are listed backwards: those of a round from the end begin at the start
            if (_rounds.Count % 2 == 1) Array.Reverse(path);
            (_better, Better) = (score * _divisor, [_problem.Start, .. path.Select(p => _points[p]), _problem.End]);
            return;
        }
    }
}
