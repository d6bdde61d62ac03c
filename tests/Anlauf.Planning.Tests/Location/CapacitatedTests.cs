using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Certificates of sites with capacities: what is changed in them never proves something false; equal runs give equal answers.</summary>
public class CapacitatedTests
{
    private static readonly SearchLimits Short = new() { Time = Timeout.InfiniteTimeSpan, Iterations = 20_000 };

    [Fact]
    public void A_certificate_changed_in_any_place_is_rejected()
    {
        var rejected = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var problem = SmallProblems.RandomCapacitated(seed);
            if (CapacitatedSolver.Solve(problem, Short).Certificate is not CapacitatedCertificate { Status: PlanStatus.Optimal, Served.Count: > 0 } good) continue;
            var first = good.Served[0];
            CapacitatedCertificate[] mutants =
            [
                good with { Objective = good.Objective - 1, Bound = good.Bound - 1 },
                good with { Objective = good.Objective + 1 },
                good with { Bound = good.Bound + 1 },
                good with { Instance = "another" },
                good with { Status = PlanStatus.Infeasible },
                good with { Open = [.. good.Open, problem.Capacities.Length] },
                good with { Open = [.. good.Open.Where(i => i != first.Site)] },
                good with { Served = [.. good.Served.Skip(1)] },
                good with { Served = [first with { Units = first.Units + 1 }, .. good.Served.Skip(1)] },
                good with { Served = [first with { Units = -first.Units }, .. good.Served.Skip(1)] },
                good with { Served = [first with { Customer = problem.Demands.Length }, .. good.Served.Skip(1)] },
                good with { Served = [first with { Site = -1 }, .. good.Served.Skip(1)] },
                good with { Scale = good.Scale * 2 },
            ];
            for (var k = 0; k < mutants.Length; k++)
            {
                // a bound that nothing costs needs no proof
                if (k == 12 && good.Bound == 0) continue;
                CertificateChecker.Check(problem, mutants[k]).Ok.ShouldBeFalse($"seed {seed}, change {k}");
                rejected++;
            }
        }
        rejected.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_proof_with_any_byte_changed_proves_nothing_false()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var problem = SmallProblems.RandomCapacitated(seed);
            if (CapacitatedSolver.Solve(problem, Short).Certificate is not CapacitatedCertificate { Status: PlanStatus.Optimal } good) continue;
            var bytes = ProofBytes.Inflate(good.Proof);
            for (var k = 0; k < bytes.Length; k++)
            {
                var lie = good with { Proof = ProofBytes.Changed(bytes, k, k % 7), Bound = good.Bound + 0.01m, Status = PlanStatus.Feasible };
                CertificateChecker.Check(problem, lie).Ok.ShouldBeFalse($"seed {seed}, byte {k}");
            }
        }
    }

    [Fact]
    public void Equal_iterations_give_equal_plans_and_a_search_stopped_at_once_has_a_plan_with_a_bound()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var problem = SmallProblems.RandomCapacitated(seed);
            var limits = Short with { Iterations = 30 };
            var (one, two) = (CapacitatedSolver.Solve(problem, limits), CapacitatedSolver.Solve(problem, limits));
            (one.Objective, one.Bound).ShouldBe((two.Objective, two.Bound));
            var stopped = CapacitatedSolver.Solve(problem, limits with { Iterations = 1 });
            CertificateChecker.Check(problem, stopped.Certificate!).Ok.ShouldBeTrue($"seed {seed}");
        }
    }
}
