using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Sites with capacities, rules, groups and a budget: values of plain enumeration, proofs that hold, special cases of other solvers.</summary>
public class ConditionTests
{
    private static readonly SearchLimits Short = new() { Time = TimeSpan.FromSeconds(60) };

    [Fact]
    public void Three_thousand_small_problems_cost_what_plain_enumeration_finds()
    {
        for (var seed = 0; seed < 3000; seed++) Agrees(ConditionedProblems.Random(seed), ConditionedProblems.Best(ConditionedProblems.Random(seed)), seed);
    }

    [Fact]
    public void Large_demands_and_costs_lead_to_the_same_plans()
    {
        for (var seed = 0; seed < 500; seed++)
            Agrees(ConditionedProblems.Random(seed, 10_000_000), ConditionedProblems.Best(ConditionedProblems.Random(seed)) * 10_000_000, seed);
    }

    [Fact]
    public void A_site_far_dearer_than_the_budget_is_as_good_as_forbidden()
    {
        var with = 0;
        for (var seed = 0; seed < 800; seed++)
        {
            if (ConditionedProblems.Random(seed).Conditions is not { Budget: not null, Sites: [{ Rule: not SiteRule.KeepOpen }, ..] }) continue;
            with++;
            Agrees(Dear(ConditionedProblems.Random(seed, 10_000_000)), ConditionedProblems.Best(Dear(ConditionedProblems.Random(seed))) * 10_000_000, seed);
        }
        with.ShouldBeGreaterThan(100);

        static CapacitatedProblem Dear(CapacitatedProblem problem) => new(problem.Instance, problem.Capacities, problem.FixedCosts, problem.Demands, problem.Costs,
            problem.Conditions with { Sites = [problem.Conditions.Sites[0] with { Cost = 1L << 45 }, .. problem.Conditions.Sites.Skip(1)] });
    }

    [Theory]
    [InlineData(LocationGoal.LeastTravel)]
    [InlineData(LocationGoal.MostCovered)]
    public void Location_with_capacities_has_the_value_of_plain_enumeration(LocationGoal goal)
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var (location, capacities) = ConditionedProblems.RandomLocation(seed, goal);
            var problem = CapacitatedLocation.Make(location, capacities);
            Agrees(problem, goal == LocationGoal.LeastTravel ? ConditionedProblems.Best(problem) : ConditionedProblems.MostServed(location, capacities), seed);
        }
    }

    [Fact]
    public void Without_capacities_location_has_the_value_it_has_without_them()
    {
        for (var seed = 0; seed < 600; seed++)
        {
            var location = SmallProblems.Random(seed);
            var best = LocationSolver.Solve(location, Short).Objective;
            var problem = CapacitatedLocation.Make(location, new long?[location.Sites.Count]);
            Agrees(problem, best, seed);
            if (best is not null && location.Goal == LocationGoal.LeastTravel)
                CertificateChecker.Check(problem, CapacitatedSolver.Solve(problem, Short).Certificate!).Sentence.ShouldContain("mit weniger Weg");
        }
    }

    [Fact]
    public void A_most_number_of_open_sites_is_a_budget_where_each_costs_one()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var problem = SmallProblems.RandomCapacitated(seed);
            var sites = problem.Capacities.Length;
            var counted = new CapacitatedProblem(problem.Instance, problem.Capacities, problem.FixedCosts, problem.Demands, problem.Costs,
                new([.. Enumerable.Range(0, sites).Select(i => new CandidateSite($"{i}", 1))], [], sites));
            Agrees(counted, SmallProblems.Best(problem), seed);
        }
    }

    [Fact]
    public void A_certificate_changed_in_any_place_is_rejected()
    {
        var rejected = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            var problem = ConditionedProblems.Random(seed);
            if (CapacitatedSolver.Solve(problem, Short).Certificate is not CapacitatedCertificate { Status: PlanStatus.Optimal } good) continue;
            var conditions = problem.Conditions;
            var closed = Enumerable.Range(0, problem.Capacities.Length).Except(good.Open).ToList();
            CapacitatedCertificate[] mutants =
            [
                good with { Objective = good.Objective - 1, Bound = good.Bound - 1 },
                good with { Bound = good.Bound + 1 },
                good with { Status = PlanStatus.Infeasible },
                good with { Status = PlanStatus.Infeasible, Open = [], Served = [], Scale = 1, Proof = "" },
                // a site beyond what may be spent, or a forbidden one
                .. closed.Where(i => conditions.Sites[i].Rule == SiteRule.Forbidden || good.Open.Sum(k => conditions.Sites[k].Cost) + conditions.Sites[i].Cost > conditions.Budget)
                    .Select(i => good with { Open = [.. good.Open, i], Objective = good.Objective + problem.FixedCosts[i], Bound = good.Bound + problem.FixedCosts[i] }),
                // a site that must stay, or that its group needs
                .. good.Open.Where(i => good.Served.All(s => s.Site != i)).Where(i => !ConditionedProblems.Keeps(conditions, [.. good.Open.Where(k => k != i)]))
                    .Select(i => good with { Open = [.. good.Open.Where(k => k != i)], Objective = good.Objective - problem.FixedCosts[i], Bound = good.Bound - problem.FixedCosts[i] }),
            ];
            for (var k = 0; k < mutants.Length; k++)
            {
                CertificateChecker.Check(problem, mutants[k]).Ok.ShouldBeFalse($"seed {seed}, change {k}");
                rejected++;
            }
        }
        rejected.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_proof_with_any_byte_changed_proves_nothing_false()
    {
        for (var seed = 0; seed < 80; seed++)
        {
            var problem = ConditionedProblems.Random(seed);
            if (CapacitatedSolver.Solve(problem, Short).Certificate is not CapacitatedCertificate { Status: PlanStatus.Optimal } good) continue;
            // a whole value leaves room for bounds just above the number before
            var more = good.Bound + (problem.IsWhole() ? 1 : 0.01m);
            var bytes = ProofBytes.Inflate(good.Proof);
            for (var k = 0; k < bytes.Length; k++)
            {
                var lie = good with { Proof = ProofBytes.Changed(bytes, k, k % 7), Bound = more, Status = PlanStatus.Feasible, Objective = good.Objective };
                CertificateChecker.Check(problem, lie).Ok.ShouldBeFalse($"seed {seed}, byte {k}");
            }
        }
    }

    [Fact]
    public void A_proof_that_the_budget_does_not_buy_the_capacity_is_needed_and_a_false_one_is_rejected()
    {
        var (proven, rejected) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var (poor, enough) = Purchase(seed);
            var result = CapacitatedSolver.Solve(poor, Short);
            result.Status.ShouldBe(PlanStatus.Infeasible, $"seed {seed}");
            var certificate = (CapacitatedCertificate)result.Certificate!;
            CertificateChecker.Check(poor, certificate).Ok.ShouldBeTrue($"seed {seed}");
            // one unit more would do, so the same proof proves nothing there
            CertificateChecker.Check(enough, certificate).Ok.ShouldBeFalse($"seed {seed}");
            CapacitatedSolver.Solve(enough, Short).Status.ShouldBe(PlanStatus.Optimal, $"seed {seed}");
            if (certificate.Proof.Length == 0) continue;
            proven++;
            var bytes = ProofBytes.Inflate(certificate.Proof);
            for (var k = 0; k < bytes.Length; k++)
            {
                CertificateChecker.Check(enough, certificate with { Proof = ProofBytes.Changed(bytes, k, k % 7) }).Ok.ShouldBeFalse($"seed {seed}, byte {k}");
                rejected++;
            }
            CertificateChecker.Check(poor, certificate with { Proof = "" }).Ok.ShouldBeFalse();
        }
        proven.ShouldBeGreaterThan(200);
        rejected.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void The_reason_why_nothing_is_possible_is_named()
    {
        Sentence([new("A", 1, 0), new("B", 1, 0, SiteRule.Forbidden)], [new("Kreis Nord", 2)], 9).ShouldContain("„Kreis Nord“ soll 2 Standorte haben, möglich sind dort nur 1.");
        Sentence([new("A", 5, 0), new("B", 6, 0)], [new("Kreis Nord", 2)], 10).ShouldContain("Schon das Nötigste kostet mehr als 10");
        Sentence([new("A", 5), new("B", 6)], [], 10).ShouldContain("Für 10 gibt es keine Standorte");
        Sentence([new("A", 5, -1, SiteRule.Forbidden), new("B", 6)], [], 10).ShouldContain("reichen nicht für den Bedarf: 5 von 8");
    }

    [Fact]
    public void A_condition_that_means_nothing_is_refused()
    {
        Refusal([new("A", -1), new("B", 1)], [], 9).ShouldContain("„A“");
        Refusal([new("A", 1, 1), new("B", 1)], [new("Nord", 1)], 9).ShouldContain("„A“");
        Refusal([new("A", 1), new("B", 1)], [new("Nord", -1)], 9).ShouldContain("„Nord“");
        Refusal([new("A", 1), new("B", 1)], [], -1).ShouldContain("Budget");
        Refusal([new("A", 1)], [], 1).ShouldContain("2");
    }

    [Fact]
    public void Equal_iterations_give_equal_plans_and_a_search_stopped_early_has_a_bound_that_holds()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var problem = ConditionedProblems.Random(seed);
            var limits = Short with { Time = Timeout.InfiniteTimeSpan, Iterations = 30 };
            var (one, two) = (CapacitatedSolver.Solve(problem, limits), CapacitatedSolver.Solve(problem, limits));
            (one.Objective, one.Bound).ShouldBe((two.Objective, two.Bound));
            foreach (var iterations in new[] { 1, 2, 5 })
                if (CapacitatedSolver.Solve(problem, limits with { Iterations = iterations }).Certificate is { } certificate)
                    CertificateChecker.Check(problem, certificate).Ok.ShouldBeTrue($"seed {seed}");
        }
    }

    private static string Sentence(CandidateSite[] sites, SiteGroup[] groups, long budget)
    {
        var problem = new CapacitatedProblem("two", [5, 5], [0, 0], [8], [1, 1], new(sites, groups, budget));
        var check = CertificateChecker.Check(problem, CapacitatedSolver.Solve(problem, Short).Certificate!);
        check.Ok.ShouldBeTrue(check.Reason);
        return check.Sentence;
    }

    private static string Refusal(CandidateSite[] sites, SiteGroup[] groups, long budget) =>
        Should.Throw<PlanInputException>(() => new CapacitatedProblem("two", [5, 5], [0, 0], [8], [1, 1], new(sites, groups, budget))).Message;

    /// <summary>A problem whose budget is one unit below what its capacity costs at least, and the same with that unit.</summary>
    private static (CapacitatedProblem Poor, CapacitatedProblem Enough) Purchase(int seed)
    {
        var random = new Random(seed);
        var sites = random.Next(4, 9);
        CandidateSite[] candidates = [.. Enumerable.Range(0, sites).Select(i => new CandidateSite($"{i}", random.Next(20, 60), random.Next(-1, 2)))];
        SiteGroup[] groups = [.. Enumerable.Range(0, 2).Select(g => new SiteGroup($"g{g}", Math.Min(random.Next(0, 3), candidates.Count(c => c.Group == g))))];
        long[] capacities = [.. Enumerable.Range(0, sites).Select(_ => (long)random.Next(10, 40))];
        long[] demands = [capacities.Sum() / 2, 1];
        var least = Enumerable.Range(1, (1 << sites) - 1).Select(set => Enumerable.Range(0, sites).Where(i => (set >> i & 1) != 0).ToArray())
            .Where(open => open.Sum(i => capacities[i]) >= demands.Sum() && ConditionedProblems.Keeps(new(candidates, groups, null), open)).Min(open => open.Sum(i => candidates[i].Cost));
        CapacitatedProblem With(long budget) => new($"purchase{seed}", capacities, new decimal[sites], demands, [.. Enumerable.Range(0, 2 * sites).Select(k => (decimal)(k % 7))], new(candidates, groups, budget));
        return (With(least - 1), With(least));
    }

    private static void Agrees(CapacitatedProblem problem, decimal? best, int seed)
    {
        var result = CapacitatedSolver.Solve(problem, Short);
        result.Status.ShouldBe(best is null ? PlanStatus.Infeasible : PlanStatus.Optimal, $"seed {seed}");
        if (best is { } value) result.Objective!.Value.ShouldBe(value, 0.0006m, $"seed {seed}");
        var check = CertificateChecker.Check(problem, result.Certificate!);
        check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
    }
}
