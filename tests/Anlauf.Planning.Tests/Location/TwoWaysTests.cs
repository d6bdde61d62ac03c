using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Medians by guesses and without any at once: the same values, proofs that hold, and an end in time.</summary>
public class TwoWaysTests
{
    [Fact]
    public void Two_and_four_threads_find_the_value_of_one_from_nothing_and_after_a_change()
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var problem = State(60 + seed % 4 * 40, seed);
            var alone = LocationSolver.Solve(problem, new() { Threads = 1 });
            alone.Status.ShouldBe(PlanStatus.Optimal);
            var plan = (LocationPlan)alone.Solution!;
            var changed = Without(problem, plan.Open[seed % plan.Open.Count]);
            var changedAlone = LocationSolver.Solve(changed, new() { Threads = 1 }, plan.Start);
            foreach (var threads in new[] { 2, 4, 9 })
            {
                IsSame(problem, LocationSolver.Solve(problem, new() { Threads = threads }), alone);
                IsSame(changed, LocationSolver.Solve(changed, new() { Threads = threads }, plan.Start), changedAlone);
            }
        }

        static void IsSame(LocationProblem problem, PlanResult together, PlanResult alone)
        {
            together.Objective.ShouldBe(alone.Objective, problem.Instance);
            together.Status.ShouldBe(PlanStatus.Optimal);
            CertificateChecker.Check(problem, together.Certificate!).Reason.ShouldBeNull(problem.Instance);
        }
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void A_limit_of_time_leaves_a_bound_that_holds(double seconds)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var problem = State(300, seed);
            var result = LocationSolver.Solve(problem, new() { Time = TimeSpan.FromSeconds(seconds), Threads = 4 });
            CertificateChecker.Check(problem, result.Certificate!).Reason.ShouldBeNull($"seed {seed}");
            result.Seconds.ShouldBeLessThan(30);
        }
    }

    [Fact]
    public void With_a_limit_of_iterations_threads_change_nothing()
    {
        foreach (var iterations in new[] { 150, 800, 3000 })
        {
            var problem = State(120, 3);
            PlanResult Run(int threads) => LocationSolver.Solve(problem, new() { Iterations = iterations, Time = Timeout.InfiniteTimeSpan, Threads = threads });
            var (one, four) = (Run(1), Run(4));
            four.Objective.ShouldBe(one.Objective);
            four.Bound.ShouldBe(one.Bound);
            ((LocationCertificate)four.Certificate!).Proof.ShouldBe(((LocationCertificate)one.Certificate!).Proof);
        }
    }

    [Fact]
    public void Who_cancels_ends_both()
    {
        foreach (var milliseconds in new[] { 0, 20, 60, 150 })
        {
            using var stop = new CancellationTokenSource(milliseconds);
            var problem = State(300, 5);
            var result = LocationSolver.Solve(problem, new() { Threads = 4, Cancellation = stop.Token });
            CertificateChecker.Check(problem, result.Certificate!).Reason.ShouldBeNull($"{milliseconds} ms");
            result.Seconds.ShouldBeLessThan(30);
        }
    }

    private static LocationProblem Without(LocationProblem problem, int site) =>
        new(problem.Instance, problem.Goal, [.. problem.Sites.Select((s, i) => i == site ? s with { Rule = SiteRule.Forbidden } : s)], problem.Groups, problem.Weights, problem.Travel, problem.Budget);

    /// <summary>A random state: unequal costs, three groups of at least two sites, money for a dozen.</summary>
    private static LocationProblem State(int n, int seed)
    {
        var random = new Random(seed);
        var points = Enumerable.Range(0, n).Select(_ => (X: random.Next(1000), Y: random.Next(1000))).ToArray();
        var travel = points.SelectMany(a => points.Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y))).ToArray();
        return new($"state {seed}", LocationGoal.LeastTravel,
            [.. points.Select((p, i) => new CandidateSite($"{i}", random.Next(60, 90), p.X / 334))], [.. Enumerable.Range(0, 3).Select(g => new SiteGroup($"{g}", 2))],
            [.. points.Select(_ => (long)random.Next(100, 9000))], new TravelMatrix(n, n, travel), 900);
    }
}
