namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>
/// Matching of greatest value with capacities. First an ascending auction: a mentor asked by too many keeps those who would
/// lose most elsewhere and becomes dearer by what the next one would lose (Bertsekas 1979, with exact regrets). Whoever is
/// left looks for a shortest augmenting path with prices (Jonker and Volgenant 1987). The prices prove the result:
/// value = Σ capacity_k·π_k + Σ σ_c with π_k + σ_c ≥ value of every allowed pair and π, σ ≥ 0.
/// </summary>
/// <param name="MentorOf">mentor of each candidate, −1 for none</param>
/// <param name="Prices">price of one place at each mentor</param>
internal sealed record BestMatching(int[] MentorOf, long[] Prices)
{
    private const short LargestShort = 4000, FarShort = 16_000;
    private const int LargestInt = 1 << 28, FarInt = 1 << 29;

    /// <summary>Solves the problem; none when <paramref name="goOn"/> stopped it.</summary>
    public static BestMatching? Solve(MentorProblem problem, Func<bool> goOn)
    {
        var largest = Math.Max(0, problem.Value.Max());
        if (largest <= LargestShort && problem.Candidates <= short.MaxValue) return new MatchingSearch<short>(problem, FarShort).Solve(goOn);
        return largest <= LargestInt ? new MatchingSearch<int>(problem, FarInt).Solve(goOn) : new MatchingSearch<long>(problem, long.MaxValue / 4).Solve(goOn);
    }
}
