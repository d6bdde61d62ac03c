namespace Anlauf.Planning.Location;

/// <summary>How far the bound rose when a site was closed or opened, per unit of what it was open before (pseudo-costs). Threads may share one.</summary>
/// <param name="sites">number of sites of the problem</param>
internal sealed class SplitHistory(int sites)
{
    private readonly double[,] _gain = new double[sites, 2];
    private readonly double[] _gainOfAll = new double[2];
    private readonly int[] _timesOfAll = new int[2];
    private readonly int[,] _times = new int[sites, 2];

    /// <summary>A copy for so many sites; several searches may begin with the same.</summary>
    public SplitHistory For(int sites)
    {
        var copy = new SplitHistory(sites);
        for (var i = 0; i < Math.Min(sites, _times.GetLength(0)); i++)
            for (var side = 0; side < 2; side++) (copy._gain[i, side], copy._times[i, side]) = (_gain[i, side], _times[i, side]);
        return copy;
    }

    /// <summary>How often the rarer of the two cases was seen.</summary>
    public int Times(int site) => Math.Min(_times[site, 0], _times[site, 1]);

    /// <summary>Remembers one case.</summary>
    public void Note(int site, Decision decision, double gain, double distance)
    {
        var side = decision == Decision.Open ? 1 : 0;
        lock (_gain)
        {
            _gain[site, side] += gain / Math.Max(1e-6, distance);
            _times[site, side]++;
            _gainOfAll[side] += gain / Math.Max(1e-6, distance);
            _timesOfAll[side]++;
        }
    }

    /// <summary>What a case may be expected to bring; the mean of all sites where none was seen, <paramref name="unknown"/> per unit where there is none yet.</summary>
    public double Expected(int site, Decision decision, double distance, double unknown)
    {
        var side = decision == Decision.Open ? 1 : 0;
        lock (_gain) return distance * (_times[site, side] > 0 ? _gain[site, side] / _times[site, side] : _timesOfAll[side] > 0 ? _gainOfAll[side] / _timesOfAll[side] : unknown);
    }
}
