namespace Anlauf.Planning.Location;

/// <summary>
/// The root of a median: steps on the multipliers in stages, each finer than the one before. What the bound decides in between
/// leaves, so that the many steps of the later stages read a fifth of the sites only.
/// </summary>
internal sealed partial class BranchAndBound
{
    private const int LearningRounds = 3, LearningSteps = 40, WarmLearningSteps = 10, WorthNarrowing = 3, LooksPerPair = 8;
    private Stage _stage;
    private long _rootBound;

    private enum Stage
    {
        /// <summary>A few steps and a good plan.</summary>
        Learn,

        /// <summary>Steps until they bring no more, and a better plan.</summary>
        Improve,

        /// <summary>Where much stays undecided: steps finer still, and cases of the number of open sites.</summary>
        Refine,
    }

    private ProofStep Root(LocationCore core, long[] multipliers, long price, long[] above)
    {
        var search = new DualSearch(core, multipliers, price);
        while (true)
        {
            var closed = Improve(core, search, _stage);
            Remember(core, search);
            var full = core.Full(search.Best);
            ProofStep Step() => StepOf(search, above, full);
            if (IsOver(closed, search)) return Step();
            if (_stage == Stage.Refine || (_stage == Stage.Improve && IsEasy(core, search))) return Guesses(core, search, full, Step);
            _stage++;
            var decisions = new Decision[core.Sites];
            if (ReducedCosts.Decide(core, search, _incumbent.CutOff, decisions) * WorthNarrowing < core.Sites) continue;
            var step = Step();
            Note(core, decisions, step);
            var smaller = CoreReduction.Apply(core, decisions, search.Best, out var kept);
            _incumbent.Decide(core, decisions);
            step.Next = Explore(smaller, kept, search.Price, full, 0);
            _incumbent.Undo(core, decisions);
            return step;
        }
    }

    /// <summary>One stage.</summary>
    /// <returns>true when nothing better than the best plan is left</returns>
    private bool Improve(LocationCore core, DualSearch search, Stage stage)
    {
        switch (stage)
        {
            case Stage.Learn:
                if (Learn(core, search)) return true;
                break;
            case Stage.Improve:
                if (search.Run(_incumbent.CutOff, _isWarm ? WarmSteps : RootSteps, RootPatience, _clock, near: _isWarm)) return true;
                _incumbent.TryRelaxed(core, search, 0);
                _incumbent.Polish(search.Bound, search.Price, (int)Math.Clamp((_isWarm ? WarmPolishWork : PolishWork) / _root.Pairs, 4, 150), MostPolishing());
                break;
            default:
                if (search.Run(_incumbent.CutOff, FineSteps, RootPatience, _clock, fine: true, near: _isWarm)) return true;
                _incumbent.TryRelaxed(core, search, 0);
                break;
        }
        return search.Bound >= _incumbent.CutOff;
    }

    // kicks that stay in one place never run out of small gains; where a tree follows it finds the rest sooner
    private long MostPolishing() => _incumbent.KicksStayNear && _root.Sites <= MostCountedSites ? (long)_root.Pairs * LooksPerPair : long.MaxValue;

    /// <summary>A few rounds to learn a good plan, which sets the length of the steps.</summary>
    private bool Learn(LocationCore core, DualSearch search)
    {
        for (var round = 0; round < (_isWarm ? 1 : LearningRounds); round++)
        {
            if (search.Run(_incumbent.CutOff, _isWarm ? WarmLearningSteps : LearningSteps, RootPatience, _clock, near: _isWarm)) return true;
            _incumbent.TryRelaxed(core, search, 0);
        }
        return false;
    }

    /// <summary>Keeps the multipliers that are best for the whole problem; those of a smaller core need not be.</summary>
    private void Remember(LocationCore core, DualSearch search)
    {
        var full = core.Full(search.Best);
        var bound = search.Bound;
        if (!ReferenceEquals(core, _root))
        {
            var multipliers = new long[Math.Max(_root.Clients, _root.Stride)];
            for (var j = 0; j < _root.Clients; j++)
                for (var k = _root.MemberStart[j]; k < _root.MemberStart[j + 1]; k++) multipliers[j] += full[_root.Members[k]];
            bound = new Relaxation(_root).Evaluate(multipliers, search.Price);
        }
        if (RootMultipliers is null || bound > _rootBound) (RootMultipliers, RootPrice, _rootBound) = (full, search.Price, bound);
    }

    private ProofStep Guesses(LocationCore core, DualSearch search, long[] full, Func<ProofStep> step)
    {
        _incumbent.TryRelaxed(core, search, 0);
        if (search.Bound >= _incumbent.CutOff) return step();
        var fewer = 0;
        var cases = _stage == Stage.Refine && !IsEasy(core, search) ? CountCases(core, search, out fewer) : null;
        return cases is null
            ? Search(search.Bound, () => Left(core, search), search, search.Own, (tree, own) => tree.Decide(core, own, full, 0, step()))
            : Search(cases.Min(one => one.Search.Bound), () => cases.Sum(one => Left(one.Core, one.Search)), cases,
                () => Array.ConvertAll(cases, one => one with { Search = one.Search.Own() }), (tree, own) => tree.Decide(core.Opened + fewer, own, step(), full));
    }
}
