namespace Anlauf.Planning.Location;

/// <summary>
/// Sites a case may be split on, the most promising first, and what trials of both their cases brought. Threads may share one:
/// each takes the next site to be tried. What is chosen does not depend on who tries.
/// </summary>
/// <param name="sites">sites with what they promise, in descending order</param>
/// <param name="isKnown">whether a site needs no trial</param>
internal sealed class SplitTrials(List<(double Score, int Site)> sites, Func<int, bool> isKnown)
{
    private const int MostTrials = 8, InVain = 3;
    private readonly double?[] _result = Decide(sites, isKnown);
    private int _next;

    /// <summary>The next site to be tried; −1 when enough were.</summary>
    public int Next()
    {
        lock (_result)
        {
            if (IsDecided(out _)) return -1;
            while (_next < _result.Length && _result[_next] is not null) _next++;
            return _next < _result.Length ? sites[_next++].Site : -1;
        }
    }

    /// <summary>Notes what a site turned out to promise.</summary>
    public void Note(int site, double score)
    {
        lock (_result) _result[sites.FindIndex(one => one.Site == site)] = score;
    }

    /// <summary>The site chosen.</summary>
    public int Best()
    {
        lock (_result)
        {
            IsDecided(out var best);
            return best;
        }
    }

    // the most promising ones come first: after some in vain the others are not looked at
    private bool IsDecided(out int best)
    {
        (best, var (score, inVain)) = (-1, (-1.0, 0));
        for (var k = 0; k < _result.Length; k++)
        {
            if (inVain == InVain) return true;
            if (_result[k] is not { } real) return false;
            if (real > score) (score, best, inVain) = (real, sites[k].Site, 0);
            else inVain++;
        }
        return true;
    }

    private static double?[] Decide(List<(double Score, int Site)> sites, Func<int, bool> isKnown)
    {
        var (result, trials) = (new double?[sites.Count], 0);
        for (var k = 0; k < result.Length; k++)
            if (trials == MostTrials || isKnown(sites[k].Site)) result[k] = sites[k].Score;
            else trials++;
        return result;
    }
}
