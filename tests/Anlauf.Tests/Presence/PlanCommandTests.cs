using Anlauf.Rooms.Presence;

namespace Anlauf.Tests.Presence;

public sealed class PlanCommandTests : IDisposable
{
    private const string Problem = """{"kind":"gap","name":"zwei","cost":[[1,2],[2,1]],"weight":[[1,1],[1,1]],"maxLoad":[1,1]}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("plan").FullName;

    [Fact]
    public void A_refused_problem_leaves_an_earlier_proof_as_it_is_and_no_empty_file()
    {
        var (refused, proof, other) = (In("refused.json"), In("proof.json"), In("other.json"));
        File.WriteAllText(refused, "{");
        File.WriteAllText(proof, "an earlier proof");
        Plan("json", refused, "--certificate", proof).ShouldBe(2);
        File.ReadAllText(proof).ShouldBe("an earlier proof");
        Plan("json", refused, "--certificate", other).ShouldBe(2);
        File.Exists(other).ShouldBeFalse();
    }

    [Fact]
    public void A_proof_replaces_a_longer_earlier_one_and_holds()
    {
        var (problem, proof) = (In("problem.json"), In("proof.json"));
        File.WriteAllText(problem, Problem);
        File.WriteAllText(proof, new string('x', 100_000));
        Plan("json", problem, "--certificate", proof).ShouldBe(0);
        File.ReadAllText(proof).ShouldEndWith("}");
        Plan("check", proof).ShouldBe(0);
    }

    [Fact]
    public void What_is_proven_is_kept_where_a_later_problem_cannot_be_read_or_has_the_same_name()
    {
        var (problem, again, broken, proof) = (In("problem.json"), In("again.json"), In("broken.json"), In("proof.json"));
        File.WriteAllText(problem, Problem);
        File.WriteAllText(again, Problem.Replace("[1,2]", "[1,9]", StringComparison.Ordinal));
        File.WriteAllText(broken, "{");
        foreach (var later in new[] { again, broken })
        {
            Plan("json", problem, later, "--certificate", proof).ShouldBe(2);
            Plan("check", proof).ShouldBe(0);
        }
    }

    [Fact]
    public void A_proof_that_does_not_name_its_files_or_its_result_is_not_accepted()
    {
        var (problem, proof) = (In("problem.json"), In("proof.json"));
        File.WriteAllText(problem, Problem);
        Plan("json", problem, "--certificate", proof).ShouldBe(0);
        var good = File.ReadAllText(proof);
        File.WriteAllText(proof, good.Replace("\"optimal\"", "\"unknown\"", StringComparison.Ordinal));
        Plan("check", proof).ShouldBe(1);
        File.WriteAllText(proof, System.Text.RegularExpressions.Regex.Replace(good, "\"files\": ?\\[[^\\]]*\\]", "\"files\":[]"));
        Plan("check", proof).ShouldBe(2);
    }

    [Fact]
    public void Options_that_do_not_belong_to_the_family_or_are_written_with_a_comma_are_refused()
    {
        var problem = In("problem.json");
        File.WriteAllText(problem, Problem);
        Plan("json", problem, "--p", "3").ShouldBe(2);
        Plan("json", problem, "--radius", "3.5").ShouldBe(2);
        Plan("json", problem, "--capacity", "3").ShouldBe(2);
        Plan("json", problem, "--tiem", "3").ShouldBe(2);
        Plan("json", problem, In("missing.json")).ShouldBe(2);
        PlanCommand.Build().Parse(["json", problem, "--time", "0,5"]).Errors.ShouldNotBeEmpty();
        PlanCommand.Build().Parse(["json", problem, "--time", "0.5"]).Errors.ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static int Plan(params string[] arguments) => PlanCommand.Build().Parse(arguments).Invoke();

    private string In(string name) => Path.Combine(_folder, name);
}
