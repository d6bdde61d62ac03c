using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Several threads on one proof: the same values, proofs that hold, and an end in time.</summary>
public class CoverTogetherTests
{
    [Fact]
    public void Two_and_four_threads_find_the_value_of_one()
    {
        for (var seed = 0; seed < 160; seed++)
        {
            var problem = Places(seed, 60 + seed % 3 * 30);
            var alone = Solve(problem, 1);
            foreach (var threads in new[] { 2, 4 })
            {
                var together = Solve(problem, threads);
                together.Objective.ShouldBe(alone.Objective, $"seed {seed}, {threads} threads");
                together.Status.ShouldBe(PlanStatus.Optimal);
                CertificateChecker.Check(problem, together.Certificate!).Reason.ShouldBeNull($"seed {seed}, {threads} threads");
            }
        }
    }

    [Fact]
    public void Small_problems_get_the_value_of_plain_enumeration()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var problem = Places(seed, 7 + seed % 5);
            var result = Solve(problem, 4);
            result.Objective.ShouldBe(SmallProblems.Best(problem), $"seed {seed}");
            if (result.Certificate is { } certificate) CertificateChecker.Check(problem, certificate).Reason.ShouldBeNull($"seed {seed}");
        }
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    [InlineData(1)]
    public void A_limit_of_time_leaves_a_bound_that_holds(double seconds)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var problem = Places(seed, 500);
            var result = LocationSolver.Solve(problem, new() { Time = TimeSpan.FromSeconds(seconds), Threads = 4 });
            CertificateChecker.Check(problem, result.Certificate!).Reason.ShouldBeNull($"seed {seed}");
            result.Seconds.ShouldBeLessThan(30);
        }
    }

    [Fact]
    public void Who_cancels_ends_all_threads()
    {
        foreach (var milliseconds in new[] { 0, 20, 100, 300 })
        {
            using var stop = new CancellationTokenSource(milliseconds);
            var problem = Places(1, 500);
            var result = LocationSolver.Solve(problem, new() { Time = TimeSpan.FromSeconds(60), Threads = 4, Cancellation = stop.Token });
            CertificateChecker.Check(problem, result.Certificate!).Reason.ShouldBeNull($"{milliseconds} ms");
            result.Seconds.ShouldBeLessThan(30);
        }
    }

    [Fact]
    public void With_a_limit_of_iterations_threads_change_nothing()
    {
        var problem = Places(4, 200);
        LocationCertificate Run(int threads) =>
            (LocationCertificate)LocationSolver.Solve(problem, new() { Iterations = 1500, Time = Timeout.InfiniteTimeSpan, Threads = threads }).Certificate!;
        Run(4).Proof.ShouldBe(Run(1).Proof);
    }

    private static PlanResult Solve(LocationProblem problem, int threads) =>
        LocationSolver.Solve(problem, new() { Time = TimeSpan.FromSeconds(60), Threads = threads });

    /// <summary>Random places: equal and unequal costs, needs of groups, money for half of the people or for nearly all.</summary>
    private static LocationProblem Places(int seed, int n)
    {
        var random = new Random(seed);
        var side = 10 * Math.Sqrt(n);
        var points = Enumerable.Range(0, n).Select(_ => (X: side * random.NextDouble(), Y: side * random.NextDouble())).ToArray();
        var reach = random.Next(12, 26);
        var costs = points.Select(_ => seed % 2 == 0 ? 10L : random.Next(10, 30)).ToArray();
        // about as many sites as reach everybody, or half of them
        var some = n * 100.0 / (Math.PI * reach * reach) * (random.Next(2) == 0 ? 1.8 : 0.8);
        var groups = seed % 3;
        return new("together", LocationGoal.MostCovered,
            [.. costs.Select((cost, i) => new CandidateSite($"{i}", cost, groups == 0 ? -1 : i % groups, seed % 7 == 3 && i == 0 ? SiteRule.KeepOpen : SiteRule.Free))],
            [.. Enumerable.Range(0, groups).Select(g => new SiteGroup($"{g}", 1))],
            [.. points.Select(_ => (long)random.Next(1, random.Next(2) == 0 ? 50 : 5000))],
            new TravelMatrix(n, n, [.. points.SelectMany(a => points.Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y)))]),
            (long)(Math.Max(groups + 1, some) * costs.Average()), reach);
    }
}
