using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Assignment.Mentors;

/// <summary>Best matching with prices as proof, and the stable one beside it. One iteration is a round of the auction or a search for paths.</summary>
public static class MentorSolver
{
    /// <summary>Solves the problem; stopped early it answers with the stable matching and a bound.</summary>
    /// <param name="problem">the data</param>
    /// <param name="limits">time, iterations, cancellation, progress</param>
    public static PlanResult Solve(MentorProblem problem, SearchLimits limits)
    {
        var clock = limits.Start();
        var (best, proof, stable) = Matchings.Find(problem, clock.Workers, () => clock.Step());
        var mentorOf = best ?? stable;
        var prices = proof ?? new long[problem.Mentors];
        var (value, stableValue) = (Sum(problem, mentorOf), Sum(problem, stable));
        var bound = best is null ? Ceiling(problem) : value;
        clock.Report(value, bound);
        return new()
        {
            Instance = problem.Instance,
            Objective = value,
            Bound = bound,
            Status = value == bound ? PlanStatus.Optimal : PlanStatus.Feasible,
            Seconds = clock.Elapsed.TotalSeconds,
            Solution = new MentorPlan(mentorOf, stable, stableValue, value == 0 ? 0 : (double)(value - stableValue) / value),
            Certificate = new MentorCertificate
            {
                Instance = problem.Instance,
                Objective = value,
                Bound = bound,
                Status = value == bound ? PlanStatus.Optimal : PlanStatus.Feasible,
                MentorOf = mentorOf,
                Prices = prices,
                StableMentorOf = stable,
                StableObjective = stableValue,
            },
        };
    }

    private static long Sum(MentorProblem problem, int[] mentorOf)
    {
        long sum = 0;
        for (var c = 0; c < mentorOf.Length; c++)
            if (mentorOf[c] >= 0) sum += problem.Value[(c * problem.Mentors) + mentorOf[c]];
        return sum;
    }

    // the bound of prices 0: everybody gets the best allowed mentor
    private static long Ceiling(MentorProblem problem)
    {
        long sum = 0;
        for (var c = 0; c < problem.Candidates; c++)
        {
            long best = 0;
            for (var k = 0; k < problem.Mentors; k++)
                if (problem.Capacity[k] > 0 && problem.Allows(c, k)) best = Math.Max(best, problem.Value[(c * problem.Mentors) + k]);
            sum += best;
        }
        return sum;
    }
}

/// <summary>The best and the stable matching.</summary>
/// <param name="MentorOf">mentor of each candidate in the best matching, −1 for none</param>
/// <param name="StableMentorOf">mentor of each candidate in the stable matching, −1 for none</param>
/// <param name="StableObjective">value of the stable matching</param>
/// <param name="PriceOfStability">share of the best value the stable matching gives up</param>
public sealed record MentorPlan(
    IReadOnlyList<int> MentorOf, IReadOnlyList<int> StableMentorOf, long StableObjective, double PriceOfStability);
