using Anlauf.Planning.Certificates;
using Anlauf.Planning.Routes.Orienteering;
using Anlauf.Testing;

namespace Anlauf.Planning.Tests.Routes;

public class SelectionTests
{
    [Fact]
    public void Of_all_stops_in_one_order_the_best_ones_within_the_budget_are_chosen()
    {
        var better = 0;
        for (var seed = 1; seed <= 1500; seed++)
        {
            var random = new Random(seed);
            ScoredPoint[] points = [.. Enumerable.Range(0, random.Next(3, 11)).Select(_ => new ScoredPoint(random.Next(20), random.Next(20), 5 * random.Next(5)))];
            var problem = new OrienteeringProblem("Reihe", points, 0, random.Next(2), 1, random.Next(5, 60));
            if (problem.Leg(problem.Start, problem.End) > problem.Budget) continue;
            var tours = Begun(problem);
            var selection = new Selection(problem);
            if (!selection.Fits || !tours.IsCurrent) continue;
            var stops = selection.Choose(tours, 0).ToArray();
            var best = Enumerated(problem, selection.LastOrder(tours, 0));
            if (stops.Length == 0)
            {
                best.ShouldBe(tours.Score, $"seed {seed}");
                continue;
            }
            better++;
            tours.Replace(0, stops);
            tours.Score.ShouldBe(best, $"seed {seed}");
            tours.Length[0].ShouldBeLessThanOrEqualTo(problem.Budget, $"seed {seed}");
            stops.Distinct().Count().ShouldBe(problem.Start == problem.End ? stops.Length - 1 : stops.Length, $"seed {seed}");
        }
        better.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Two_thousand_points_on_one_long_tour_keep_to_the_time()
    {
        var random = new Random(7);
        ScoredPoint[] points = [.. Enumerable.Range(0, 2000).Select(_ => new ScoredPoint(100 * random.NextDouble(), 100 * random.NextDouble(), 1 + random.Next(20)))];
        var problem = new OrienteeringProblem("lang", points, 0, 0, 1, 2500);
        var result = OrienteeringSolver.Solve(problem, new() { Time = TimeSpan.FromSeconds(1) });
        TimeSpan.FromSeconds(result.Seconds).ShouldBeLessThan(Quiet.Limit(1.1));
        result.Objective!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_first_tour_is_owed_however_little_time_there_is()
    {
        var random = new Random(7);
        ScoredPoint[] points = [.. Enumerable.Range(0, 500).Select(_ => new ScoredPoint(100 * random.NextDouble(), 100 * random.NextDouble(), 1 + random.Next(20)))];
        foreach (var tours in (int[])[1, 3])
        {
            var problem = new OrienteeringProblem("eilig", points, 0, 0, tours, 800);
            var result = OrienteeringSolver.Solve(problem, new() { Time = TimeSpan.Zero });
            result.Objective!.Value.ShouldBeGreaterThan(0);
            CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
        }
    }

    // the clock has run out: open points learn their places, none is put in
    private static Tours Begun(OrienteeringProblem problem)
    {
        var tours = new Tours(problem, new Shortening(problem), new SearchLimits { Time = TimeSpan.Zero }.Start());
        tours.Insert([.. problem.Points.Select(p => (double)p.Score)]);
        return tours;
    }

    private static long Enumerated(OrienteeringProblem problem, ReadOnlySpan<int> order)
    {
        var best = 0L;
        for (var set = 0; set < 1 << (order.Length - 2); set++)
        {
            var (length, score, at) = (0L, 0L, order[0]);
            for (var k = 1; k < order.Length; k++)
            {
                if (k < order.Length - 1 && (set >> (k - 1) & 1) == 0) continue;
                length += problem.Leg(at, order[k]);
                at = order[k];
                if (k < order.Length - 1) score += problem.Points[at].Score;
            }
            if (length <= problem.Budget) best = Math.Max(best, score);
        }
        return best;
    }
}
