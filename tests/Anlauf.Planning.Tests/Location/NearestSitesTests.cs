using Anlauf.Planning.Certificates;
using Anlauf.Planning.Instances;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Thousands of places without groups: only the nearest sites of each are looked at, and more where these are too few.</summary>
public class NearestSitesTests
{
    [Fact]
    public void A_bound_from_the_nearest_sites_holds_and_never_exceeds_that_of_all()
    {
        var problem = Places(60, 10, new Random(1), crowd: 0);
        var all = CoreBuilder.Build(problem);
        var few = CoreBuilder.Build(problem, 20);
        few.Pairs.ShouldBeLessThan(all.Pairs);
        for (var j = 0; j < all.Clients; j++) few.Ceiling[j].ShouldBeLessThanOrEqualTo(all.Ceiling[j]);
        var multipliers = new long[Math.Max(few.Clients, Math.Max(few.Stride, all.Stride))];
        few.Ceiling.CopyTo(multipliers, 0);
        new Relaxation(few).EvaluateAt(multipliers, 0, 0).ShouldBe(new Relaxation(all).EvaluateAt(multipliers, 0, 0));
    }

    [Fact]
    public void Where_the_nearest_are_too_few_more_are_looked_at_and_the_value_is_that_of_the_plan()
    {
        // hardly anybody lives in a far crowd of places: no plan opens a site there, and all nearest sites are in the crowd
        var problem = Places(2100, 60, new Random(2), crowd: 300);
        NearestSites.Count(problem).ShouldBeLessThan(300);
        var result = LocationSolver.Solve(problem, new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = 2000 });
        var open = ((LocationPlan)result.Solution!).Open;
        open.ShouldAllBe(site => site >= 300);
        result.Objective.ShouldBe(NearestSites.Value(problem, open));
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void Out_of_time_at_once_the_value_is_still_that_of_the_plan()
    {
        var problem = Places(2100, 60, new Random(3), crowd: 300);
        var result = LocationSolver.Solve(problem, new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = 1 });
        result.Objective.ShouldBe(NearestSites.Value(problem, ((LocationPlan)result.Solution!).Open));
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    private static LocationProblem Places(int n, int open, Random random, int crowd)
    {
        var points = Enumerable.Range(0, n).Select(k => k < crowd
            ? new GeoPoint(58 + (random.NextDouble() / 100), 9)
            : new GeoPoint(48 + random.NextDouble(), 9 + random.NextDouble())).ToArray();
        return new LocationProblem("near", LocationGoal.LeastTravel, [.. points.Select((_, i) => new CandidateSite($"{i}", 1))], [],
            [.. points.Select((_, k) => k < crowd ? 1L : random.Next(5000, 9000))], new GeoTravel(points), open);
    }
}
