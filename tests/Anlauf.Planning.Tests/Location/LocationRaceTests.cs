using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

public class LocationRaceTests
{
    private static LocationProblem Places(int seed, LocationGoal goal)
    {
        var random = new Random(seed);
        const int Places = 60;
        var points = Enumerable.Range(0, Places).Select(_ => (X: random.NextDouble() * 1000, Y: random.NextDouble() * 1000)).ToArray();
        var travel = points.SelectMany(a => points.Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y))).ToArray();
        return new($"lauf-{seed}", goal, [.. Enumerable.Range(0, Places).Select(i => new CandidateSite($"{i}", random.Next(1, 6)))], [],
            [.. Enumerable.Range(0, Places).Select(_ => (long)random.Next(1, 500))], new TravelMatrix(Places, Places, travel), 20, 150);
    }

    [Theory]
    [InlineData(LocationGoal.MostCovered)]
    [InlineData(LocationGoal.LeastTravel)]
    public void Several_threads_prove_the_same_value_as_one(LocationGoal goal)
    {
        for (var seed = 0; seed < 15; seed++)
        {
            var problem = Places(seed, goal);
            var alone = LocationSolver.Solve(problem, new());
            var start = ((LocationPlan)alone.Solution!).Start;
            foreach (var threads in new[] { 2, 4, 9 })
            {
                var together = LocationSolver.Solve(problem, new() { Threads = threads }, start);
                together.Objective.ShouldBe(alone.Objective);
                together.Status.ShouldBe(PlanStatus.Optimal);
                CertificateChecker.Check(problem, together.Certificate!).Ok.ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void With_a_limit_of_iterations_threads_change_nothing()
    {
        var problem = Places(3, LocationGoal.LeastTravel);
        PlanResult Run(int threads) => LocationSolver.Solve(problem, new() { Iterations = 150, Time = Timeout.InfiniteTimeSpan, Threads = threads });
        var (one, four) = (Run(1), Run(4));
        four.Objective.ShouldBe(one.Objective);
        four.Bound.ShouldBe(one.Bound);
        ((LocationCertificate)four.Certificate!).Proof.ShouldBe(((LocationCertificate)one.Certificate!).Proof);
    }

    [Fact]
    public void Who_cancels_ends_all_searches()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var result = LocationSolver.Solve(Places(5, LocationGoal.MostCovered), new() { Threads = 4, Cancellation = stop.Token });
        result.Certificate.ShouldNotBeNull();
        CertificateChecker.Check(Places(5, LocationGoal.MostCovered), result.Certificate).Ok.ShouldBeTrue();
    }
}
