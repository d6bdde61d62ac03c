using System.Text.Json;
using Anlauf.Planning.Instances;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>Reads deputies × constituencies from a state folder or our own JSON.</summary>
internal static class SponsorReader
{
    /// <summary>Kinds "sponsor" and "sponsor-contiguous" of a state folder.</summary>
    public static PlanTask ReadState(StateFolder folder, StateEntry entry)
    {
        var areas = folder.Table("constituencies.csv").Rows;
        var members = folder.Table("members.csv").Rows;
        var homes = members.Select(row => row.Point()).ToArray();
        var places = areas.Select(row => row.Point()).ToArray();
        var population = areas.Select(row => row.Long("population", 0, 1L << 40)).ToArray();
        var cost = new long[homes.Length * population.Length];
        for (var m = 0; m < homes.Length; m++)
            for (var v = 0; v < population.Length; v++)
                cost[(m * population.Length) + v] = (long)Math.Round(population[v] / 1000m) * TravelTime.Tenths(homes[m], places[v]);
        for (var v = 0; v < areas.Count; v++)
            if (areas[v].Int("id") != v) throw areas[v].Refuse("id", $"Die Nummern müssen lückenlos von 0 steigen; erwartet ist {v}.");
        var connected = entry.Kind == "sponsor-contiguous";
        var neighbours = !connected ? [] : folder.Table("adjacency.csv").Rows
            .Select(row => (row.Int("a", 0, population.Length - 1), row.Int("b", 0, population.Length - 1))).ToList();
        return Task(new(entry.Id, homes.Length, population, cost, entry.Long("load_min"), entry.Long("load_max"), neighbours, connected)
        {
            TolerancePermille = entry.Json.TryGetProperty("tolerance", out var tolerance) && tolerance.ValueKind == JsonValueKind.Number && tolerance.TryGetDecimal(out var share) && share is >= 0 and <= 2 && share * 1000 == Math.Floor(share * 1000)
                ? (int)(share * 1000) : null,
        });
    }

    /// <summary>Kind "sponsor" of our own JSON format, see docs/plan-format.md.</summary>
    public static PlanTask ReadJson(JsonElement root, string path)
    {
        var json = root.As<Format>(path);
        var population = json.Population is { Length: > 0 } given ? given : throw JsonInput.Missing(path, "population");
        var cost = JsonInput.Flat(json.Cost, null, population.Length, path, "cost");
        if (json.Tolerance is null && json.LoadMax is null) throw JsonInput.Missing(path, "tolerance");
        if (json.Neighbours?.Any(pair => pair is not { Length: 2 }) == true)
            throw new PlanInputException(path, null, "neighbours", "Jede Nachbarschaft besteht aus genau zwei Nummern.");
        if (Array.FindIndex(population, p => p is < 0 or > 1L << 40) is var wrong and >= 0)
            throw new PlanInputException(path, null, $"population[{wrong}]", $"Einwohnerzahlen liegen zwischen 0 und {1L << 40}. Bitte die Zahl prüfen.");
        var problem = new SponsorProblem(json.Name ?? Path.GetFileNameWithoutExtension(path), json.Cost!.Length, population,
            cost, json.LoadMin ?? 0, json.LoadMax ?? population.Sum(),
            [.. (json.Neighbours ?? []).Select(pair => (pair![0], pair[1]))], json.Connected, json.Pins);
        if (json.Tolerance is not { } share) return Task(problem);
        return share is >= 0 and <= 2 && share * 1000 == Math.Floor(share * 1000)
            ? Task(problem.WithTolerance((int)(share * 1000)))
            : throw new PlanInputException(path, null, "tolerance", "Die Toleranz ist ein Anteil zwischen 0 und 2 mit höchstens drei Stellen, zum Beispiel 0.05.");
    }

    private static PlanTask Task(SponsorProblem problem) => new(problem, limits => SponsorSolver.Solve(problem, limits));

    private sealed record Format(
        string? Kind, string? Name, long[]? Population, long[]?[]? Cost, long? LoadMin, long? LoadMax, decimal? Tolerance,
        int[]?[]? Neighbours, bool Connected, int[]? Pins);
}
