using Anlauf.Planning.Location;

namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>
/// A part of single days and single visits with equal buses is maximal covering: as many of the listed tours as there are days
/// shall cover towns of the greatest value. Tours are maximal, so a town in two of them is left out of one.
/// </summary>
internal static class TourCovering
{
    private const long MostPairs = 20_000_000;

    /// <summary>True when a part can be seen that way.</summary>
    public static bool Fits(TourMaster part, VisitValue value) =>
        part.Groups is [{ Nodes: 1, Weekdays.Length: 1 } group]
        && group.Lists[0][0][0] is { Relaxation: null } list
        && (long)list.Count * part.Towns.Length <= MostPairs
        && part.Towns.Length > 0
        && part.Towns.All(t => value.Most(t) == 1)
        && Surplus(part, value) <= LocationProblem.MostSum - value.Total - 1;

    /// <summary>Tours in the order of the list as sites, towns in rising order as clients; a demanded visit weighs more than all values together.</summary>
    public static LocationProblem Problem(TourMaster part, VisitValue value)
    {
        var list = part.Groups[0].Lists[0][0][0]!;
        return Problem(part, [.. Enumerable.Repeat(new CandidateSite("", 1), list.Count)], list.Tour, part.Towns, t => value.Next(t, 0), [], part.Groups[0].Copies.Length);
    }

    /// <summary>Any tours as sites, towns as clients.</summary>
    /// <param name="part">the part they belong to</param>
    /// <param name="sites">a site of cost 1 for each tour</param>
    /// <param name="tour">the towns of a tour</param>
    /// <param name="towns">towns in rising order</param>
    /// <param name="worth">what a visit to a town is worth</param>
    /// <param name="groups">groups of the sites</param>
    /// <param name="days">number of tours that can be driven</param>
    public static LocationProblem Problem(
        TourMaster part, CandidateSite[] sites, Func<int, ReadOnlySpan<int>> tour, int[] towns, Func<int, long> worth, SiteGroup[] groups, int days)
    {
        var distances = new int[sites.Length * towns.Length];
        Array.Fill(distances, 1);
        for (var t = 0; t < sites.Length; t++)
            foreach (var town in tour(t)) distances[(t * towns.Length) + Array.BinarySearch(towns, town)] = 0;
        return new(part.Problem.Instance, LocationGoal.MostCovered, sites, groups, [.. towns.Select(worth)], new TravelMatrix(sites.Length, towns.Length, distances), days);
    }

    /// <summary>What the weights of a plan with all demanded visits have beyond its value.</summary>
    public static long Surplus(TourMaster part, VisitValue value) => part.Towns.Count(t => value.Least(t) > 0) * (value.Total + 1);
}
