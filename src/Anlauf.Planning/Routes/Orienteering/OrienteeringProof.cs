using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// Bound and proof in turns with the search: <see cref="RememberedTours"/> prove short tours, the linear relaxation and its tree
/// (<see cref="TourTree"/>) long ones. On two threads both run at once, and the first proof ends the other; on one the rounds
/// begin, and go on before the tree where they promise more.
/// </summary>
internal sealed class OrienteeringProof(OrienteeringProblem problem, SearchLimits limits, SearchClock clock, NeighbourhoodSearch search, long quick)
{
    private const int FirstSteps = 3_000, SecondSteps = 6_000, FewSteps = 100, IdleStepsPerPoint = 5;
    private const long LeastWork = 500_000, LittleWork = 5_000_000, MuchWork = 1L << 60;
    private readonly RememberedTours? _rounds = search.Best.Score < quick && RememberedTours.Fits(problem) ? new(problem, clock) : null;
    private readonly TourTree? _tree = search.Best.Score < quick && TourTree.Fits(problem) ? new(problem, clock) : null;

    /// <summary>Proven bound on the score.</summary>
    public long Bound => Math.Min(quick, Math.Min(_rounds?.Bound ?? quick, _tree?.Bound ?? quick));

    /// <summary>Its proof by prices, where that is the sharpest.</summary>
    public TourProof? Prices => _tree?.Bound < quick && _tree.Bound < (_rounds?.Bound ?? quick) ? _tree.Proof : null;

    /// <summary>Its proof by rounds, where that is the sharpest.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Rounds => _rounds?.Bound < quick && _rounds.Bound <= (_tree?.Bound ?? quick) ? _rounds.Proof : null;

    private long _known;

    private bool IsDone => Bound <= search.Best.Score;

    /// <summary>Works until the best tour is proven, the limits are reached, or nothing more can be done.</summary>
    public void Run()
    {
        if (_rounds is not null && _tree is not null && limits.Workers > 1)
        {
            RunBoth();
            return;
        }
        Remember(LeastWork, TimeSpan.MaxValue);
        if (!IsDone) search.Run(Bound, FirstSteps);
        Remember(_tree is null ? MuchWork : LittleWork, TimeSpan.MaxValue);
        if (_tree is null || IsDone) return;
        Solve();
        if (_rounds?.Bound < _tree.Bound) Remember(MuchWork, limits.Time == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock.Elapsed + (limits.Time / 6));
        Branch();
    }

    private void Remember(long work, TimeSpan until)
    {
        _rounds?.Prove(() => search.Best.Score, work, () => clock.Elapsed < until);
        Adopt();
    }

    private void RunBoth()
    {
        _known = search.Best.Score;
        var isOver = false;
        var beside = OwnThread.Start(() =>
        {
            if (_rounds!.Prove(() => Volatile.Read(ref _known), MuchWork, () => !Volatile.Read(ref isOver))) _tree!.IsOver = true;
        });
        try
        {
            for (var step = 0; step < FirstSteps && !beside.IsCompleted; step += FewSteps)
            {
                search.Run(Bound, FewSteps);
                Volatile.Write(ref _known, search.Best.Score);
            }
            Adopt();
            if (!IsDone) Solve();
            Branch();
            while (!IsDone && !clock.Exhausted && !beside.IsCompleted) Idle();
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            beside.Wait();
        }
        Adopt();
    }

    private void Solve()
    {
        _tree!.Best = search.Best.Score;
        _tree.SolveRoot(limits.Time == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock.Elapsed + (limits.Time / 4));
        if (!IsDone) search.Run(Bound, SecondSteps);
    }

    private void Branch()
    {
        if (IsDone) return;
        _tree!.Best = search.Best.Score;
        _tree.Prove(Idle);
        Adopt();
    }

    // the search, the tree and the rounds tell each other of better tours
    private void Idle()
    {
        Adopt();
        search.Run(Bound, IdleStepsPerPoint * problem.Points.Count);
        _tree!.Best = Math.Max(_tree.Best, search.Best.Score);
        Volatile.Write(ref _known, _tree.Best);
    }

    private void Adopt()
    {
        if (_rounds?.Better is { } round) search.Adopt(round);
        if (_tree?.BetterTour is { } tour) search.Adopt(tour);
    }
}
