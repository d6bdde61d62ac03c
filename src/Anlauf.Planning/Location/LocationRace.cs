namespace Anlauf.Planning.Location;

/// <summary>What distinguishes one search for the same plan from another.</summary>
/// <param name="Seed">added to the seed</param>
/// <param name="FromNothing">whether it leaves the plan before a change aside</param>
internal readonly record struct SearchWay(ulong Seed, bool FromNothing);

/// <summary>
/// With several threads the same problem is searched in several ways at once; the first proof ends the others. How long a
/// proof takes varies by a factor of three with the plan the search happens to begin with, and after a change it is not
/// known beforehand whether the plan of before helps (algorithm portfolios: Gomes and Selman 2001). With a limit of
/// iterations only the first way is gone, so that the answer repeats exactly; large problems would need too much memory.
/// Covering problems gain nothing: there the threads share one tree (<see cref="CoverTree"/>).
/// </summary>
internal static class LocationRace
{
    private const long MostPairs = 4_000_000;
    private static readonly SearchWay[] s_ways = [new(0, false), new(1, true), new(2, false), new(3, false)];

    /// <summary>Runs as many searches as there are threads and returns the best answer.</summary>
    public static PlanResult Run(LocationProblem problem, SearchLimits limits, Func<SearchLimits, SearchWay, PlanResult> search)
    {
        var pairs = (long)problem.Sites.Count * problem.Weights.Count;
        var runners = problem.Goal == LocationGoal.LeastTravel && limits.Iterations is null && pairs <= MostPairs ? Math.Min(limits.Threads, s_ways.Length) : 1;
        if (runners <= 1) return search(limits, s_ways[0]);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limits.Cancellation);
        var results = new PlanResult[runners];
        var others = Enumerable.Range(1, runners - 1).Select(k => OwnThread.Start(() => Search(k))).ToArray();
        Search(0);
        Task.WaitAll(others);
        return results.MinBy(result => (IsProven(result) ? 0 : 1, result.Gap ?? double.MaxValue))!;

        void Search(int k)
        {
            results[k] = search(limits with { Cancellation = end.Token, Progress = k == 0 ? limits.Progress : null }, s_ways[k]);
            if (IsProven(results[k])) end.Cancel();
        }
    }

    private static bool IsProven(PlanResult result) => result.Status is PlanStatus.Optimal or PlanStatus.Infeasible;
}
