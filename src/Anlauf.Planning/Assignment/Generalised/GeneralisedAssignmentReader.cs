using System.Text.Json;
using Anlauf.Planning.Instances;

namespace Anlauf.Planning.Assignment.Generalised;

/// <summary>Reads generalised assignment: the format of the OR-Library and our own JSON.</summary>
internal static class GeneralisedAssignmentReader
{
    private const long LargestNumber = 1L << 40;
    private const int MostPairs = 20_000_000;

    /// <summary><c>m n</c>, cost matrix m × n, weight matrix m × n, m capacities; one problem a file.</summary>
    public static IEnumerable<PlanTask> ReadFiles(PlanInput input) => input.Files.Select(path =>
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
    });

    /// <summary>Our own format: <c>{"kind":"gap","instance","cost":[[…]],"weight":[[…]],"minLoad"?:[…],"maxLoad":[…]}</c>.</summary>
    public static PlanTask ReadJson(JsonElement root, string path)
    {
        var json = root.Deserialize<Format>(Certificates.CertificateJson.Options)!;
        if (json.Cost is not { Length: > 0 } || json.Weight is null || json.MaxLoad is null)
            throw new PlanInputException(path, null, "cost, weight, maxLoad", "Diese drei Felder werden gebraucht: zwei Tabellen und eine Liste.");
        var (agents, jobs) = (json.Cost.Length, json.Cost[0].Length);
        if (json.Cost.Any(row => row.Length != jobs)) throw new PlanInputException(path, null, "cost", "Alle Zeilen müssen gleich lang sein.");
        return Task(new(json.Instance ?? Path.GetFileNameWithoutExtension(path), agents, jobs,
            [.. json.Cost.SelectMany(row => row)], [.. json.Weight.SelectMany(row => row)], json.MinLoad ?? new long[agents], json.MaxLoad));
    }

    private static PlanTask Task(GeneralisedAssignmentProblem problem) =>
        new(problem, limits => GeneralisedAssignmentSolver.Solve(problem, limits));

    private static long[] Numbers(NumberReader reader, int count, string field, long least)
    {
        var numbers = new long[count];
        for (var k = 0; k < count; k++) numbers[k] = reader.NextLong(field, least, LargestNumber);
        return numbers;
    }

    private sealed record Format(string? Instance, long[][]? Cost, long[][]? Weight, long[]? MinLoad, long[]? MaxLoad);
}
