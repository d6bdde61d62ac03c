using System.Diagnostics;

namespace Anlauf.Planning.Location;

/// <summary>
/// Where thousands of sites serve thousands of clients and no group says how far one goes, only the nearest sites of each client
/// are looked at. All others count as if they were no farther than the last of these, which can only make a bound smaller; a plan
/// that sends somebody farther shows that more are needed.
/// </summary>
internal static class NearestSites
{
    /// <summary>How many times as many are looked at when they were too few.</summary>
    public const int Wider = 4;

    private const long LeastPairs = 4_000_000, MostPairs = 40_000_000;
    private const int ShareOfPlan = 3, LeastCount = 30, Sample = 8;
    // of the time left, and what a pair takes on its way from a list through the core into the search for plans
    private const double ShareOfTime = 0.2, SecondsOfPair = 25e-9;

    /// <summary>So many sites per client at first: some times the clients per open site, all where that saves little.</summary>
    public static int Count(LocationProblem problem)
    {
        var candidates = problem.Sites.Where(site => site.Rule != SiteRule.Forbidden).ToArray();
        if (problem.Goal != LocationGoal.LeastTravel || (long)candidates.Length * problem.Weights.Count < LeastPairs) return int.MaxValue;
        var open = Math.Max(1, problem.Budget / Math.Max(1, candidates.Average(site => (double)site.Cost)));
        var count = LeastCount + (ShareOfPlan * candidates.Length / open);
        return count * 2 < candidates.Length ? (int)count : int.MaxValue;
    }

    /// <summary>No more sites per client than this, for the sake of memory.</summary>
    public static int Most(LocationProblem problem) =>
        problem.Goal == LocationGoal.LeastTravel ? (int)Math.Clamp(MostPairs / problem.Weights.Count, LeastCount, int.MaxValue) : int.MaxValue;

    /// <summary>As many of the nearest as can be put together in a share of the time left; all that are asked for where there is no limit.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="nearest">sites per client</param>
    /// <param name="clock">the search they are for</param>
    public static int Affordable(LocationProblem problem, int nearest, SearchClock clock)
    {
        var (clients, asked) = (problem.Weights.Count, Math.Min(nearest, problem.Sites.Count));
        if (clock.Left is not { TotalSeconds: var left } || problem.Goal != LocationGoal.LeastTravel || (long)asked * clients < LeastPairs) return nearest;
        var (guess, started) = (problem.Travel.Longest / 16, 0L);
        for (var k = 0; k <= Sample && !clock.Exhausted; k++)
        {
            // the first one shows how far to look
            if (k == 1) started = Stopwatch.GetTimestamp();
            _ = Distance(problem.Travel, (int)((long)k * (clients - 1) / Sample), asked, ref guess);
        }
        var seconds = clients * ((Stopwatch.GetElapsedTime(started).TotalSeconds / Sample / clock.Workers) + (asked * SecondsOfPair));
        var share = clock.Exhausted ? 0 : ShareOfTime * left / seconds;
        return share >= 1 ? nearest : (int)Math.Max(LeastCount, asked * share);
    }

    /// <summary>Distance of the site that is so many-th nearest.</summary>
    /// <param name="travel">distances</param>
    /// <param name="client">the client</param>
    /// <param name="count">which site</param>
    /// <param name="guess">how far to look at first; receives what suits the next client</param>
    /// <param name="counts">sites that count; none for all</param>
    public static int Distance(TravelTable travel, int client, int count, ref int guess, Predicate<int>? counts = null)
    {
        while (true)
        {
            guess = Math.Clamp(guess, 1, travel.Longest);
            var near = travel.Nearest(client, guess);
            var (left, last) = (count, 0);
            for (; last < near.Count && left > 0; last++)
                if (counts is null || counts((int)near[last])) left--;
            if (left == 0 || guess >= travel.Longest)
            {
                var distance = last == 0 ? 0 : (int)(near[last - 1] >> 32);
                guess = distance + (distance / 8) + 1;
                return distance;
            }
            guess += (guess / 2) + 1;
        }
    }

    /// <summary>What a plan really costs: weight × distance to the nearest open site, summed up.</summary>
    public static long Value(LocationProblem problem, IReadOnlyList<int> open)
    {
        long sum = 0;
        for (var j = 0; j < problem.Weights.Count; j++) sum += problem.Weights[j] * problem.Travel.ToNearest(j, open);
        return sum;
    }
}
