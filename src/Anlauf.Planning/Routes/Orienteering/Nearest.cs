namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>The nearest other points of each point, the nearest first, of equally near ones the first.</summary>
internal static class Nearest
{
    /// <param name="problem">the problem</param>
    /// <param name="points">points to look at</param>
    /// <param name="most">how many to keep</param>
    /// <returns>a list for each of these points, none for others</returns>
    public static int[][] Of(OrienteeringProblem problem, int[] points, int most)
    {
        var near = new int[problem.Points.Count][];
        var (distances, ranked) = (new long[points.Length], new long[points.Length]);
        foreach (var point in points)
        {
            for (var k = 0; k < points.Length; k++) distances[k] = points[k] == point ? long.MaxValue : problem.Leg(point, points[k]);
            distances.CopyTo(ranked, 0);
            // only as many as are kept are put in order
            var farthest = Ranks.At(ranked, Math.Min(most, points.Length) - 1);
            int[] found = [.. Enumerable.Range(0, points.Length).Where(k => distances[k] <= farthest && distances[k] < long.MaxValue)];
            near[point] = [.. found.OrderBy(k => distances[k]).Take(most).Select(k => points[k])];
        }
        return near;
    }
}
