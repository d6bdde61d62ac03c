using System.Diagnostics;

namespace Anlauf.Planning;

/// <summary>How long a search may run and who listens. A proven optimum stops earlier.</summary>
public sealed record SearchLimits
{
    private const int MostWorkers = 4;

    /// <summary>Wall-clock limit; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Limit in iterations of the solver (its own unit). With it and no time limit a run repeats exactly.</summary>
    public long? Iterations { get; init; }

    /// <summary>Seed of every random choice.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of threads a solver may use; 0 for as many as the machine has, four at most.</summary>
    public int Threads { get; init; }

    /// <summary>Ends the search early; the best plan and bound so far are returned.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Hears of every better value or bound.</summary>
    public IProgress<PlanProgress>? Progress { get; init; }

    /// <summary>Threads that may work on one proof together: one alone where a run must repeat exactly.</summary>
    internal int Workers => Iterations is not null ? 1 : Threads > 0 ? Threads : Math.Min(MostWorkers, Environment.ProcessorCount);

    /// <summary>Clock of the search this one is part of, or none.</summary>
    internal SearchClock? Clock { get; init; }

    /// <summary>Starts the clock of one search.</summary>
    public SearchClock Start() => Clock ?? new(this);
}

/// <summary>Counts iterations and watches time and cancellation of one search.</summary>
public sealed class SearchClock
{
    private readonly SearchLimits _limits;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly long _endsAt;
    private readonly SearchClock? _whole;
    private long _iterations;

    internal SearchClock(SearchLimits limits)
    {
        _limits = limits;
        _endsAt = limits.Time == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : _started + (long)(limits.Time.TotalSeconds * Stopwatch.Frequency);
    }

    private SearchClock(SearchClock whole, double share)
    {
        (_limits, _whole) = (whole._limits with { Progress = null, Iterations = null }, whole);
        _endsAt = whole._endsAt == long.MaxValue ? long.MaxValue : _started + (long)(share * Math.Max(0, whole._endsAt - _started));
    }

    private SearchClock(SearchClock whole, CancellationToken end) : this(whole, 1) => _limits = _limits with { Cancellation = end };

    /// <summary>Threads that may work on one proof together.</summary>
    internal int Workers => _whole is null ? _limits.Workers : _whole.Workers;

    /// <summary>A clock that also stops when asked to.</summary>
    internal SearchClock Until(CancellationToken end) => new(this, end);

    /// <summary>Limits of a search that is part of this one: it has a share of the time left, its iterations count here, nobody hears of it.</summary>
    internal SearchLimits Share(double share) => _limits with { Progress = null, Clock = new(this, share) };

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Time left, or none where there is no limit.</summary>
    internal TimeSpan? Left => _endsAt == long.MaxValue ? null : TimeSpan.FromSeconds(Math.Max(0, _endsAt - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);

    /// <summary>Iterations counted so far over all threads.</summary>
    public long Iterations => Interlocked.Read(ref _iterations);

    /// <summary>Counts iterations and says whether the search may go on.</summary>
    public bool Step(long iterations = 1)
    {
        Interlocked.Add(ref _iterations, iterations);
        _whole?.Step(iterations);
        return !Exhausted;
    }

    /// <summary>True when iterations or time are used up or the caller cancelled.</summary>
    public bool Exhausted =>
        _limits.Cancellation.IsCancellationRequested
        || (_limits.Iterations is { } most && Interlocked.Read(ref _iterations) >= most)
        || _whole is { Exhausted: true }
        || Stopwatch.GetTimestamp() >= _endsAt;

    /// <summary>Limits for a search within this one: so many iterations, and no more time than is left; without a limit of time none either, so that it repeats exactly.</summary>
    /// <param name="iterations">most iterations</param>
    /// <param name="most">most time</param>
    public SearchLimits Part(long iterations, TimeSpan most)
    {
        var left = Math.Clamp((_limits.Time - Elapsed).Ticks, 1, most.Ticks);
        return new()
        {
            Iterations = iterations,
            Time = _limits.Time == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(left),
            Seed = _limits.Seed,
            Cancellation = _limits.Cancellation,
        };
    }

    /// <summary>Tells the listener, if any, about value and bound.</summary>
    public void Report(decimal? value, decimal? bound) =>
        _limits.Progress?.Report(new PlanProgress(value, bound, Elapsed));
}
