using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Input at the edge of what makes sense: a right answer or a clear refusal.</summary>
public class SpecialCases
{
    private static readonly SearchLimits Short = new() { Time = TimeSpan.FromSeconds(20) };

    [Fact]
    public void When_all_distances_are_equal_every_site_is_as_good_and_one_opens()
    {
        var result = Proven(Problem(6, Enumerable.Repeat(7, 36), [.. Enumerable.Repeat(2L, 6)], 3));
        result.Objective.ShouldBe(84);
        ((LocationPlan)result.Solution!).Open.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_region_without_people_costs_nothing_and_still_opens_a_site()
    {
        var result = Proven(Problem(5, Enumerable.Range(0, 25), new long[5], 2));
        result.Objective.ShouldBe(0);
        ((LocationPlan)result.Solution!).Open.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_single_place_serves_itself() => Proven(Problem(1, [0], [500], 1)).Objective.ShouldBe(0);

    [Fact]
    public void Places_on_the_same_spot_are_served_by_one_site() =>
        Proven(Problem(4, [0, 0, 90, 90, 0, 0, 90, 90, 90, 90, 0, 0, 90, 90, 0, 0], [10, 20, 30, 40], 2)).Objective.ShouldBe(0);

    [Fact]
    public void A_budget_below_the_cheapest_needs_is_proven_impossible()
    {
        var problem = new LocationProblem("small budget", LocationGoal.MostCovered,
            [new("a", 5, 0), new("b", 6, 0), new("c", 7, 1)], [new SiteGroup("north", 2), new SiteGroup("south", 1)],
            [1, 1, 1], new TravelMatrix(3, 3, new int[9]), 17, 0);
        var result = LocationSolver.Solve(problem, Short);
        result.Status.ShouldBe(PlanStatus.Infeasible);
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void A_road_network_in_two_parts_is_refused()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "4 2 1\n1 2 5\n3 4 5\n");
            Should.Throw<PlanInputException>(() => PlanFamilies.Find("pmedian").Read(new PlanInput([path])).Single());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void After_one_change_the_search_from_the_plan_before_gives_the_same_answer_as_one_from_nothing()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var before = Random(seed, 60, seed % 2 == 0 ? LocationGoal.LeastTravel : LocationGoal.MostCovered);
            var plan = (LocationPlan)LocationSolver.Solve(before, Short).Solution!;
            var lost = plan.Open[seed % plan.Open.Count];
            var after = new LocationProblem(before.Instance, before.Goal,
                [.. before.Sites.Select((site, i) => i == lost ? site with { Rule = SiteRule.Forbidden } : site)],
                before.Groups, before.Weights, before.Travel, before.Budget, before.Reach);
            var warm = LocationSolver.Solve(after, Short, plan.Start);
            warm.Objective.ShouldBe(LocationSolver.Solve(after, Short).Objective, $"seed {seed}");
            CertificateChecker.Check(after, warm.Certificate!).Ok.ShouldBeTrue($"seed {seed}");
        }
    }

    [Fact]
    public void Problems_of_a_hundred_places_with_budget_and_groups_are_proven()
    {
        for (var seed = 100; seed < 116; seed++)
            Proven(Random(seed, 100, seed % 3 == 0 ? LocationGoal.LeastTravel : LocationGoal.MostCovered));
    }

    private static PlanResult Proven(LocationProblem problem)
    {
        var result = LocationSolver.Solve(problem, Short);
        result.Status.ShouldBe(PlanStatus.Optimal);
        var check = CertificateChecker.Check(problem, result.Certificate!);
        check.Ok.ShouldBeTrue(check.Reason);
        return result;
    }

    private static LocationProblem Problem(int places, IEnumerable<int> distances, long[] weights, long budget) =>
        new("special", LocationGoal.LeastTravel, [.. Enumerable.Range(0, places).Select(i => new CandidateSite($"{i}", 1))], [],
            weights, new TravelMatrix(places, places, [.. distances]), budget);

    private static LocationProblem Random(int seed, int places, LocationGoal goal)
    {
        var random = new Random(seed);
        var points = Enumerable.Range(0, places).Select(_ => (X: random.Next(1000), Y: random.Next(1000))).ToArray();
        var distances = points.SelectMany(a => points.Select(b => (int)Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2)))).ToArray();
        return new LocationProblem($"random{seed}", goal,
            [.. Enumerable.Range(0, places).Select(i => new CandidateSite($"{i}", random.Next(40, 100), i % 4))],
            [.. Enumerable.Range(0, 4).Select(g => new SiteGroup($"g{g}", 2))],
            Enumerable.Range(0, places).Select(_ => (long)random.Next(1, 5000)).ToArray(), new TravelMatrix(places, places, distances), 900, 180);
    }
}
