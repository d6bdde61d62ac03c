using Anlauf.Planning.Assignment.Sponsors;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Tests;

/// <summary>What comes from outside is answered rightly or refused by name, never with an exception of the machine.</summary>
public sealed class InputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anlauf-plan").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("id,name,id\n", "id")]
    [InlineData("id;name;kreis\n", "Semikolon")]
    [InlineData("id,name,kreis,population,lat,lon,office_cost\n0,A,K,5,91,9,1\n", "lat")]
    [InlineData("id,name,kreis,population,lat,lon,office_cost\n0,A,K,5,51,-181,1\n", "lon")]
    public void A_table_of_a_state_that_does_not_fit_is_refused_by_its_column(string municipalities, string named) =>
        Refusal(State(municipalities, """{"id":"a","kind":"cover","radius_tenths":1,"budget":5}""")).ShouldContain(named);

    [Theory]
    [InlineData("""{"id":"a","kind":"cover","radius_tenths":"150","budget":5}""", "a.radius_tenths")]
    [InlineData("""{"id":"a","kind":"cover","radius_tenths":150,"budget":null}""", "a.budget")]
    [InlineData("""{"id":"a","kind":"mobile","weeks":1,"buses":1,"days_per_week":5,"depot_municipality_id":0,"shift_start":1,"shift_end":2,"overnight_municipality_ids":["0"]}""", "overnight_municipality_ids[0]")]
    [InlineData("""{"id":"a","kind":"mobile","weeks":1,"buses":1,"days_per_week":5,"depot_municipality_id":0,"shift_start":1,"shift_end":2,"overnight_municipality_ids":[9]}""", "overnight_municipality_ids")]
    [InlineData("""{"id":"a","kind":"mobile","weeks":1,"buses":1,"days_per_week":5,"depot_municipality_id":0,"shift_start":1,"shift_end":2,"overnight_municipality_ids":0}""", "overnight_municipality_ids")]
    public void An_entry_of_a_state_that_does_not_fit_is_refused_by_its_field(string entry, string named) =>
        Refusal(State("id,name,kreis,population,lat,lon,office_cost\n0,A,K,5,51,9,1\n", entry)).ShouldContain(named);

    [Theory]
    [InlineData("""{"kind":"location","goal":"leastTravel","budget":1,"places":[{"population":1,"rule":"keepOpen","latitude":1,"longitude":1}]}""", "places[0].cost")]
    [InlineData("""{"kind":"location","goal":"leastTravel","budget":1,"places":[{"population":1,"rule":"nonsense","latitude":1,"longitude":1}]}""", "places[0].rule")]
    [InlineData("""{"kind":"location","goal":"leastTravel","budget":1,"groups":[{"name":"K","leastOpen":1},{"name":"K","leastOpen":2}],"places":[{"population":1,"cost":1,"latitude":1,"longitude":1}]}""", "groups[1].name")]
    [InlineData("""{"kind":"sponsor","population":[1,1],"tolerance":1,"connected":true,"neighbours":[[0,-1]],"cost":[[1,1]]}""", "0–-1")]
    public void A_field_that_means_nothing_is_refused(string json, string named) => Refusal(Json(json)).ShouldContain(named);

    [Theory]
    [InlineData("""{"kind":"gap","cost":[[3,6,4],[5,2,4]],"weight":[[2,2,2],[3,2,1]],"minLoad":[-9223372036854775808,0],"maxLoad":[4,9223372036854775807]}""", 9)]
    [InlineData("""{"kind":"sponsor","population":[30,30,10,30],"loadMin":-9223372036854775808,"loadMax":9223372036854775807,"cost":[[0,5,9,9],[9,7,3,0]]}""", 8)]
    [InlineData("""{"kind":"sponsor","population":[30,30,10,30],"loadMin":0,"loadMax":9223372036854775807,"connected":true,"neighbours":[[0,1],[1,2],[2,3]],"cost":[[0,5,9,9],[9,7,3,0]]}""", 8)]
    public void A_limit_beyond_all_loads_limits_nothing(string json, int best)
    {
        var task = Json(json).Single();
        var result = task.Solve(new() { Time = Timeout.InfiniteTimeSpan });
        (result.Objective, result.Bound, CertificateChecker.Check(task.Problem, result.Certificate!).Ok).ShouldBe((best, best, true));
    }

    [Fact]
    public void A_window_that_nearly_every_set_of_constituencies_keeps_leads_to_the_best_plan()
    {
        const int members = 3, areas = 12;
        var random = new Random(5);
        long[] population = [.. Enumerable.Range(0, areas).Select(_ => (long)random.Next(50_000, 90_000))];
        long[] cost = [.. Enumerable.Range(0, members * areas).Select(_ => (long)random.Next(1_000))];
        var problem = new SponsorProblem("weit", members, population, cost, population.Sum() / 5, 1L << 31, [], false);
        var result = SponsorSolver.Solve(problem, new() { Time = Timeout.InfiniteTimeSpan });
        result.Status.ShouldBe(PlanStatus.Optimal);
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void A_radius_beyond_everything_covers_everybody()
    {
        var (points, demands) = (Write("coord.txt", "3\n0 0\n1 1\n1000000000000 -1000000000000\n"), Write("demanda.txt", "1 2 3"));
        PlanFamilies.Find("mclp").Read(new([points, demands]) { Radius = decimal.MaxValue, Sites = 1 }).Single().Solve(new()).Objective.ShouldBe(6);
    }

    [Fact]
    public void Only_the_problem_named_is_read_and_a_name_nobody_has_is_refused()
    {
        string[] files = [Write("a.txt", "2 1 1\n1 2 3\n"), Write("b.txt", "2 1 1\n1 2 4\n")];
        PlanFamilies.Read("pmedian", new(files) { Problem = "b" }).ShouldHaveSingleItem().Problem.Instance.ShouldBe("b");
        Refusal(PlanFamilies.Read("pmedian", new(files) { Problem = "c" })).ShouldContain("a, b");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"family":7}""")]
    [InlineData("""{"family":"location","instance":"a","status":"optimal","scale":1,"open":null,"proof":""}""")]
    [InlineData("""{"family":"location","instance":"a","status":"optimal","scale":1,"open":[null],"proof":""}""")]
    [InlineData("""{"family":"mobile","instance":"a","status":"optimal","scale":1,"prices":[],"searched":[],"plan":{"days":[{"bus":0}]}}""")]
    public void A_file_without_a_whole_certificate_is_refused_not_passed(string json) =>
        Should.Throw<PlanInputException>(() => CertificateJson.Read(json, "nachweis.json")).Message.ShouldContain("nachweis.json");

    [Theory]
    [InlineData("pmedian", "2 1 1\n1 2 -3\n", "Zeile 2")]
    [InlineData("pmedian", "2 1 3\n1 2 3\n", "Zeile 1")]
    [InlineData("cflp", "1 1\n5 -1\n3 1\n", "")]
    [InlineData("gap", "1 1\n1\n-1\n1\n", "Zeile 3")]
    [InlineData("op", "-5 1\n0 0 0\n1 1 0\n", "")]
    [InlineData("top", "n 2\nm 1\ntmax -5\n0 0 0\n1 1 0\n", "")]
    [InlineData("json", """{"kind":"gap","cost":[[1]],"weight":[[-1]],"maxLoad":[3]}""", "")]
    [InlineData("json", """{"kind":"mentor","capacity":[-1],"score":[[1]]}""", "")]
    [InlineData("json", """{"kind":"orienteering","budget":-3,"points":[{"x":1,"y":2}]}""", "")]
    [InlineData("json", """{"kind":"mobile","weeks":-1,"places":[{"name":"A"}],"travelMinutes":[[0]],"towns":[],"buses":[]}""", "")]
    [InlineData("json", """{"kind":"capacitated","sites":[{"capacity":-1,"cost":1}],"customers":[{"demand":1}],"cost":[[1]]}""", "")]
    public void A_number_out_of_range_is_refused_with_the_file_it_stands_in(string family, string text, string place)
    {
        var message = Refusal(PlanFamilies.Find(family).Read(new([Write("krumm.txt", text)])));
        message.ShouldContain("krumm.txt");
        message.ShouldContain(place);
    }

    [Theory]
    [InlineData("""{"kind":"location","goal":"leastTravel","budget":-1,@"places":[{"population":1,"cost":1,"latitude":1,"longitude":1}]}""", 1, "budget")]
    [InlineData("""{"kind":"location","goal":"leastTravel","budget":1,@"places":[{"population":1,@"cost":-1,"latitude":1,"longitude":1}]}""", 3, "places[0].cost")]
    [InlineData("""{"kind":"location","goal":"leastTravel","budget":1,@"groups":[{"name":"K",@"leastOpen":-1}],@"places":[{"population":1,"cost":1,"latitude":1,"longitude":1}]}""", 3, "groups[0].leastOpen")]
    [InlineData("""{"kind":"location","goal":"leastTravel","budget":1,@"travelTenths":[[0,1],@[-3,0]],@"places":[{"population":1,"cost":1},{"population":1}]}""", 3, "travelTenths[1][0]")]
    [InlineData("""{"kind":"capacitated",@"sites":[{"capacity":-1,"cost":1}],"customers":[{"demand":1}],"cost":[[1]]}""", 2, "sites[0].capacity")]
    [InlineData("""{"kind":"capacitated",@"sites":[{"capacity":1,@"cost":-1}],"customers":[{"demand":1}],"cost":[[1]]}""", 3, "sites[0].cost")]
    [InlineData("""{"kind":"capacitated",@"sites":[{"capacity":1,"cost":1}],@"customers":[{"demand":-1}],"cost":[[1]]}""", 3, "customers[0].demand")]
    [InlineData("""{"kind":"capacitated",@"sites":[{"capacity":1,"cost":1}],@"customers":[{"demand":1},{"demand":1}],@"cost":[[1,@-1]]}""", 5, "cost[0][1]")]
    [InlineData("""{"kind":"capacitated","budget":3,@"sites":[{"capacity":1,"cost":1,@"budgetCost":-4}],@"customers":[{"demand":1}],@"cost":[[1]]}""", 3, "sites[0].budgetCost")]
    [InlineData("""{"kind":"sponsor",@"population":[1,1],"tolerance":1,@"neighbours":[[0,1],@[0,7]],"cost":[[1,1]]}""", 4, "neighbours[1]")]
    [InlineData("""{"kind":"sponsor",@"population":[1,1],"tolerance":1,@"pins":[-1,@9],"cost":[[1,1]]}""", 4, "pins[1]")]
    [InlineData("""{"kind":"sponsor",@"population":[1,1],"tolerance":1,@"pins":[-1],"cost":[[1,1]]}""", 3, "pins")]
    [InlineData("""{"kind":"mentor",@"capacity":[1,@-1],"score":[[1,2]]}""", 3, "capacity[1]")]
    [InlineData("""{"kind":"mentor",@"capacity":[1],@"score":[[1],@[1099511627777]]}""", 4, "score[1][0]")]
    [InlineData("""{"kind":"mentor",@"capacity":[1],@"score":[[1]],@"mentorWish":[[-1099511627777]]}""", 4, "mentorWish[0][0]")]
    [InlineData("""{"kind":"mentor",@"capacity":[1],@"score":[[1],[1]],@"pins":[-1,5]}""", 4, "pins[1]")]
    [InlineData("""{"kind":"mentor",@"capacity":[1],@"score":[[1],[1]],@"pins":[0,0]}""", 4, "pins[1]")]
    [InlineData("""{"kind":"mentor",@"capacity":[1],@"score":[[0],[1]],@"pins":[0,-1]}""", 4, "pins[0]")]
    [InlineData("""{"kind":"gap",@"cost":[[1]],@"weight":[[-1]],"maxLoad":[3]}""", 3, "weight[0][0]")]
    [InlineData("""{"kind":"orienteering",@"budget":-3,"points":[{"x":1,"y":2}]}""", 2, "budget")]
    [InlineData("""{"kind":"orienteering",@"tours":0,"budget":3,"points":[{"x":1,"y":2}]}""", 2, "tours")]
    [InlineData("""{"kind":"orienteering","budget":3,"points":[{"x":1,"y":2},@{"x":1,@"y":2000001}]}""", 2, "points[1]")]
    [InlineData("""{"kind":"orienteering","budget":3,"points":[{"x":1,"y":2},@{"x":1,"y":2,@"score":-1}]}""", 3, "points[1].score")]
    [InlineData("""{"kind":"orienteering","budget":3,@"end":3,"points":[{"x":1,"y":2}]}""", 2, "end")]
    [InlineData("""{"kind":"mobile",@"weeks":-1,"places":[{"name":"A"}],"travelMinutes":[[0]],"towns":[],"buses":[]}""", 2, "weeks")]
    [InlineData("""{"kind":"mobile","weeks":1,@"daysPerWeek":8,"places":[{"name":"A"}],"travelMinutes":[[0]],"towns":[],"buses":[]}""", 2, "daysPerWeek")]
    [InlineData("""{"kind":"mobile","weeks":1,"places":[{"name":"A"}],"travelMinutes":[[0]],"towns":[],@"buses":[]}""", 2, "buses")]
    [InlineData("""{"kind":"mobile","weeks":1,"places":[{"name":"A"}],"travelMinutes":[[0]],"towns":[],@"buses":[{"depot":"A","shiftStart":3,@"shiftEnd":1}]}""", 2, "buses[0]")]
    [InlineData("""{"kind":"mobile","weeks":1,"places":[{"name":"A"}],"travelMinutes":[[0]],"buses":[{"depot":"A","shiftStart":3,"shiftEnd":9}],@"towns":[{"place":"A",@"visitMinutes":0,"values":[1],"markets":[]}]}""", 3, "towns[0].visitMinutes")]
    [InlineData("""{"kind":"mobile","weeks":1,"places":[{"name":"A"}],"travelMinutes":[[0]],"buses":[{"depot":"A","shiftStart":3,"shiftEnd":9}],@"towns":[{"place":"A","visitMinutes":1,"values":[1],"markets":[],@"minVisits":2}]}""", 3, "towns[0].minVisits")]
    [InlineData("""{"kind":"mobile","weeks":1,"places":[{"name":"A"}],"travelMinutes":[[0]],"buses":[{"depot":"A","shiftStart":3,"shiftEnd":9}],@"towns":[{"place":"A","visitMinutes":1,@"values":[1,2],"markets":[]}]}""", 3, "towns[0].values[1]")]
    [InlineData("""{"kind":"mobile","weeks":1,"places":[{"name":"A"}],"travelMinutes":[[0]],"buses":[{"depot":"A","shiftStart":3,"shiftEnd":9}],@"towns":[{"place":"A","visitMinutes":1,"values":[1],@"markets":[{"weekday":1,"open":9,"close":8}]}]}""", 3, "towns[0].markets[0]")]
    public void An_entry_of_our_own_format_out_of_range_is_refused_with_its_line_and_field(string json, int line, string field)
    {
        var refusal = Should.Throw<PlanInputException>(() => Json(json.Replace('@', '\n')).ToList());
        (refusal.Line, refusal.Field).ShouldBe((line, field));
        refusal.Message.ShouldStartWith($"{refusal.File}, Zeile {line}, Feld „{field}“: ");
    }

    private IEnumerable<PlanTask> State(string municipalities, string entry)
    {
        Write("municipalities.csv", municipalities);
        Write("markets.csv", "municipality_id,weekday,open,close,visit,profit,min_visits\n");
        Write("problems.json", $$"""{"problems":[{{entry}}]}""");
        return PlanFamilies.Find("state").Read(new([_folder]));
    }

    private IEnumerable<PlanTask> Json(string json) => PlanFamilies.Find("json").Read(new([Write("p.json", json)]));

    private static string Refusal(IEnumerable<PlanTask> tasks) => Should.Throw<PlanInputException>(() => tasks.ToList()).Message;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
