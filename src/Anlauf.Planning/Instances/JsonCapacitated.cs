using System.Text.Json;
using Anlauf.Planning.Capacitated;

namespace Anlauf.Planning.Instances;

/// <summary>Reads kind "capacitated" of our own JSON format, see docs/plan-format.md.</summary>
internal static class JsonCapacitated
{
    private sealed record Site(string? Name, long? Capacity, decimal? Cost);

    private sealed record Customer(string? Name, long? Demand);

    private sealed record File(string? Kind, string? Name, List<Site>? Sites, List<Customer>? Customers, decimal[]?[]? Cost);

    public static CapacitatedProblem Read(JsonElement root, string path)
    {
        var file = root.As<File>();
        var sites = file.Sites is { Count: > 0 } given ? given : throw JsonInput.Missing(path, "sites");
        var customers = file.Customers is { Count: > 0 } served ? served : throw JsonInput.Missing(path, "customers");
        var cost = file.Cost ?? throw JsonInput.Missing(path, "cost");
        if (cost.Length != sites.Count) throw new PlanInputException(path, null, "cost", $"Erwartet sind {sites.Count} Zeilen, gefunden {cost.Length}.");
        for (var i = 0; i < cost.Length; i++)
            if (cost[i]?.Length != customers.Count)
                throw new PlanInputException(path, null, $"cost[{i}]", $"Erwartet sind {customers.Count} Werte, gefunden {cost[i]?.Length ?? 0}.");
        return new(file.Name ?? Path.GetFileNameWithoutExtension(path),
            [.. sites.Select((site, i) => site.Capacity ?? throw JsonInput.Missing(path, $"sites[{i}].capacity"))],
            [.. sites.Select((site, i) => site.Cost ?? throw JsonInput.Missing(path, $"sites[{i}].cost"))],
            [.. customers.Select((customer, j) => customer.Demand ?? throw JsonInput.Missing(path, $"customers[{j}].demand"))],
            [.. cost.SelectMany(row => row!)]);
    }
}
