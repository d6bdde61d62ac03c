namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>Searches for plans on threads of their own while the proof goes on; the best plan is shared.</summary>
internal sealed class PlanSearchers
{
    private readonly Lock _lock = new();
    private readonly Incumbent _best;
    private readonly SearchClock _clock;
    private readonly long[] _u;
    private readonly List<Task> _searches = [];
    private volatile bool _end;
    private volatile int _version;
    private long _bound;

    public PlanSearchers(ScaledModel model, SearchClock clock, Incumbent known, NeighbourhoodSearch prices, long[] u, long bound, ulong seed, int count)
    {
        (_best, _clock, _u, _bound) = (new(model.Problem), clock, [.. u], bound);
        if (known.Exists) _best.Offer(known.AgentOf);
        for (var k = 0; k < count; k++)
        {
            var search = new PlanSearch(model, seed + (0x9E3779B97F4A7C15 * (ulong)(k + 1)));
            prices.CapacityPrice.CopyTo(search.Neighbourhood.CapacityPrice, 0);
            _searches.Add(OwnThread.Start(() => Run(search)));
        }
    }

    /// <summary>Grows with every better plan.</summary>
    public int Version => _version;

    /// <summary>No plan costs less.</summary>
    public void Raise(long bound) => Interlocked.Exchange(ref _bound, bound);

    /// <summary>Gives and takes the better one of two plans.</summary>
    public void Exchange(Incumbent other)
    {
        lock (_lock)
        {
            if (other.Exists && _best.Offer(other.AgentOf)) _version++;
            if (_best.Exists) other.Offer(_best.AgentOf);
        }
    }

    private void Run(PlanSearch search)
    {
        long counted = 0;
        bool GoOn()
        {
            var evaluations = search.Evaluations;
            _clock.Step(evaluations - counted);
            counted = evaluations;
            return !_end && !_clock.Exhausted;
        }
        while (GoOn())
        {
            var bound = Interlocked.Read(ref _bound);
            if (search.Incumbent.Exists && search.Incumbent.Cost <= bound) return;
            search.Dive(_u, bound, GoOn);
            Exchange(search.Incumbent);
            search.Polish(_u, GoOn);
            Exchange(search.Incumbent);
        }
    }

    /// <summary>Stops all threads and waits for them.</summary>
    public void End()
    {
        _end = true;
        Task.WaitAll(_searches);
    }
}
