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

    public void Dispose() => Directory.Delete(_folder, true);

    private static int Plan(params string[] arguments) => PlanCommand.Build().Parse(arguments).Invoke();

    private string In(string name) => Path.Combine(_folder, name);
}
