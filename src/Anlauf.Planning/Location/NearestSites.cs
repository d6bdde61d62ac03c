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

    private const int LeastSites = 2000, ShareOfPlan = 6, LeastCount = 30;

    /// <summary>So many sites per client at first: some times the clients per open site, all where that saves little.</summary>
    public static int Count(LocationProblem problem)
    {
        if (problem.Goal != LocationGoal.LeastTravel || problem.Sites.Count < LeastSites) return int.MaxValue;
        var open = Math.Max(1, problem.Budget / Math.Max(1, problem.Sites.Average(site => (double)site.Cost)));
        var count = LeastCount + (ShareOfPlan * problem.Sites.Count / open);
        return count * 2 < problem.Sites.Count ? (int)count : int.MaxValue;
    }

    /// <summary>Distance of the site that is so many-th nearest.</summary>
    /// <param name="travel">distances</param>
    /// <param name="client">the client</param>
    /// <param name="count">which site</param>
    /// <param name="guess">how far to look at first; receives what suits the next client</param>
    public static int Distance(TravelTable travel, int client, int count, ref int guess)
    {
        while (true)
        {
            guess = Math.Clamp(guess, 1, travel.Longest);
            var near = travel.Nearest(client, guess);
            if (near.Length >= count)
            {
                var distance = (int)(near[count - 1] >> 32);
                guess = distance + (distance / 8) + 1;
                return distance;
            }
            if (guess == travel.Longest) return near.Length == 0 ? 0 : (int)(near[^1] >> 32);
            guess += (guess / 2) + 1;
        }
    }

    /// <summary>What a plan really costs: weight × distance to the nearest open site, summed up.</summary>
    public static long Value(LocationProblem problem, IReadOnlyList<int> open)
    {
        long sum = 0;
        for (var j = 0; j < problem.Weights.Count; j++)
        {
            var least = int.MaxValue;
            var distances = problem.Travel.To(j);
            foreach (var site in open) least = Math.Min(least, distances.Length > 0 ? distances[site] : problem.Travel[site, j]);
            sum += problem.Weights[j] * least;
        }
        return sum;
    }
}
