namespace Anlauf.Planning.Location;

/// <summary>
/// One choice for every part so that the budget holds and the least weight stays uncovered: the multiple-choice knapsack by
/// lists of undominated sums (Nemhauser and Ullmann 1969). Sums that stand too far behind the price of the budget are left out.
/// </summary>
internal static class FrontChoice
{
    private const int MostSums = 200_000;

    /// <summary>The best choice below a limit; none where there is none, or the lists grew too long.</summary>
    /// <param name="fronts">choices of each part</param>
    /// <param name="least">least value + price × cost of each part</param>
    /// <param name="price">price of a unit of the budget</param>
    /// <param name="budget">what all may cost</param>
    /// <param name="slack">how far a sum may stand behind the least ones</param>
    /// <param name="complete">false where the lists grew too long</param>
    public static FrontOption[]? Best(List<FrontOption>[] fronts, long[] least, long price, long budget, long slack, out bool complete)
    {
        complete = false;
        List<Sum> sums = [new(0, 0, 0, null, null)];
        for (var p = 0; p < fronts.Length; p++)
        {
            var next = new List<Sum>(sums.Count * 2);
            foreach (var sum in sums)
                foreach (var option in fronts[p])
                {
                    var behind = sum.Behind + option.Value + price * option.Cost - least[p];
                    if (behind < slack && sum.Cost + option.Cost <= budget) next.Add(new(sum.Cost + option.Cost, sum.Value + option.Value, behind, sum, option));
                }
            sums = Undominated(next);
            if (sums.Count > MostSums) return null;
        }
        complete = true;
        if (sums.Count == 0) return null;
        var chosen = new FrontOption[fronts.Length];
        var at = sums[^1];
        for (var p = fronts.Length - 1; p >= 0; p--) (chosen[p], at) = (at.Option!, at.Before!);
        return chosen;
    }

    // the dearer a sum that stays, the less it leaves uncovered
    private static List<Sum> Undominated(List<Sum> sums)
    {
        sums.Sort((a, b) => a.Cost != b.Cost ? a.Cost.CompareTo(b.Cost) : a.Value.CompareTo(b.Value));
        var kept = new List<Sum>();
        foreach (var sum in sums)
            if (kept.Count == 0 || sum.Value < kept[^1].Value) kept.Add(sum);
        return kept;
    }

    private sealed record Sum(long Cost, long Value, long Behind, Sum? Before, FrontOption? Option);
}
