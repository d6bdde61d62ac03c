using Anlauf.Planning.Certificates;
using Anlauf.Planning.Instances;
using Anlauf.Planning.Location;
using Anlauf.Testing;

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

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    public void A_limit_shorter_than_all_travel_times_take_is_kept_with_a_plan_and_a_bound(double seconds)
    {
        var problem = Places(12_000, 10, new Random(4), crowd: 0);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = LocationSolver.Solve(problem, new SearchLimits { Time = TimeSpan.FromSeconds(seconds) });
        watch.Elapsed.ShouldBeLessThan(Quiet.Limit(seconds + 0.5));
        result.Objective.ShouldBe(NearestSites.Value(problem, ((LocationPlan)result.Solution!).Open));
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void Who_cancels_gets_the_answer_at_once()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var problem = Places(12_000, 10, new Random(5), crowd: 0);
        var result = LocationSolver.Solve(problem, new SearchLimits { Time = Timeout.InfiniteTimeSpan, Cancellation = source.Token });
        (result.Status, ((LocationPlan)result.Solution!).Open.Count).ShouldBe((PlanStatus.Feasible, 10));
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void The_pairs_of_very_many_places_fit_into_memory_whether_few_sites_open_or_one_group_has_them_all()
    {
        var problem = Places(12_000, 1, new Random(6), crowd: 0);
        NearestSites.Most(problem).ShouldBeLessThan(4_000);
        var grouped = new LocationProblem("one", problem.Goal, [.. problem.Sites.Select(site => site with { Group = 0 })], [new("all", 1)], problem.Weights, problem.Travel, 1);
        var core = CoreBuilder.Build(grouped, int.MaxValue, new SearchLimits().Start());
        core.IsCut.ShouldBeTrue();
        core.Pairs.ShouldBeLessThanOrEqualTo(40_000_000);
    }

    [Fact]
    public void Whatever_the_number_of_threads_the_core_is_the_same()
    {
        var problem = Places(2_500, 40, new Random(7), crowd: 20);
        var (one, four) = (Build(1), Build(4));
        (one.PairSite.SequenceEqual(four.PairSite), one.PairCost.SequenceEqual(four.PairCost), one.Ceiling.SequenceEqual(four.Ceiling)).ShouldBe((true, true, true));
        LocationCore Build(int threads) => CoreBuilder.Build(problem, 200, new SearchLimits { Threads = threads }.Start());
    }

    [Fact]
    public void Near_places_and_the_nearest_are_those_of_all_distances_also_across_the_date_line_and_at_the_pole()
    {
        var random = new Random(8);
        var travel = new GeoTravel(Enumerable.Range(0, 300).Select(k => k % 3 == 0 ? new GeoPoint(50 + (random.NextDouble() / 100), 9) : k % 3 == 1 ? new GeoPoint(88 + (2 * random.NextDouble()), random.Next(-180, 180)) : new GeoPoint(10 + random.NextDouble(), k % 2 == 0 ? 179.9 : -179.9)));
        for (var client = 0; client < 300; client++)
        {
            var limit = random.Next(3000);
            var found = new List<int>();
            travel.Near(client, limit, (site, _) => found.Add(site));
            found.Order().ShouldBe(Enumerable.Range(0, 300).Where(site => travel[site, client] <= limit));
            int[] some = [.. Enumerable.Range(0, 12).Select(_ => random.Next(300))];
            travel.ToNearest(client, some).ShouldBe(some.Min(site => travel[site, client]));
        }
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
