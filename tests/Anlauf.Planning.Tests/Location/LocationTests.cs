using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;
using Anlauf.Testing;

namespace Anlauf.Planning.Tests.Location;

public class LocationTests
{
    private static readonly SearchLimits Short = new() { Time = TimeSpan.FromSeconds(20) };

    [Fact]
    public void Three_thousand_small_problems_get_the_value_of_plain_enumeration_and_a_proof_that_holds()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var problem = SmallProblems.Random(seed);
            var result = LocationSolver.Solve(problem, Short);
            var best = SmallProblems.Best(problem);
            result.Status.ShouldBe(best is null ? PlanStatus.Infeasible : PlanStatus.Optimal, $"seed {seed}");
            result.Objective.ShouldBe(best, $"seed {seed}");
            var check = CertificateChecker.Check(problem, result.Certificate!);
            check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
        }
    }

    [Fact]
    public void One_thousand_small_problems_with_capacities_cost_what_plain_enumeration_finds()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var problem = SmallProblems.RandomCapacitated(seed);
            var result = CapacitatedSolver.Solve(problem, Short);
            var best = SmallProblems.Best(problem);
            result.Status.ShouldBe(best is null ? PlanStatus.Infeasible : PlanStatus.Optimal, $"seed {seed}");
            if (best is { } value) result.Objective!.Value.ShouldBe(value, 0.0006m, $"seed {seed}");
            var check = CertificateChecker.Check(problem, result.Certificate!);
            check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
        }
    }

    [Fact]
    public void A_certificate_that_claims_more_than_it_proves_is_rejected()
    {
        var rejected = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var problem = SmallProblems.Random(seed);
            if (LocationSolver.Solve(problem, Short).Certificate is not LocationCertificate { Status: PlanStatus.Optimal } good) continue;
            var better = problem.Goal == LocationGoal.LeastTravel ? -1 : 1;
            LocationCertificate[] mutants =
            [
                good with { Objective = good.Objective + better, Bound = good.Bound + better },
                good with { Objective = good.Objective - better },
                good with { Bound = good.Bound - better },
                good with { Instance = "another" },
                good with { Open = [.. good.Open, problem.Sites.Count] },
                good with { Status = PlanStatus.Infeasible },
                good with { Open = [.. good.Open.Append(good.Open.FirstOrDefault(-1))] },
            ];
            foreach (var mutant in mutants)
            {
                CertificateChecker.Check(problem, mutant).Ok.ShouldBeFalse($"seed {seed}");
                rejected++;
            }
        }
        rejected.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_proof_with_any_byte_changed_is_rejected_or_still_true()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var problem = SmallProblems.Random(seed);
            if (LocationSolver.Solve(problem, Short).Certificate is not LocationCertificate { Status: PlanStatus.Optimal } good) continue;
            // a bound of 0 needs no proof and may have none, any other one needs its own
            var trivial = problem.Goal == LocationGoal.LeastTravel ? good.Bound == 0 : good.Bound == problem.Weights.Sum();
            good.Proof.Length.ShouldBe(trivial ? 0 : good.Proof.Length);
            var bytes = trivial ? [0, 0, 0] : ProofBytes.Inflate(good.Proof);
            for (var k = 0; k < bytes.Length; k++)
            {
                // whatever the bytes say, a worse value must never pass as a bound for the true optimum
                var lie = good with { Proof = ProofBytes.Changed(bytes, k, k % 7), Bound = good.Bound + (problem.Goal == LocationGoal.LeastTravel ? 1 : -1), Status = PlanStatus.Feasible };
                CertificateChecker.Check(problem, lie).Ok.ShouldBeFalse($"seed {seed}, byte {k}");
            }
            CertificateChecker.Check(problem, good with { Proof = ProofBytes.Deflate(bytes[..^1]) }).Ok.ShouldBeFalse($"seed {seed}");
        }
    }

    [Fact]
    public void The_same_seed_and_iterations_give_the_same_answer()
    {
        var problem = Grid(12, 6);
        var limits = new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = 60, Seed = 7 };
        var first = LocationSolver.Solve(problem, limits);
        var second = LocationSolver.Solve(problem, limits);
        CertificateJson.Write(first.Certificate!).ShouldBe(CertificateJson.Write(second.Certificate!));
    }

    [Fact]
    public void A_search_that_is_cancelled_at_once_still_gives_a_plan_and_a_proven_bound()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var problem = Grid(12, 6);
        var result = LocationSolver.Solve(problem, new SearchLimits { Cancellation = source.Token });
        result.Objective.ShouldNotBeNull();
        result.Bound!.Value.ShouldBeLessThanOrEqualTo(result.Objective!.Value);
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void Vector_and_scalar_kernels_agree()
    {
        var random = new Random(3);
        for (var length = 0; length <= 64; length += 8)
        {
            var u = Enumerable.Range(0, length).Select(_ => random.NextInt64(-1L << 40, 1L << 50)).ToArray();
            var c = Enumerable.Range(0, length).Select(_ => random.NextInt64(0, 1L << 50)).ToArray();
            SavingKernels.Worth(u, c).ShouldBe(SavingKernels.WorthScalar(u, c));
            long[] a = new long[length], b = new long[length];
            SavingKernels.Serve(u, c, a, 256);
            SavingKernels.ServeScalar(u, c, b, 256);
            a.ShouldBe(b);
        }
    }

    [Fact]
    public void Weights_beyond_32_bits_are_added_without_overflow()
    {
        var problem = new LocationProblem("large", LocationGoal.LeastTravel, [new("a", 1), new("b", 1)], [],
            [3_000_000_000, 5_000_000_000], new TravelMatrix(2, 2, [0, 100, 100, 0]), 1);
        LocationSolver.Solve(problem, Short).Objective.ShouldBe(300_000_000_000);
    }

    [Fact]
    public void Weights_too_large_for_exact_sums_are_refused_with_a_remedy() =>
        Should.Throw<PlanInputException>(() => new LocationProblem("huge", LocationGoal.LeastTravel, [new("a", 1)], [],
            [long.MaxValue / 2], new TravelMatrix(1, 1, [1000]), 1)).Message.ShouldContain("größere Einheit");

    [Fact]
    public void A_negative_weight_is_refused_with_its_place() =>
        Should.Throw<PlanInputException>(() => new LocationProblem("x", LocationGoal.LeastTravel, [new("a", 1)], [],
            [1, -5], new TravelMatrix(1, 2, [0, 1]), 1)).Message.ShouldContain("Ort 2");

    [SkippableTheory]
    [InlineData("pmed1", 5819)]
    [InlineData("pmed16", 8162)]
    [InlineData("pmed20", 1789)]
    public void Published_p_medians_are_proven(string name, int best)
    {
        var file = SharedData.PathTo($"benchmarks/pmedian/{name}.txt");
        var task = PlanFamilies.Find("pmedian").Read(new PlanInput([file])).Single();
        var result = task.Solve(Short);
        (result.Objective, result.Bound, result.Status).ShouldBe((best, best, PlanStatus.Optimal));
        CertificateChecker.Check(task.Problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData("cap41", 1040444.375)]
    [InlineData("cap123", 895302.325)]
    public void Published_plans_with_capacities_are_proven(string name, double best)
    {
        var file = SharedData.PathTo($"benchmarks/cflp/{name}.txt");
        var task = PlanFamilies.Find("cflp").Read(new PlanInput([file])).Single();
        var result = task.Solve(Short);
        result.Objective.ShouldBe((decimal)best);
        result.Status.ShouldBe(PlanStatus.Optimal);
        CertificateChecker.Check(task.Problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    private static LocationProblem Grid(int side, int sites)
    {
        var points = Enumerable.Range(0, side * side).Select(k => (X: k % side * 7 % 11, Y: k / side * 5 % 13)).ToArray();
        var n = points.Length;
        var distances = Enumerable.Range(0, n * n).Select(k => Math.Abs(points[k / n].X - points[k % n].X) + Math.Abs(points[k / n].Y - points[k % n].Y)).ToArray();
        return new LocationProblem("grid", LocationGoal.LeastTravel, [.. Enumerable.Range(0, n).Select(i => new CandidateSite($"{i}", 1))], [],
            Enumerable.Range(0, n).Select(j => 1L + j % 5).ToArray(), new TravelMatrix(n, n, distances), sites);
    }
}
