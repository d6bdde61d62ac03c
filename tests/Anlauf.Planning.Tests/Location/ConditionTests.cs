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

    private static void Agrees(CapacitatedProblem problem, decimal? best, int seed)
    {
        var result = CapacitatedSolver.Solve(problem, Short);
        result.Status.ShouldBe(best is null ? PlanStatus.Infeasible : PlanStatus.Optimal, $"seed {seed}");
        if (best is { } value) result.Objective!.Value.ShouldBe(value, 0.0006m, $"seed {seed}");
        var check = CertificateChecker.Check(problem, result.Certificate!);
        check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
    }
}
