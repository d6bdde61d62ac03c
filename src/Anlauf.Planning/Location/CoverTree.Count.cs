namespace Anlauf.Planning.Location;

/// <summary>
/// Cases of the number of open sites. The relaxation mixes plans with one site more and one less so as to use up the
/// budget; a limit on the number undoes that at once, where cases of single sites only shift it to the next one.
/// </summary>
internal sealed partial class CoverTree
{
    private const double LeastFraction = 0.05;

    // where all sites cost the same the budget is such a limit already; parts know none
    private static bool CountsSites(LocationCore core) =>
        core.Sites < PartSearch.LeastSites && core.CostsDiffer;

    /// <summary>Splits on the number of open sites where that is far from whole.</summary>
    private bool SplitCount(ProofStep step, SimplexState kept, long[] above, int depth)
    {
        if (!IsBetween(kept, out var fewer)) return false;
        step.Count = _core.Opened + fewer;
        var (fewest, most) = (_core.FewestOpen, _core.MostOpen);
        var moreFirst = kept.Open.Sum() - fewer >= 0.5;
        for (var turn = 0; turn < 2; turn++)
        {
            var more = turn == 0 == moreFirst;
            (_core.FewestOpen, _core.MostOpen) = more ? (step.Count + 1, most) : (fewest, step.Count);
            if (ReferenceEquals(kept, _scratch))
            {
                _program.LimitSites();
                _simplex.Restore();
            }
            else
            {
                _simplex.Return(kept);
                _simplex.LimitSites();
            }
            var child = Explore(above, depth + 1);
            (_core.FewestOpen, _core.MostOpen) = (fewest, most);
            _program.LimitSites();
            if (more) step.WhenMore = child;
            else step.WhenFewer = child;
        }
        return true;
    }

    /// <summary>True where the number of open sites is far from whole and may be either way.</summary>
    private bool IsBetween(SimplexState state, out int fewer)
    {
        double sum = 0;
        foreach (var open in state.Open) sum += open;
        fewer = (int)Math.Floor(sum);
        // where the relaxation was not solved to its end the sum may be outside the limits
        return Math.Min(sum - fewer, fewer + 1 - sum) >= LeastFraction
            && _core.Opened + fewer >= _core.FewestOpen && _core.Opened + fewer < _core.MostOpen;
    }
}
