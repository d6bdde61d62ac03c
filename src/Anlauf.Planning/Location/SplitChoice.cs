using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Which site a search on the linear relaxation splits on: the one whose two cases lift the bound most, tried at first and
/// remembered later (reliability branching: Achterberg, Koch and Martin 2005).
/// </summary>
internal sealed class SplitChoice(CoverSimplex simplex, SiteBounds bounds, LocationCore core)
{
    private const int TrialIterations = 12, ReliableAfter = 1;
    private const double LeastGain = 1e-12;

    /// <summary>How far a site is from being open or closed.</summary>
    public double Fraction(int site) => Math.Min(simplex.State.Open[site], 1 - simplex.State.Open[site]);

    /// <summary>Fixes a site in the relaxation, or sets it free.</summary>
    public void Restrict(int site, Decision decision)
    {
        if (decision == Decision.Free) bounds.State[site] = Decision.Free;
        simplex.State.Low[site] = decision == Decision.Open ? 1 : 0;
        simplex.State.High[site] = decision == Decision.Closed ? 0 : 1;
    }

    /// <summary>The site whose two cases promise most; where none is partly open any free one.</summary>
    /// <param name="kept">copy of the present state of the simplex method</param>
    /// <param name="history">what splits brought so far</param>
    /// <param name="cutOff">in units of the program</param>
    /// <param name="sharing">offers the trials to other threads; what it returns takes them back</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Choose(SimplexState kept, SplitHistory history, double cutOff, Func<SplitTrials, Action?>? sharing = null)
    {
        var room = Room(cutOff, simplex.Objective());
        var fractional = new List<(double Score, int Site)>();
        for (var i = 0; i < core.Sites; i++)
            if (bounds.State[i] == Decision.Free && Fraction(i) > 1e-6) fractional.Add((Score(Expected(i, Decision.Closed), Expected(i, Decision.Open)), i));
        if (fractional.Count == 0) return Array.IndexOf(bounds.State, Decision.Free);
        fractional.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Site.CompareTo(b.Site));
        var trials = new SplitTrials(fractional, site => history.Times(core.SiteIds[site]) >= ReliableAfter);
        var takeBack = sharing?.Invoke(trials);
        Try(trials, kept, history, cutOff);
        takeBack?.Invoke();
        return trials.Best();

        double Expected(int site, Decision decision) =>
            Math.Min(room, history.Expected(core.SiteIds[site], decision, Distance(simplex.State, site, decision), room));
    }

    /// <summary>Tries sites as long as some are left to try.</summary>
    /// <param name="trials">the sites</param>
    /// <param name="kept">copy of the present state of the simplex method</param>
    /// <param name="history">receives what was seen</param>
    /// <param name="cutOff">in units of the program</param>
    public void Try(SplitTrials trials, SimplexState kept, SplitHistory history, double cutOff)
    {
        var objective = simplex.Objective();
        var room = Room(cutOff, objective);
        while (trials.Next() is >= 0 and var site) trials.Note(site, Score(Try(site, Decision.Closed), Try(site, Decision.Open)));

        double Try(int site, Decision decision)
        {
            var distance = Distance(kept, site, decision);
            Restrict(site, decision);
            var end = simplex.Run(cutOff, TrialIterations);
            var gain = end == SimplexEnd.Infeasible ? room : Math.Clamp(simplex.Objective() - objective, 0, room);
            Restrict(site, Decision.Free);
            simplex.Return(kept);
            history.Note(core.SiteIds[site], decision, gain, distance);
            return gain;
        }
    }

    private static double Room(double cutOff, double objective) => Math.Max(1e-6, cutOff - objective);

    private static double Distance(SimplexState state, int site, Decision decision) =>
        decision == Decision.Closed ? state.Open[site] : 1 - state.Open[site];

    private static double Score(double closed, double open) => Math.Max(LeastGain, closed) * Math.Max(LeastGain, open);
}
