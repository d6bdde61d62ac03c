using Anlauf.Planning.Location;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Free sites of a covering problem shared out into parts. A client all of whose free sites lie in one part belongs to it
/// with its weight. Another one belongs to the part with most of its free sites (the first of equals) with its multiplier
/// u: u · [no open site of that part] − u · (open ones of others) is never more than what the client costs. What the parts
/// exceed their share of the bound at u by may therefore be added to it.
/// </summary>
internal static class LocationParts
{
    /// <summary>The parts, or none where they are no valid ones.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="state">what is decided about its sites</param>
    /// <param name="near">sites within reach of each client</param>
    /// <param name="lists">sites of each part</param>
    /// <param name="multipliers">one a client</param>
    /// <param name="worth">worth of each site at the multipliers</param>
    /// <param name="price">price of a unit of the budget</param>
    /// <param name="scale">steps per unit of the objective</param>
    public static CoverParts? Make(
        LocationProblem problem, sbyte[] state, List<(int Site, long Distance)>[] near, List<List<int>> lists,
        long[] multipliers, Int128[] worth, long price, long scale)
    {
        // the share of a part in the bound is only known where no client counts below 0
        if (multipliers.AsSpan().ContainsAnyInRange(long.MinValue, -1)) return null;
        var (partOf, placeOf) = (new int[state.Length], new int[state.Length]);
        Array.Fill(partOf, -1);
        for (var p = 0; p < lists.Count; p++)
            for (var k = 0; k < lists[p].Count; k++)
            {
                if (state[lists[p][k]] != 0 || partOf[lists[p][k]] >= 0) return null;
                (partOf[lists[p][k]], placeOf[lists[p][k]]) = (p, k);
            }
        var weights = lists.ConvertAll(_ => new List<long>());
        var own = lists.ConvertAll(_ => new List<long>());
        var sites = lists.ConvertAll(_ => new List<List<int>>());
        var groups = lists.ConvertAll(_ => new List<(List<int> Sites, int Least)>());
        var openCost = lists.ConvertAll(list => list.ConvertAll(i => (Int128)price * problem.Sites[i].Cost - worth[i]).ToArray());
        var (apart, rest) = (true, (Int128)0);
        for (var j = 0; j < near.Length; j++)
        {
            if (problem.Weights[j] == 0 || near[j].Exists(pair => state[pair.Site] > 0)) continue;
            var free = near[j].FindAll(pair => state[pair.Site] == 0).ConvertAll(pair => pair.Site);
            var weight = (Int128)problem.Weights[j] * scale;
            if (free.Count == 0) rest += weight;
            var count = new SortedDictionary<int, int>();
            foreach (var i in free) count[partOf[i]] = count.GetValueOrDefault(partOf[i]) + 1;
            count.Remove(-1);
            if (count.Count == 0) continue;
            var owner = count.MaxBy(e => e.Value).Key;
            if (count[owner] < free.Count) (weight, apart) = (multipliers[j], false);
            if (weight <= 0) continue;
            weights[owner].Add((long)weight);
            own[owner].Add(multipliers[j]);
            sites[owner].Add([.. free.Where(i => partOf[i] == owner).Select(i => placeOf[i])]);
            foreach (var k in sites[owner][^1]) openCost[owner][k] += multipliers[j];
        }
        for (var g = 0; g < problem.Groups.Count; g++)
        {
            var (least, free) = (problem.Groups[g].LeastOpen, new List<int>());
            for (var i = 0; i < state.Length; i++)
            {
                if (problem.Sites[i].Group != g) continue;
                if (state[i] > 0) least--;
                if (state[i] == 0) free.Add(i);
            }
            if (least <= 0 || free.Count == 0 || free.TrueForAll(i => partOf[i] < 0)) continue;
            // a need shared by two parts would be counted in neither
            if (partOf[free[0]] < 0 || free.Exists(i => partOf[i] != partOf[free[0]])) return null;
            groups[partOf[free[0]]].Add((free.ConvertAll(i => placeOf[i]), least));
        }
        Int128 left = problem.Budget;
        for (var i = 0; i < state.Length; i++)
        {
            if (state[i] > 0) left -= problem.Sites[i].Cost;
            if (state[i] == 0 && partOf[i] < 0) apart = false;
        }
        var bounds = Enumerable.Range(0, lists.Count).Select(p =>
            new PartBound(weights[p], own[p], sites[p], openCost[p], [.. lists[p].Select(i => problem.Sites[i].Cost)], groups[p])).ToList();
        return new CoverParts(bounds, left, rest, apart, price);
    }
}

/// <summary>Parts of a covering problem.</summary>
/// <param name="Bounds">each part</param>
/// <param name="Left">budget left for them</param>
/// <param name="Rest">scaled weight that nobody can cover any more</param>
/// <param name="IsAll">true where they hold every free site and share no client, so that nothing else matters</param>
/// <param name="Price">price of a unit of the budget</param>
internal sealed record CoverParts(List<PartBound> Bounds, Int128 Left, Int128 Rest, bool IsAll, long Price)
{
    /// <summary>
    /// True where no way to take one choice of each part keeps the budget and stays below the target. Ways whose choices
    /// stand together as far behind the least ones as the bound stands behind the target need no look.
    /// </summary>
    /// <param name="least">least value + price × cost of each part</param>
    /// <param name="slack">target less bound</param>
    /// <param name="target">scaled value to reach</param>
    public bool ReachesWithChoices(Int128[] least, Int128 slack, Int128 target)
    {
        var ways = new SortedDictionary<Int128, (Int128 Value, Int128 Behind)> { [0] = (0, 0) };
        for (var p = 0; p < Bounds.Count; p++)
        {
            var next = new SortedDictionary<Int128, (Int128 Value, Int128 Behind)>();
            foreach (var (cost, way) in ways)
                foreach (var choice in Bounds[p].Choices)
                {
                    var (sum, value) = (cost + choice.Cost, way.Value + choice.Value);
                    var behind = way.Behind + choice.Value + Price * choice.Cost - least[p];
                    if (sum > Left || behind >= slack || (next.TryGetValue(sum, out var known) && known.Value <= value)) continue;
                    next[sum] = (value, behind);
                }
            ways.Clear();
            var lowest = Int128.MaxValue;
            foreach (var (cost, way) in next)
            {
                // dearer and no better
                if (way.Value >= lowest) continue;
                ways[cost] = way;
                lowest = way.Value;
            }
        }
        return ways.Values.All(way => Rest + way.Value >= target);
    }
}
