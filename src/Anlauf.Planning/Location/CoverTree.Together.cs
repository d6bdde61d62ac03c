namespace Anlauf.Planning.Location;

/// <summary>
/// Several threads on one tree: each takes the lowest case nobody works on, or where there is none helps another one to find
/// out where to split. One of them improves the plan at first, and where there are many cases looks for better ones near the
/// relaxed plan, which a single thread does beforehand.
/// </summary>
internal sealed partial class CoverTree
{
    private const int WorthWaiting = 2, NodesBeforeNearby = 200;
    private Task? _plans;
    private Action? _searchNearby;

    private bool MayShare => _clock.Workers > 1 && !_program.HasSteps && _core.Sites < PartSearch.LeastSites;

    /// <summary>As <see cref="SearchBest"/>, with better plans looked for meanwhile.</summary>
    private ProofStep SearchTogether(SimplexState root, long bound, long[] above)
    {
        _incumbent.TryOpen(_core, root.Open);
        if (bound >= _incumbent.CutOff) return SearchBest(root, bound, above);
        // where the bound says little, what can be decided depends on the plan
        if (bound < _incumbent.Value / WorthWaiting)
        {
            PolishRoot(bound, _price);
            SearchNearby(root);
            return SearchBest(root, bound, above);
        }
        using var end = new CancellationTokenSource();
        var clock = _clock.Until(end.Token);
        // taken before the search goes on and changes them
        var (price, fewest, most, isDue, incumbent) = (_price, _core.FewestOpen, _core.MostOpen, (bool[])_core.IsDue.Clone(), _incumbent.Fork(_clock.Workers, clock));
        _plans = OwnThread.Start(() =>
        {
            var tree = new CoverTree(this, new CaseWorker(0, new CaseQueue(), incumbent, clock, _history), isDue);
            tree.GoTo(new Decision[_core.Sites], isDue, fewest, most);
            tree._simplex.Return(root);
            tree.PolishRoot(bound, price);
            _searchNearby = () => tree.SearchNearby(root);
        });
        try
        {
            return SearchBest(root, bound, above);
        }
        finally
        {
            end.Cancel();
            _plans.Wait();
        }
    }

    /// <summary>Works on the cases of the queue together with other threads.</summary>
    private void RunWorkers()
    {
        var queue = _worker!.Queue;
        if (queue.IsEmpty) return;
        for (var k = 1; k < _clock.Workers; k++)
        {
            var worker = _worker with { Number = k, Incumbent = _incumbent.Fork(k, _clock) };
            if (k == 1 && _plans is { } plans) _plans = OwnThread.Start(() => LookForPlans(plans, worker));
            else OwnThread.Start(() => worker.Run());
        }
        _worker.Run();
        queue.AwaitEnd();
    }

    /// <summary>Works on cases as well; only where there are many does the search for plans pay for the thread it takes.</summary>
    private void LookForPlans(Task before, CaseWorker worker)
    {
        before.Wait();
        worker.Run(NodesBeforeNearby);
        if (worker.Queue.IsOver) return;
        Interlocked.Exchange(ref _searchNearby, null)?.Invoke();
        worker.Run();
    }

    /// <summary>Where this tree stands in a case, for other threads.</summary>
    private OpenCase Here(OpenCase one) =>
        one with { Sites = (Decision[])_bounds.State.Clone(), IsDue = (bool[])_core.IsDue.Clone() };

    /// <summary>Offers trials to threads that wait for work.</summary>
    private Action? Share(OpenCase now, SplitTrials trials)
    {
        var queue = _worker!.Queue;
        if (!queue.HasIdle) return null;
        var shared = new SharedTrials(now, trials, CutOff);
        queue.Offer(shared);
        return () => queue.TakeBack(shared);
    }

    /// <summary>Enters two cases, one of them on another thread where one waits for work.</summary>
    private void EnterBoth(OpenCase now, long[] above, ProofStep first, Branch enterFirst, ProofStep second, Branch enterSecond)
    {
        var offered = _worker!.Queue.HasIdle;
        if (offered)
        {
            // until it is solved the bound of the parent counts
            (second.Multipliers, second.Price, second.PerSite) = (VarInt.Differences(above, _core.Full(_multipliers)), _price, _perSite);
            // the state of the parent is needed for other cases before the other thread is done with it
            _worker.Queue.Keep(now with { Step = second, Above = above, State = Hold(now.State), Begin = enterSecond });
        }
        enterFirst(this, now.State, first, above);
        if (!offered) enterSecond(this, now.State, second, above);
    }
}
