namespace Anlauf.Planning.Routes.Orienteering;

/// <summary>
/// A quick bound: each visit uses half of the two shortest legs at its point, each tour half of the shortest leg at start and end;
/// the best score within all budgets together is a fractional knapsack.
/// </summary>
internal static class OrienteeringBound
{
    public static long Of(OrienteeringProblem problem)
    {
        var useful = problem.PointsOfUse.ToArray();
        var use = new Int128[useful.Length];
        var (atStart, atEnd) = (problem.Leg(problem.Start, problem.End), problem.Leg(problem.Start, problem.End));
        for (var i = 0; i < useful.Length; i++)
        {
            var here = useful[i];
            var (least, second) = (problem.Leg(here, problem.Start), problem.Leg(here, problem.End));
            atStart = Math.Min(atStart, least);
            atEnd = Math.Min(atEnd, second);
            if (least > second) (least, second) = (second, least);
            foreach (var other in useful)
            {
                if (other == here) continue;
                var leg = problem.Leg(here, other);
                if (leg < least) (least, second) = (leg, least);
                else if (leg < second) second = leg;
            }
            use[i] = least + second;
        }
        // everything doubled, so that halves are whole
        var left = (Int128)problem.Tours * (2 * (Int128)problem.Budget - atStart - atEnd);
        var order = Enumerable.Range(0, useful.Length).ToArray();
        Array.Sort(order, (a, b) => (problem.Points[useful[b]].Score * use[a]).CompareTo(problem.Points[useful[a]].Score * use[b]));
        Int128 bound = 0;
        foreach (var i in order)
        {
            if (left < 0) break;
            if (use[i] > left) return (long)(bound + problem.Points[useful[i]].Score * left / use[i]);
            bound += problem.Points[useful[i]].Score;
            left -= use[i];
        }
        return (long)bound;
    }
}
