using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// Large neighbourhood search for (team) orienteering: take some points out (a stretch of a tour, neighbours, or any), put open points
/// in, in random order or by score per extra length; keep by a threshold that cools down and is lifted again.
/// </summary>
public static class OrienteeringSolver
{
    private const int FirstSteps = 300;

    /// <summary>Solves the problem; ends at the limits, or earlier when the bound is reached.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="limits">time, iterations, seed</param>
    /// <param name="warm">plan of a similar problem to start from; what does not fit is left out</param>
    public static PlanResult Solve(OrienteeringProblem problem, SearchLimits limits, OrienteeringPlan? warm = null)
    {
        var clock = limits.Start();
        if (problem.Leg(problem.Start, problem.End) > problem.Budget)
            return Result(problem, PlanStatus.Infeasible, null, null, null, clock);
        var quick = OrienteeringBound.Of(problem);
        var search = new NeighbourhoodSearch(problem, limits.Seed, clock);
        if (warm is not null) search.StartFrom(warm);
        search.Run(quick, FirstSteps);
        var proof = new OrienteeringProof(problem, limits, clock, search, quick);
        proof.Run();
        if (proof.Bound > search.Best.Score) search.Run(proof.Bound, long.MaxValue);
        return Result(problem, search, proof, clock);
    }

    private static PlanResult Result(OrienteeringProblem problem, NeighbourhoodSearch search, OrienteeringProof proof, SearchClock clock)
    {
        var score = search.Best.Score;
        var plan = new OrienteeringPlan([.. Enumerable.Range(0, problem.Tours)
            .Select(r => (IReadOnlyList<int>)search.Best.Stops[r].AsSpan(0, search.Best.Size[r]).ToArray())]);
        return Result(problem, score == proof.Bound ? PlanStatus.Optimal : PlanStatus.Feasible, score, proof.Bound, plan, clock, proof);
    }

    private static PlanResult Result(OrienteeringProblem problem, PlanStatus status, long? score, long? bound, OrienteeringPlan? plan, SearchClock clock, OrienteeringProof? proof = null) => new()
    {
        Instance = problem.Instance,
        Status = status,
        Objective = score,
        Bound = bound,
        Seconds = clock.Elapsed.TotalSeconds,
        Solution = plan,
        Certificate = new OrienteeringCertificate
        {
            Instance = problem.Instance,
            Status = status,
            Objective = score,
            Bound = bound,
            Tours = plan?.Tours ?? [],
            Proof = proof?.Prices,
            Rounds = proof?.Rounds,
        },
    };
}

/// <summary>The search itself: current tours, best tours, random choices.</summary>
internal sealed class NeighbourhoodSearch
{
    private const int Cycle = 12_000, MostNear = 30;
    private const double WarmestShare = 0.1;

    private readonly OrienteeringProblem _problem;
    private readonly SearchClock _clock;
    private readonly Selection _selection;
    private readonly Tours _current;
    private readonly Tours _trial;
    private readonly double[] _worth;
    private readonly int[][] _near;
    private ulong _random;
    private long _step;

    public NeighbourhoodSearch(OrienteeringProblem problem, ulong seed, SearchClock clock)
    {
        (_problem, _clock, _random) = (problem, clock, seed * 0x9E3779B97F4A7C15 + 1);
        _selection = new(problem);
        var shortening = new Shortening(problem);
        (_current, _trial, Best) = (new(problem, shortening, clock), new(problem, shortening, clock), new(problem, shortening, clock));
        _worth = new double[problem.Points.Count];
        _near = Nearest.Of(problem, Best.Useful, MostNear);
    }

    public Tours Best { get; }

    public void StartFrom(OrienteeringPlan plan)
    {
        // the points of the old plan first, then the rest
        foreach (var point in plan.Tours.SelectMany(t => t))
            if (point >= 0 && point < _worth.Length) _worth[point] = 1e9 + _problem.Points[point].Score;
        _current.Insert(_worth);
        Best.CopyFrom(_current);
    }

    /// <summary>Takes over one tour, start and end included, where it is better.</summary>
    public void Adopt(int[] stops)
    {
        if (stops[1..^1].Sum(point => _problem.Points[point].Score) <= Best.Score) return;
        _current.Replace(0, stops);
        Best.CopyFrom(_current);
    }

    /// <summary>Goes on from where the last run ended, for so many steps or until the bound is reached.</summary>
    public void Run(long bound, long steps)
    {
        if (_step == 0)
        {
            for (var i = 0; i < _worth.Length; i++) _worth[i] = _problem.Points[i].Score;
            _current.Insert(_worth, isFirst: true);
            if (_current.Score >= Best.Score) Best.CopyFrom(_current);
        }
        if (Best.Useful.Length == 0) return;
        var report = 0L;
        for (; steps > 0 && Best.Score < bound && _clock.Step(); steps--, _step++)
        {
            if (_step % Cycle == 0) Restart((int)(_step / Cycle));
            var heat = 1 - ((double)(_step % Cycle) / Cycle);
            _trial.CopyFrom(_current);
            TakeOut();
            Attract();
            _trial.Insert(_worth);
            Select();
            var allowed = heat * heat * WarmestShare * Best.Score * Uniform();
            if (_trial.Score < _current.Score - allowed
                || (_trial.Score == _current.Score && allowed < 1 && _trial.TotalLength > _current.TotalLength)) continue;
            _current.CopyFrom(_trial);
            if (_current.Score <= Best.Score) continue;
            Best.CopyFrom(_current);
            if (_clock.Elapsed.Ticks - report > TimeSpan.TicksPerMillisecond * 20)
            {
                report = _clock.Elapsed.Ticks;
                _clock.Report(Best.Score, bound);
            }
        }
        _clock.Report(Best.Score, bound);
    }

    // where that may matter: the table costs as much as the step itself
    private void Select()
    {
        if (!_selection.Fits || !_trial.IsCurrent || _trial.Score < _current.Score - (_current.Score / 60)) return;
        var tour = _trial.Count == 1 ? 0 : Below(_trial.Count);
        var stops = _selection.Choose(_trial, tour);
        if (stops.Length == 0) return;
        _trial.Replace(tour, stops);
        _trial.Insert(_worth);
    }

    // best tours, then others far from them: half the points gone, or all
    private void Restart(int cycle)
    {
        if (cycle % 3 != 2) _current.CopyFrom(Best);
        if (cycle % 3 == 0) return;
        foreach (var point in _current.Useful)
            if (_current.TourOf[point] >= 0 && (cycle % 3 == 2 || Below(2) == 0)) _current.TourOf[point] = -2;
        _current.RemoveMarked();
        _current.ByLength = true;
        foreach (var point in _current.Useful) _worth[point] = _problem.Points[point].Score * Uniform();
        _current.Insert(_worth);
    }

    private void TakeOut()
    {
        var tour = Below(_trial.Count);
        var inside = _trial.Size[tour] - 2;
        switch (Below(4))
        {
            case 0 when inside > 0:
                var count = 1 + Below(Math.Min(inside, 12));
                var first = 1 + Below(inside - count + 1);
                for (var k = first; k < first + count; k++) _trial.TourOf[_trial.Stops[tour][k]] = -2;
                break;
            case 1:
                var centre = _trial.Useful[Below(_trial.Useful.Length)];
                if (_trial.TourOf[centre] >= 0) _trial.TourOf[centre] = -2;
                var most = Below(Math.Min(_near[centre].Length, 14) + 1);
                foreach (var point in _near[centre].AsSpan(0, most))
                    if (_trial.TourOf[point] >= 0) _trial.TourOf[point] = -2;
                break;
            case 2:
                // a stretch from each of two tours, so that points can change sides
                Stretch(tour);
                Stretch(Below(_trial.Count));
                break;
            default:
                var share = 1 + Below(Math.Max(1, (_trial.Useful.Length - _trial.OpenCount) / 8));
                for (var k = 0; k < share; k++)
                {
                    var point = _trial.Useful[Below(_trial.Useful.Length)];
                    if (_trial.TourOf[point] >= 0) _trial.TourOf[point] = -2;
                }
                break;
        }
        _trial.RemoveMarked();
    }

    private void Stretch(int tour)
    {
        var inside = _trial.Size[tour] - 2;
        if (inside <= 0) return;
        var count = 1 + Below(Math.Min(inside, 6));
        var first = 1 + Below(inside - count + 1);
        for (var k = first; k < first + count; k++)
            if (_trial.TourOf[_trial.Stops[tour][k]] >= 0) _trial.TourOf[_trial.Stops[tour][k]] = -2;
    }

    // mostly points in random order, each where it costs least: by score per length alone the search stays in the first basin
    private void Attract()
    {
        var noise = Below(3) * 0.4;
        var kind = Below(14);
        _trial.ByLength = kind < 3;
        foreach (var point in _trial.Useful)
        {
            double score = _problem.Points[point].Score;
            _worth[point] = kind switch
            {
                0 => score * (1 - noise * Uniform()),
                1 => score * Math.Sqrt(score) * (1 - noise * Uniform()),
                2 => score * score * (1 - noise * Uniform()),
                _ => score * Uniform(),
            };
        }
    }

    private int Below(int limit) => (int)(Next() % (ulong)limit);

    private double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next()
    {
        // splitmix64 (Steele, Lea, Flood 2014)
        var z = _random += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
