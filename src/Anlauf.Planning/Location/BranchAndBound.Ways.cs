namespace Anlauf.Planning.Location;

/// <summary>
/// Two ways at once where threads are free: by guesses, and without any on another thread. Guesses win where the plan is far
/// off, the other way where it is not, and which it is nobody knows beforehand; the best plan belongs to both, and whoever is
/// complete ends the other.
/// </summary>
internal sealed partial class BranchAndBound
{
    private const long WorthTwoWays = 10_000, MostForTwoWays = 400_000;

    private BranchAndBound(BranchAndBound other, int number, SearchClock clock) : this(other._root, other._incumbent.Fork(number, clock), clock) =>
        (_history, _stage, _isWarm) = (other._history ??= new SplitHistory(_lastOpen.Length), other._stage, other._isWarm);

    /// <summary>Searches what the root leaves undecided.</summary>
    /// <param name="bound">its scaled bound</param>
    /// <param name="left">entries of the linear relaxation that is left without any guess (<see cref="Left"/>)</param>
    /// <param name="root">what was found at the root</param>
    /// <param name="own">a copy of it for another thread</param>
    /// <param name="search">the search of all that lies below the cut-off, by a tree and with what was found at the root</param>
    private ProofStep Search<T>(long bound, Func<long> left, T root, Func<T> own, Func<BranchAndBound, T, ProofStep> search)
    {
        var part = _isWarm ? GuessedSearch.WarmPart : GuessedSearch.FirstPart;
        if (_clock.Workers == 1 || left() is < WorthTwoWays or > MostForTwoWays)
        {
            (var alone, OpenBound) = GuessedSearch.Run(_incumbent, _clock, bound, _root.Scale, () => Complete(search, root), part: part);
            return alone;
        }
        using var end = new CancellationTokenSource();
        var clock = _clock.Until(end.Token);
        var (guesses, plain) = (new BranchAndBound(this, 1, clock), new BranchAndBound(this, 2, clock));
        var ownRoot = own();
        (ProofStep Proof, long OpenBound) other = default;
        var beside = OwnThread.Start(() =>
        {
            other = plain.Complete(search, ownRoot);
            if (other.OpenBound == long.MaxValue) end.Cancel();
        });
        (ProofStep Proof, long OpenBound) one;
        try
        {
            one = GuessedSearch.Run(guesses._incumbent, clock, bound, _root.Scale, () => guesses.Complete(search, root), part: part);
        }
        finally
        {
            end.Cancel();
            beside.Wait();
        }
        Nodes += guesses.Nodes + plain.Nodes;
        (var proof, OpenBound) = one.OpenBound >= other.OpenBound ? one : other;
        return proof;
    }

    /// <summary>Entries of the linear relaxation of what the best multipliers leave undecided, without any guess.</summary>
    private long Left(LocationCore core, DualSearch search)
    {
        if (search.Bound >= _incumbent.CutOff) return 0;
        var decisions = new Decision[core.Sites];
        ReducedCosts.Decide(core, search, _incumbent.CutOff, decisions);
        return CoverProgram.Entries(CoreReduction.Apply(core, decisions, null, out _));
    }

    private (ProofStep Proof, long OpenBound) Complete<T>(Func<BranchAndBound, T, ProofStep> search, T root)
    {
        OpenBound = long.MaxValue;
        return (search(this, root), OpenBound);
    }
}
