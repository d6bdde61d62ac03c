using System.Text.RegularExpressions;
using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests;

public partial class JsonFormatTests
{
    private static readonly SearchLimits Short = new() { Time = Timeout.InfiniteTimeSpan, Iterations = 2000 };

    public static TheoryData<string> Examples() => [.. Documented()];

    internal static List<string> Documented()
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

    // where in the text below something is replaced, by what, and what the refusal must name beside the file
    [Theory]
    [InlineData("\"budget\"", "\"Budget\"", "Zeile 2, Feld „Budget“", "heißt „budget“")]
    [InlineData("\"kind\"", "\"Kind\"", "Feld „kind“", "fehlt")]
    [InlineData("\"population\": 5", "\"Population\": 5", "Zeile 4, Feld „places[1].Population“", "heißt „population“")]
    [InlineData("\"population\": 5", "\"people\": 5", "Zeile 4, Feld „places[1].people“", "gibt es hier nicht")]
    [InlineData("\"population\": 5", "\"population\": \"5\"", "Zeile 4, Feld „places[1].population“", "ohne Anführungszeichen")]
    [InlineData("\"population\": 5", "\"population\": 5.5", "Zeile 4, Feld „places[1].population“", "keine ganze Zahl")]
    [InlineData("\"population\": 5", "\"population\": 9223372036854775808", "Zeile 4, Feld „places[1].population“", "keine ganze Zahl")]
    [InlineData("\"population\": 5", "\"population\": -5", "Zeile 4, Feld „places[1].population“", "ab 0")]
    [InlineData("\"population\": 5", "\"population\": true", "Zeile 4, Feld „places[1].population“", "ganze Zahl")]
    [InlineData("\"population\": 5", "\"population\": 5, \"population\": 6", "Zeile 4, Feld „places[1].population“", "zweimal")]
    [InlineData("\"population\": 5", "\"population\": NaN", "Zeile 4", "NaN")]
    [InlineData("\"population\": 5", "\"population\": -Infinity", "Zeile 4", "Infinity")]
    [InlineData("\"population\": 5", "\"population\": 5 /* sic */", "Zeile 4", "Kommentare")]
    [InlineData("\"population\": 5", "\"population\": 'x'", "Zeile 4", "doppelten Anführungszeichen")]
    [InlineData("\"population\": 5", "\"population\": 5,", "Zeile 4", "Komma")]
    [InlineData("\"Mühl\"", "7", "Zeile 3, Feld „places[0].name“", "Anführungszeichen")]
    [InlineData("\"longitude\": 9.1 }\n", "\"longitude\": 9.1 },\n", "Zeile 5", "Komma")]
    [InlineData("\"latitude\": 50.1", "\"latitude\": 1e999", "Feld „places[0].latitude“", "keine Zahl")]
    [InlineData("] }", "]", "Zeile 5", "endet zu früh")]
    [InlineData("] }", "] } {}", "Zeile 5", "Nach dem Ende")]
    [InlineData("\"places\": [", "\"places\": 7, \"x\": [", "Feld „places“", "Liste")]
    [InlineData("\"budget\": 7", "\"budget\": null", "Zeile 2, Feld „budget“", "Budget")]
    [InlineData("\"budget\": 7", "\"budget\": -7", "", "negativ")]
    [InlineData("\"budget\": 7", "\"bu\\u0064get\": 7, \"budget\": 7", "Zeile 2, Feld „budget“", "zweimal")]
    public void What_is_not_written_as_documented_is_refused_with_file_line_and_remedy(string part, string instead, string place, string remedy)
    {
        Strict.ShouldContain(part);
        var message = Should.Throw<PlanInputException>(() => Read(Strict.Replace(part, instead, StringComparison.Ordinal))).Message;
        message.ShouldContain(".json");
        message.ShouldContain(place);
        message.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("iso-8859-1", "Zeile 3", "Zeichen 17")]
    [InlineData("utf-16", "", "UTF-16")]
    [InlineData("utf-32", "", "UTF-16")]
    public void Another_encoding_than_utf_8_is_refused(string encoding, string place, string remedy)
    {
        var its = System.Text.Encoding.GetEncoding(encoding);
        var message = Should.Throw<PlanInputException>(() => Read([.. its.GetPreamble(), .. its.GetBytes(Strict)])).Message;
        message.ShouldContain(place);
        message.ShouldContain(remedy);
        message.ShouldContain("UTF-8");
    }

    [Theory]
    [InlineData("", "leer")]
    [InlineData(" \r\n\t", "leer")]
    [InlineData("{\"kind\":\0}", "keine Textdatei")]
    public void An_empty_or_binary_file_is_refused(string text, string remedy) =>
        Should.Throw<PlanInputException>(() => Read(text)).Message.ShouldContain(remedy);

    [Fact]
    public void A_mark_at_the_beginning_and_escaped_names_are_fine() =>
        ((LocationProblem)Read("\uFEFF" + Strict.Replace("\"Mühl\"", "\"M\\u00fchl\"", StringComparison.Ordinal)).Problem).Sites[0].Name.ShouldBe("Mühl");

    [Fact]
    public void Lists_in_lists_beyond_all_measure_are_refused() =>
        Should.Throw<PlanInputException>(() => Read(new string('[', 100_000))).Message.ShouldContain("geschachtelt");

    private const string Strict = """
        { "kind": "location", "goal": "leastTravel",
          "budget": 7, "places": [
            { "name": "Mühl", "population": 4, "cost": 3, "latitude": 50.1, "longitude": 9 },
            { "name": "Berg", "population": 5, "cost": 3, "latitude": 50.2, "longitude": 9.1 }
          ] }
        """;

    internal static PlanTask Read(string json) => Read(System.Text.Encoding.UTF8.GetBytes(json));

    private static PlanTask Read(byte[] json)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.json");
        File.WriteAllBytes(path, json);
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
