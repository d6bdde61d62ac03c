using System.Numerics;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// The matching of greatest value and the stable one, side by side where there are threads for both. The prices prove the
/// best one: value = Σ capacity_k·π_k + Σ σ_c with π_k + σ_c ≥ value of every allowed pair and π, σ ≥ 0.
/// </summary>
/// <param name="Best">mentor of each candidate in the best matching, −1 for none; no matching when stopped</param>
/// <param name="Prices">price of one place at each mentor</param>
/// <param name="Stable">mentor of each candidate in the stable matching, −1 for none</param>
internal sealed record Matchings(int[]? Best, long[]? Prices, int[] Stable)
{
    // lanes hold numbers of people, too
    private const short LargestShort = 4000, FarShort = 16_000;
    private const int LargestInt = 1 << 28, FarInt = 1 << 29;

    private const int PairsForThreads = 1 << 17;

    /// <summary>Finds both; no best one when <paramref name="goOn"/> stopped it.</summary>
    public static Matchings Find(MentorProblem problem, int workers, Func<bool> goOn)
    {
        if (problem.Value.Length < PairsForThreads) workers = 1; // done before others are awake
        if (problem.Largest <= LargestShort && Math.Max(problem.Candidates, problem.Mentors) <= short.MaxValue) return Find(problem, FarShort, workers, goOn);
        return problem.Largest <= LargestInt ? Find(problem, FarInt, workers, goOn) : Find(problem, long.MaxValue / 4, workers, goOn);
    }

    private static Matchings Find<T>(MentorProblem problem, T far, int workers, Func<bool> goOn)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var sides = Sides.Of(problem);
        var table = new PairTable<T>(problem, sides, null, far, workers);
        var search = new MatchingSearch<T>(table, far, sides, workers);
        var (found, stable) = (false, Array.Empty<int>());
        Division.For(workers, 2, piece =>
        {
            if (piece == 0) found = search.Solve(goOn);
            else stable = FindStable(problem, sides, table, far, workers);
        });
        return found ? new(sides.MentorOf(search.ColumnOf), Proof(problem, sides, search), stable) : new(null, null, stable);
    }

    // where both sides rank by the same number one matching alone is stable, whoever asks
    private static int[] FindStable<T>(MentorProblem problem, Sides sides, PairTable<T> table, T far, int workers)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (problem.CandidateWish is null && problem.MentorWish is null) return sides.MentorOf(StableMatching<T>.Find(table, table, far, sides));
        var asking = Sides.Asking(problem);
        var likes = new PairTable<T>(problem, asking, problem.MentorWish, far, workers);
        var liked = new PairTable<T>(problem, asking, problem.CandidateWish, far, workers);
        return asking.MentorOf(StableMatching<T>.Find(likes, liked, far, asking));
    }

    // of a mentor all of whose places are pinned beyond everybody
    private static long[] Proof<T>(MentorProblem problem, Sides sides, MatchingSearch<T> search)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var prices = new long[problem.Mentors];
        for (var k = 0; k < prices.Length; k++)
        {
            prices[k] = sides.Room[k] == 0 && problem.Capacity[k] > 0
                ? Enumerable.Range(0, problem.Candidates).Max(c => Math.Max(0, problem.Value[(c * problem.Mentors) + k]))
                : long.CreateTruncating(sides.ByMentor ? search.Gain(k) : search.Price(k));
        }
        return prices;
    }
}
