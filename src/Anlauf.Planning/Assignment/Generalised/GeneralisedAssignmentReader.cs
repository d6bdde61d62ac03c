using System.Text.Json;
using Anlauf.Planning.Instances;

namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>Reads generalised assignment: the format of the OR-Library and our own JSON.</summary>
internal static class GeneralisedAssignmentReader
{
    private const long LargestNumber = 1L << 40;
    private const int MostPairs = 20_000_000;

    /// <summary><c>m n</c>, cost matrix m × n, weight matrix m × n, m capacities; one problem a file.</summary>
    public static IEnumerable<PlanTask> ReadFiles(PlanInput input) => input.Files.Select(path => PlanInputException.Within(path, () =>
    {
        var reader = new NumberReader(path);
        var agents = reader.NextInt("m", 1, 100_000);
        var jobs = reader.NextInt("n", 1, 1_000_000);
        if ((long)agents * jobs > MostPairs) throw reader.Refuse("m n", $"{agents} × {jobs} Paare sind zu viele; möglich sind {MostPairs:#,0}.");
        var cost = Numbers(reader, agents * jobs, "Kosten", -LargestNumber);
        var weight = Numbers(reader, agents * jobs, "Last", 0);
        var capacity = Numbers(reader, agents, "Kapazität", 0);
        if (!reader.AtEnd) throw reader.Refuse(null, "Hinter der letzten Kapazität stehen noch Zahlen. Bitte m und n in der ersten Zeile prüfen.");
        return Task(new(Path.GetFileNameWithoutExtension(path), agents, jobs, cost, weight, new long[agents], capacity));
    }));

    /// <summary>Kind "gap" of our own JSON format, see docs/plan-format.md.</summary>
    public static PlanTask ReadJson(JsonElement root, string path)
    {
        var json = root.As<Format>(path);
        var agents = json.Cost is { Length: > 0 } rows ? rows.Length : throw JsonInput.Missing(path, "cost");
        var jobs = json.Cost[0]?.Length ?? throw JsonInput.Missing(path, "cost[0]");
        return Task(new(json.Name ?? Path.GetFileNameWithoutExtension(path), agents, jobs,
            JsonInput.Flat(json.Cost, agents, jobs, path, "cost"), JsonInput.Flat(json.Weight, agents, jobs, path, "weight"),
            json.MinLoad is null ? new long[agents] : JsonInput.List(json.MinLoad, agents, path, "minLoad"),
            JsonInput.List(json.MaxLoad, agents, path, "maxLoad")));
    }

    private static PlanTask Task(GeneralisedAssignmentProblem problem) =>
        new(problem, limits => GeneralisedAssignmentSolver.Solve(problem, limits));

    private static long[] Numbers(NumberReader reader, int count, string field, long least)
    {
        var numbers = new long[count];
        for (var k = 0; k < count; k++) numbers[k] = reader.NextLong(field, least, LargestNumber);
        return numbers;
    }

    private sealed record Format(string? Kind, string? Name, long[]?[]? Cost, long[]?[]? Weight, long[]? MinLoad, long[]? MaxLoad);
}
