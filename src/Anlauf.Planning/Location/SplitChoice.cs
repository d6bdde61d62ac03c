using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Which site a search on the linear relaxation splits on: the one whose two cases lift the bound most, tried at first and
/// remembered later (reliability branching: Achterberg, Koch and Martin 2005).
/// </summary>
internal sealed class SplitChoice(CoverSimplex simplex, SiteBounds bounds, LocationCore core)
{
    private const int TrialIterations = 12, Trials = 8, ReliableAfter = 1, InVain = 3;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Choose(SimplexState kept, SplitHistory history, double cutOff)
    {
        var objective = simplex.Objective();
        var room = Math.Max(1e-6, cutOff - objective);
        var fractional = new List<(double Score, int Site)>();
        for (var i = 0; i < core.Sites; i++)
            if (bounds.State[i] == Decision.Free && Fraction(i) > 1e-6) fractional.Add((Score(Expected(i, Decision.Closed), Expected(i, Decision.Open)), i));
        if (fractional.Count == 0) return Array.IndexOf(bounds.State, Decision.Free);
        fractional.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Site.CompareTo(b.Site));
        var (best, chosen, trials, inVain) = (-1.0, -1, 0, 0);
        foreach (var (score, i) in fractional)
        {
            var real = score;
            // the most promising ones come first
            if (inVain == InVain) break;
            if (history.Times(core.SiteIds[i]) < ReliableAfter && trials < Trials)
            {
                trials++;
                real = Score(Try(i, Decision.Closed), Try(i, Decision.Open));
            }
            if (real > best) (best, chosen, inVain) = (real, i, 0);
            else inVain++;
        }
        return chosen;

        double Expected(int site, Decision decision) =>
            Math.Min(room, history.Expected(core.SiteIds[site], decision, Distance(simplex.State, site, decision), room));

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

    private static double Distance(SimplexState state, int site, Decision decision) =>
        decision == Decision.Closed ? state.Open[site] : 1 - state.Open[site];

    private static double Score(double closed, double open) => Math.Max(LeastGain, closed) * Math.Max(LeastGain, open);
}
