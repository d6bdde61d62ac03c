using Anlauf.Planning.Certificates;
using Anlauf.Planning.Routes.Orienteering;
using Anlauf.Testing;

namespace Anlauf.Planning.Tests.Routes;

public class OrienteeringTests
{
    private static readonly SearchLimits Short = new() { Time = Timeout.InfiniteTimeSpan, Iterations = 600 };

    [Fact]
    public void Two_thousand_small_problems_get_the_score_of_plain_enumeration_and_a_bound_above_it()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var problem = SmallRoutes.Orienteering(seed);
            var result = OrienteeringSolver.Solve(problem, Short);
            var best = SmallRoutes.Best(problem);
            result.Objective.ShouldBe(best, $"seed {seed}");
            if (best is null) result.Status.ShouldBe(PlanStatus.Infeasible, $"seed {seed}");
            else result.Bound!.Value.ShouldBeGreaterThanOrEqualTo(best.Value, $"seed {seed}");
            var check = CertificateChecker.Check(problem, result.Certificate!);
            check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(28)]
    [InlineData(33)]
    public void A_tour_with_large_scores_is_proven_as_one_with_small_ones(int digits)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            ScoredPoint[] points = [.. Enumerable.Range(0, 9).Select(k => new ScoredPoint(random.Next(0, 11), random.Next(0, 11), k < 2 ? 0 : random.NextInt64(1, 1L << digits)))];
            var problem = new OrienteeringProblem($"{digits} Stellen {seed}", points, 0, 1, 1, random.Next(10, 30));
            var result = OrienteeringSolver.Solve(problem, new() { Time = Timeout.InfiniteTimeSpan, Iterations = 200_000 });
            result.Objective.ShouldBe(SmallRoutes.Best(problem), problem.Instance);
            (result.Status is PlanStatus.Optimal or PlanStatus.Infeasible).ShouldBeTrue($"{problem.Instance}: {result.Objective} ≤ {result.Bound}");
            var check = CertificateChecker.Check(problem, result.Certificate!);
            check.Ok.ShouldBeTrue($"{problem.Instance}: {check.Reason}");
        }
    }

    [Fact]
    public void A_certificate_changed_in_any_place_is_rejected()
    {
        var rejected = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var problem = SmallRoutes.Orienteering(seed);
            if (OrienteeringSolver.Solve(problem, Short).Certificate is not OrienteeringCertificate { Objective: > 0 } good) continue;
            var tour = good.Tours.First(t => t.Sum(p => p == problem.Start || p == problem.End ? 0 : problem.Points[p].Score) > 0);
            OrienteeringCertificate With(params int[][] tours) => good with { Tours = [.. good.Tours.Where(t => t != tour), .. tours] };
            OrienteeringCertificate[] mutants =
            [
                good with { Objective = good.Objective + 1 },
                good with { Objective = good.Objective - 1 },
                good with { Bound = good.Objective - 1 },
                good with { Bound = null },
                good with { Instance = "another" },
                good with { Status = PlanStatus.Infeasible },
                good with { Tours = [] },
                With(),
                With([.. tour.Skip(1)]),
                With([.. tour.SkipLast(1)]),
                With([tour[0], tour[1], .. tour.Skip(1)]),
                With([tour[0], problem.Points.Count, .. tour.Skip(1)]),
                With([.. tour], [.. tour]),
                .. good.Proof is { } proof ? Mutants(good, proof) : [],
            ];
            foreach (var mutant in mutants)
            {
                CertificateChecker.Check(problem, mutant).Ok.ShouldBeFalse($"seed {seed}: mutant {Array.IndexOf(mutants, mutant)}");
                rejected++;
            }
        }
        rejected.ShouldBeGreaterThan(1500);
    }

    [Fact]
    public void A_price_repeated_beyond_all_numbers_proves_nothing()
    {
        var problem = new OrienteeringProblem("groß", [new(0, 0, 0), new(1, 0, 5), new(2, 0, 5)], 0, 0, 1000, 1_000_000);
        foreach (var times in new[] { 1, 1 << 16, 1 << 17, 3 << 16 })
        {
            int[] rows = [.. Enumerable.Repeat(0, times)];
            long[] prices = [.. Enumerable.Repeat(1L << 60, times)];
            var forged = new OrienteeringCertificate
            {
                Instance = problem.Instance,
                Objective = 5,
                Bound = 5,
                Status = PlanStatus.Optimal,
                Tours = [[0, 1, 0]],
                Proof = new([], [], [], [new(-1, -1, rows, prices)]),
            };
            CertificateChecker.Check(problem, forged).Ok.ShouldBeFalse($"{times}");
        }
    }

    [Fact]
    public void Where_even_the_direct_way_is_too_long_a_certificate_carries_nothing_else()
    {
        var problem = new OrienteeringProblem("weit", [new(0, 0, 0), new(9, 0, 0), new(1, 0, 3)], 0, 1, 1, 5);
        var good = (OrienteeringCertificate)OrienteeringSolver.Solve(problem, Short).Certificate!;
        CertificateChecker.Check(problem, good).Ok.ShouldBeTrue();
        CertificateChecker.Check(problem, good with { Tours = [[0, 2, 1]] }).Ok.ShouldBeFalse();
        CertificateChecker.Check(problem, good with { Rounds = [] }).Ok.ShouldBeFalse();
        CertificateChecker.Check(problem, good with { Proof = new([], [], [], []) }).Ok.ShouldBeFalse();
    }

    private static IEnumerable<OrienteeringCertificate> Mutants(OrienteeringCertificate good, TourProof proof)
    {
        yield return good with { Proof = proof with { Tree = [] } };
        yield return good with { Proof = proof with { Tree = [.. proof.Tree, proof.Tree[^1]] } };
        yield return good with { Proof = proof with { Tree = [.. proof.Tree.Skip(1)] } };
        yield return good with { Proof = proof with { Tree = [.. proof.Tree.Select(c => c with { Prices = [.. c.Prices.Select(p => -p - 1)] })] } };
        yield return good with { Proof = proof with { Connections = null! } };
    }

    [Fact]
    public void A_tour_that_cannot_reach_its_end_is_proven_impossible()
    {
        var problem = new OrienteeringProblem("far", [new(0, 0, 0), new(5, 0, 3), new(9, 0, 0)], 0, 2, 1, 8);
        OrienteeringSolver.Solve(problem, Short).Status.ShouldBe(PlanStatus.Infeasible);
    }

    [Fact]
    public void Points_at_one_place_are_all_visited()
    {
        var problem = new OrienteeringProblem("same", [.. Enumerable.Repeat(new ScoredPoint(1, 1, 4), 6)], 0, 5, 1, 0);
        var result = OrienteeringSolver.Solve(problem, Short);
        (result.Objective, result.Status).ShouldBe((16, PlanStatus.Optimal));
    }

    [Fact]
    public void A_score_too_large_is_refused_by_its_point() =>
        Should.Throw<PlanInputException>(() => new OrienteeringProblem("large", [new(0, 0, 0), new(1, 1, long.MaxValue)], 0, 1, 1, 5))
            .Message.ShouldContain("Punkt 2");

    [Fact]
    public void Equal_iterations_and_seed_give_equal_tours()
    {
        var problem = SmallRoutes.Orienteering(5);
        string Run() => CertificateJson.Write(OrienteeringSolver.Solve(problem, Short).Certificate!);
        Run().ShouldBe(Run());
    }

    [SkippableFact]
    public void Every_proven_optimum_of_the_published_single_tours_is_found()
    {
        var folder = SharedData.PathTo("benchmarks/op");
        foreach (var row in File.ReadLines(Path.Combine(folder, "best_known.csv")).Skip(1).Select(line => line.Split(',')).Where(row => row[5] == "optimal"))
        {
            var task = PlanFamilies.Find("op").Read(new([Path.Combine(folder, row[1])])).Single();
            task.Solve(new() { Time = Timeout.InfiniteTimeSpan, Iterations = 12_000 }).Objective
                .ShouldBe(decimal.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture), row[0]);
        }
    }
}
