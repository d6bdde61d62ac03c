namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>The maximal sets of towns one bus can visit in one day between two places, in compressed rows.</summary>
/// <param name="offsets">tour t holds towns[offsets[t] .. offsets[t + 1]]</param>
/// <param name="towns">towns of all tours</param>
/// <param name="relaxation">what bounds the day when the list was cut off; none for a complete list</param>
internal sealed class TourList(int[] offsets, int[] towns, DayKnapsack? relaxation)
{
    /// <summary>Towns of all tours.</summary>
    public int[] Towns { get; } = towns;

    public int Count => offsets.Length - 1;

    /// <summary>What bounds the day when the list was cut off; none for a complete list.</summary>
    public DayKnapsack? Relaxation { get; } = relaxation;

    public ReadOnlySpan<int> Tour(int t) => Towns.AsSpan(offsets[t], offsets[t + 1] - offsets[t]);

    /// <summary>The tour with the highest sum of weights (not negative); ties go to the first.</summary>
    public int Best(long[] weights, out long value)
    {
        var best = -1;
        value = -1;
        var position = 0;
        var ends = offsets;
        var towns = Towns;
        for (var t = 0; t < ends.Length - 1; t++)
        {
            var sum = 0L;
            for (var end = ends[t + 1]; position < end; position++) sum += weights[towns[position]];
            if (sum > value) (best, value) = (t, sum);
        }
        return best;
    }
}

/// <summary>
/// Relaxation of a day with too many tours to list: each visit uses its own minutes and the shortest way to the town,
/// all together no more than the shift without the shortest way to its end. Its fractional optimum bounds every tour.
/// </summary>
/// <param name="Candidates">towns with a market that day</param>
/// <param name="Minutes">least use of each candidate</param>
/// <param name="Capacity">minutes at hand</param>
internal sealed record DayKnapsack(int[] Candidates, int[] Minutes, int Capacity)
{
    private readonly double[] _ratio = new double[Candidates.Length];
    private readonly int[] _order = new int[Candidates.Length];

    /// <summary>A bound on the sum of weights of any tour, rounded up; the towns it uses are counted in <paramref name="visits"/>.</summary>
    public long Bound(long[] weights, int[]? visits, int copies)
    {
        for (var i = 0; i < Candidates.Length; i++)
        {
            _order[i] = i;
            _ratio[i] = -(double)weights[Candidates[i]] / Minutes[i];
        }
        Array.Sort(_ratio, _order);
        var bound = 0L;
        var left = Capacity;
        foreach (var i in _order)
        {
            var weight = weights[Candidates[i]];
            if (left <= 0 || weight <= 0) break;
            if (visits is not null) visits[Candidates[i]] += copies;
            if (Minutes[i] <= left) bound += weight;
            // the broken item: rounded up, and one more for the order by floating-point ratios
            else bound += (long)((Int128)weight * left / Minutes[i]) + 1 + (weight >> 40);
            left -= Minutes[i];
        }
        return bound;
    }
}
