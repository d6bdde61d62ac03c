using System.Text.RegularExpressions;
using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Tests;

public partial class JsonFormatTests
{
    private static readonly SearchLimits Short = new() { Time = Timeout.InfiniteTimeSpan, Iterations = 2000 };

    public static TheoryData<string> Examples() => [.. Documented()];

    private static List<string> Documented()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "docs", "plan-format.md"))) folder = Path.GetDirectoryName(folder)!;
        return [.. Block().Matches(File.ReadAllText(Path.Combine(folder, "docs", "plan-format.md"))).Select(match => match.Groups[1].Value)];
    }

    [Fact]
    public void Covering_with_capacities_answers_how_many_are_covered()
    {
        var plan = (CapacitatedPlan)Read(Documented().Single(json => json.Contains("Sprechstunden", StringComparison.Ordinal))).Solve(Short).Solution!;
        (plan.Covered, plan.BudgetCost).ShouldBe((21_000, 140));
        plan.Names.ShouldBe(["Aue", "Lauter"]);
        plan.Served.Sum(s => s.Units).ShouldBe(21_000);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_of_the_documentation_is_solved_and_its_certificate_holds(string json)
    {
        var task = Read(json);
        var result = task.Solve(Short);
        result.Status.ShouldBe(PlanStatus.Optimal, task.Problem.Instance);
        CertificateChecker.Check(task.Problem, result.Certificate!).Ok.ShouldBeTrue(task.Problem.Instance);
    }

    [Theory]
    [InlineData("""{"kind":"sponsor","population":[1,2],"cost":[[1,2],[1]],"tolerance":0.1}""", "cost[1]")]
    [InlineData("""{"kind":"sponsor","population":[1,-2],"cost":[[1,2],[1,1]],"tolerance":0.1}""", "population[1]")]
    [InlineData("""{"kind":"sponsor","population":[1,2],"cost":[[1,2],[1,1]]}""", "tolerance")]
    [InlineData("""{"kind":"gap","cost":[[1,2]],"weight":[[1,2]],"maxLod":[3]}""", "maxLod")]
    [InlineData("""{"kind":"gap","cost":[[1,2],null],"weight":[[1,2]],"maxLoad":[3]}""", "cost[1]")]
    [InlineData("""{"kind":"mentor","capacity":[1],"score":[[1],[1,2]]}""", "score[1]")]
    [InlineData("""{"kind":"mobile","weeks":1,"places":[{"name":"A"}],"towns":[],"buses":[{"depot":"B","shiftStart":1,"shiftEnd":2}]}""", "buses[0].depot")]
    [InlineData("""{"kind":"mobile","weeks":1,"places":[{"name":"A"}],"towns":[{"place":"A","visitMinutes":5,"values":[1],"markets":[{"weekday":9,"open":1,"close":2}]}],"buses":[]}""", "markets[0].weekday")]
    [InlineData("""{"kind":"orienteering","budget":3,"points":[{"x":1}]}""", "points[0].y")]
    [InlineData("""{"kind":"location","goal":"leastTravel"}""", "places")]
    [InlineData("""{"kind":"capacitated","sites":[{"capacity":1,"cost":1}],"customers":[{"name":"A"}],"cost":[[1]]}""", "customers[0].demand")]
    [InlineData("""{"kind":"capacitated","sites":[{"capacity":1,"cost":1}],"customers":[{"demand":1}],"cost":[[1,2]]}""", "cost[0]")]
    [InlineData("""{"kind":"capacitated","budget":3,"sites":[{"capacity":1,"cost":1}],"customers":[{"demand":1}],"cost":[[1]]}""", "sites[0].budgetCost")]
    [InlineData("""{"kind":"capacitated","sites":[{"capacity":1,"cost":1,"budgetCost":2}],"customers":[{"demand":1}],"cost":[[1]]}""", "budget")]
    [InlineData("""{"kind":"capacitated","budget":3,"mostOpen":2,"sites":[{"capacity":1,"cost":1,"budgetCost":2}],"customers":[{"demand":1}],"cost":[[1]]}""", "mostOpen")]
    [InlineData("""{"kind":"capacitated","mostOpen":-1,"sites":[{"capacity":1,"cost":1}],"customers":[{"demand":1}],"cost":[[1]]}""", "mostOpen")]
    [InlineData("""{"kind":"capacitated","sites":[{"capacity":1,"cost":1,"group":"A"}],"customers":[{"demand":1}],"cost":[[1]]}""", "sites[0].group")]
    [InlineData("""{"kind":"capacitated","sites":[{"capacity":1,"cost":1,"rule":"never"}],"customers":[{"demand":1}],"cost":[[1]]}""", "sites[0].rule")]
    [InlineData("""{"kind":"location","goal":"leastTravel","budget":1,"places":[{"population":1,"cost":1,"capacity":-1,"latitude":1,"longitude":1}]}""", "places[0].capacity")]
    [InlineData("""{"kind":"location","goal":"leastTravel","budget":1,"places":[{"population":1,"capacity":1,"latitude":1,"longitude":1}]}""", "places[0].cost")]
    [InlineData("""{"kind":7}""", "kind")]
    [InlineData("""[]""", "kind")]
    [InlineData("""{"kind":""", "Zeile 1")]
    public void A_wrong_field_is_refused_by_its_name(string json, string named) =>
        Should.Throw<PlanInputException>(() => Read(json)).Message.ShouldContain(named);

    private static PlanTask Read(string json)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.json");
        File.WriteAllText(path, json);
        try
        {
            return PlanFamilies.Find("json").Read(new([path])).Single();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
