using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>A search ends where its limits are used up, however many cases are still open then.</summary>
public class LimitTests
{
    // what is counted after the end: one step for every case left open on the way down
    private const long MostAfter = 200;

    [Theory]
    [InlineData(600, 0)]
    [InlineData(1050, 0)]
    [InlineData(1050, 60)]
    public void Nearly_everybody_in_reach_makes_deep_trees_and_the_search_still_ends_in_time(int places, int spread)
    {
        var problem = NearlyAll(places, spread);
        foreach (var limit in new[] { 500, 2000, 4000, 6000 })
        {
            var clock = new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = limit }.Start();
            var core = CoreReduction.Apply(CoreBuilder.Build(problem), new Decision[places], null, out _);
            var incumbent = new Incumbent(core, 1, clock, _ => { });
            incumbent.TryPlan([]);
            new BranchAndBound(core, incumbent, clock).Run(incumbent.Multipliers(), 0);
            (clock.Iterations - limit).ShouldBeLessThan(MostAfter, $"{limit}");

            var result = LocationSolver.Solve(problem, new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = limit });
            CertificateChecker.Check(problem, result.Certificate!).Reason.ShouldBeNull($"{limit}");
        }
    }

    /// <summary>Random places, and money for nearly all of them to be in reach.</summary>
    private static LocationProblem NearlyAll(int n, int spread)
    {
        var random = new Random(n);
        var points = Enumerable.Range(0, n).Select(_ => (X: random.Next(300), Y: random.Next(300))).ToArray();
        var distances = points.SelectMany(a => points.Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y))).ToArray();
        return new LocationProblem("nearly", LocationGoal.MostCovered, [.. points.Select((_, i) => new CandidateSite($"{i}", 60 + random.Next(spread + 1)))], [],
            [.. points.Select(_ => (long)random.Next(100, 9000))], new TravelMatrix(n, n, distances), 60 * 20 + 5 * spread, 40);
    }
}
