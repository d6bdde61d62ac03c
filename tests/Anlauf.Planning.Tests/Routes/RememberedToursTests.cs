using Anlauf.Planning.Certificates;
using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Tests.Routes;

public class RememberedToursTests
{
    private static readonly SearchLimits Endless = new() { Time = Timeout.InfiniteTimeSpan };

    [Fact]
    public void A_thousand_small_problems_are_solved_by_the_rounds_alone()
    {
        var solved = 0;
        for (var seed = 0; seed < 6000; seed++)
        {
            var problem = SmallRoutes.Orienteering(seed);
            if (!RememberedTours.Fits(problem) || SmallRoutes.Best(problem) is not { } best) continue;
            var rounds = new RememberedTours(problem, Endless.Start());
            rounds.Prove(() => 0, 1L << 60, () => true).ShouldBeTrue($"seed {seed}");
            rounds.Bound.ShouldBe(best, $"seed {seed}");
            if (best > 0) rounds.Better!.Skip(1).SkipLast(1).Sum(p => problem.Points[p].Score).ShouldBe(best, $"seed {seed}");
            Check(problem, rounds.Better ?? [problem.Start, problem.End], best, best, rounds.Proof).Ok.ShouldBeTrue($"seed {seed}");
            solved++;
        }
        solved.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Rounds_that_are_changed_or_claim_too_much_are_rejected()
    {
        var rejected = 0;
        for (var seed = 0; seed < 600; seed++)
        {
            var problem = SmallRoutes.Orienteering(seed);
            if (!RememberedTours.Fits(problem) || SmallRoutes.Best(problem) is not > 0) continue;
            var rounds = new RememberedTours(problem, Endless.Start());
            rounds.Prove(() => 0, 1L << 60, () => true);
            var (tour, best) = (rounds.Better!, rounds.Bound);
            var other = problem.Points.Count;
            // a bound below the best tour, with a poorer plan beside it
            Check(problem, [problem.Start, problem.End], 0, best - 1, rounds.Proof).Ok.ShouldBeFalse($"seed {seed}");
            Check(problem, tour, best, best, []).Ok.ShouldBeFalse($"seed {seed}");
            Check(problem, tour, best, best, [.. rounds.Proof, [0]]).Ok.ShouldBeFalse($"seed {seed}");
            Check(problem, tour, best, best, [[other, other], .. rounds.Proof.Skip(1)]).Ok.ShouldBeFalse($"seed {seed}");
            Check(problem, tour, best, best, [null!]).Ok.ShouldBeFalse($"seed {seed}");
            rejected++;
        }
        rejected.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Short_tours_among_many_points_are_proven(int threads)
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var random = new Random(seed);
            ScoredPoint[] points = [.. Enumerable.Range(0, 60).Select(_ => new ScoredPoint(random.Next(21) - 10, random.Next(21) - 10, 5 * (1 + random.Next(8))))];
            var problem = new OrienteeringProblem($"kurz {seed}", points, 0, 1, 1, 34);
            var result = OrienteeringSolver.Solve(problem, Endless with { Threads = threads });
            if (result.Status == PlanStatus.Infeasible) continue;
            result.Status.ShouldBe(PlanStatus.Optimal);
            CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue($"seed {seed}");
        }
    }

    [Fact]
    public void A_search_on_two_threads_ends_when_it_is_told_to()
    {
        var random = new Random(3);
        ScoredPoint[] points = [.. Enumerable.Range(0, 100).Select(_ => new ScoredPoint(random.Next(101), random.Next(101), 1 + random.Next(40)))];
        var problem = new OrienteeringProblem("lang", points, 0, 1, 1, 300);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var result = OrienteeringSolver.Solve(problem, Endless with { Threads = 2, Cancellation = stop.Token });
        stop.IsCancellationRequested.ShouldBe(result.Status == PlanStatus.Feasible);
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    private static CheckResult Check(OrienteeringProblem problem, int[] tour, long score, long bound, IReadOnlyList<IReadOnlyList<int>> rounds) =>
        CertificateChecker.Check(problem, new OrienteeringCertificate
        {
            Instance = problem.Instance,
            Status = score == bound ? PlanStatus.Optimal : PlanStatus.Feasible,
            Objective = score,
            Bound = bound,
            Tours = [tour],
            Rounds = rounds,
        });
}
