namespace Anlauf.Planning.Location;

/// <summary>
/// The first split, on the number of open sites: the relaxation mixes plans with one site more and one less to use up the
/// budget, and a limit on the number undoes that at once (<see cref="CoverTree"/>). Both cases get multipliers of their own
/// before any site is decided, so the decisions are those of the sharper bounds.
/// </summary>
internal sealed partial class BranchAndBound
{
    private const int CaseSteps = 120, EasyEntries = 300_000, MostCountedSites = 2500;
    private const double LeastFraction = 0.05;

    /// <summary>One case of the number of open sites with its bound.</summary>
    private sealed record CountCase(LocationCore Core, DualSearch Search, long[] Full, bool IsMore)
    {
        public ProofStep Step(long[] above) =>
            new() { Multipliers = VarInt.Differences(above, Full), Price = Search.Price, PerSite = Search.PerSite };
    }

    /// <summary>The two cases, the one with the lower bound first; none where the number says nothing.</summary>
    private CountCase[]? CountCases(LocationCore core, DualSearch search, out int fewer)
    {
        var sum = search.Average.Sum();
        fewer = (int)Math.Floor(sum);
        if (core.Sites > MostCountedSites) return null;
        if (Math.Min(sum - fewer, fewer + 1 - sum) < LeastFraction) return null;
        var limited = new[] { core.WithLimits(core.FewestOpen, core.Opened + fewer), core.WithLimits(core.Opened + fewer + 1, core.MostOpen) };
        // with several threads each case has ways of its own to find plans
        Incumbent[] incumbents = [_incumbent, _clock.Workers > 1 ? _incumbent.Fork(1, _clock) : _incumbent];
        var cases = new CountCase[2];
        Division.For(_clock.Workers, cases.Length, k => cases[k] = Case(limited[k], k == 1, incumbents[k]));
        return [.. cases.OrderBy(one => one.Search.Bound)];

        CountCase Case(LocationCore limited, bool isMore, Incumbent incumbent)
        {
            var own = new DualSearch(limited, search.Best, search.Price);
            if (IsOffLimits(limited)) own.Forbid();
            else if (!own.Run(incumbent.CutOff, CaseSteps, RootPatience, _clock, fine: true, near: _isWarm)) incumbent.TryRelaxed(limited, own, 0);
            return new CountCase(limited, own, limited.Full(own.Best), isMore);
        }
    }

    /// <summary>True when what the best multipliers leave undecided is not much larger than the linear relaxation takes.</summary>
    private bool IsEasy(LocationCore core, DualSearch search)
    {
        // equal costs: the budget says the number already, and the steps that follow are quick
        return !core.CostsDiffer || Left(core, search) <= EasyEntries;
    }

    /// <summary>True when the number of open sites is limited and no plan keeps the limits.</summary>
    private static bool IsOffLimits(LocationCore core) =>
        core.IsLimited && new SiteBounds(core).IsImpossible();

    private ProofStep Decide(int count, CountCase[] cases, ProofStep step, long[] full)
    {
        step.Count = count;
        foreach (var one in cases)
        {
            var child = one.Step(full);
            if (one.Search.Bound < _incumbent.CutOff && !_clock.Exhausted) child = Decide(one.Core, one.Search, one.Full, 0, child);
            else if (one.Search.Bound < _incumbent.CutOff) OpenBound = Math.Min(OpenBound, one.Search.Bound);
            if (one.IsMore) step.WhenMore = child;
            else step.WhenFewer = child;
        }
        return step;
    }
}
