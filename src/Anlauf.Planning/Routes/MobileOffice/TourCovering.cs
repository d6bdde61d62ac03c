using Anlauf.Planning.Location;

namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>
/// A part of single days and single visits with equal buses is maximal covering: as many of the listed tours as there are days
/// shall cover towns of the greatest value. Tours are maximal, so a town in two of them is left out of one.
/// </summary>
internal static class TourCovering
{
    private const long MostPairs = 20_000_000;
    private const long MostWeight = 1L << 50;

    /// <summary>True when a part can be seen that way.</summary>
    public static bool Fits(TourMaster part, VisitValue value) =>
        part.Groups is [{ Nodes: 1, Weekdays.Length: 1 } group]
        && group.Lists[0][0][0] is { Relaxation: null } list
        && (long)list.Count * part.Towns.Length <= MostPairs
        && part.Towns.Length > 0
        && part.Towns.All(t => value.Most(t) == 1)
        && Surplus(part, value) <= MostWeight - value.Total - 1;

    /// <summary>Tours in the order of the list as sites, towns in rising order as clients; a demanded visit weighs more than all values together.</summary>
    public static LocationProblem Problem(TourMaster part, VisitValue value)
    {
        var (list, towns) = (part.Groups[0].Lists[0][0][0]!, part.Towns);
        var distances = new int[list.Count * towns.Length];
        Array.Fill(distances, 1);
        for (var t = 0; t < list.Count; t++)
            foreach (var town in list.Tour(t)) distances[(t * towns.Length) + Array.BinarySearch(towns, town)] = 0;
        return new(
            part.Problem.Instance, LocationGoal.MostCovered, [.. Enumerable.Repeat(new CandidateSite("", 1), list.Count)], [],
            [.. towns.Select(t => value.Next(t, 0))], new TravelMatrix(list.Count, towns.Length, distances), part.Groups[0].Copies.Length);
    }

    /// <summary>What the weights of a plan with all demanded visits have beyond its value.</summary>
    public static long Surplus(TourMaster part, VisitValue value) => part.Towns.Count(t => value.Least(t) > 0) * (value.Total + 1);
}
