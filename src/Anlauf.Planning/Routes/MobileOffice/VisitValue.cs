namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>What visits of towns are worth, as sums.</summary>
internal sealed class VisitValue
{
    private readonly long[][] _sums;
    private readonly int[] _least;

    public VisitValue(MobileOfficeProblem problem)
    {
        _sums = [.. problem.Towns.Select(Sums)];
        _least = [.. problem.Towns.Select(t => t.MinVisits)];
        Total = _sums.Sum(s => s[^1]);
    }

    /// <summary>Value if every town had all its visits.</summary>
    public long Total { get; }

    public int Least(int town) => _least[town];

    public int Most(int town) => _sums[town].Length - 1;

    /// <summary>Value of that many visits; more than allowed count as allowed.</summary>
    public long Of(int town, int visits) => _sums[town][Math.Min(visits, Most(town))];

    /// <summary>Value of one more visit; a visit still demanded is worth more than all others together.</summary>
    public long Next(int town, int visits) =>
        (visits < Most(town) ? _sums[town][visits + 1] - _sums[town][visits] : 0) + (visits < _least[town] ? Total + 1 : 0);

    /// <summary>Value of a plan, with a penalty above <see cref="Total"/> for each visit demanded and missing.</summary>
    public long Penalised(int town, int visits) => Of(town, visits) - (Total + 1) * Math.Max(0, _least[town] - visits);

    /// <summary>Best number of visits at a price each, within least and most: max V(k) − price k (V is concave).</summary>
    public long AtPrice(int town, long price, long scale, out int visits)
    {
        visits = _least[town];
        while (visits < Most(town) && (_sums[town][visits + 1] - _sums[town][visits]) * scale > price) visits++;
        return _sums[town][visits] * scale - price * visits;
    }

    private static long[] Sums(MarketTown town)
    {
        var sums = new long[town.VisitValues.Count + 1];
        for (var k = 0; k < town.VisitValues.Count; k++) sums[k + 1] = sums[k] + town.VisitValues[k];
        return sums;
    }
}
