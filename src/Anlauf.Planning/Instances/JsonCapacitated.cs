using System.Text.Json;
using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Instances;

/// <summary>Reads kind "capacitated" of our own JSON format, see docs/plan-format.md.</summary>
internal static class JsonCapacitated
{
    private sealed record Site(string? Name, long? Capacity, decimal? Cost, string? Group, string? Rule, long? BudgetCost);

    private sealed record Customer(string? Name, long? Demand);

    private sealed record File(string? Kind, string? Name, List<JsonGroup>? Groups, long? Budget, int? MostOpen, List<Site>? Sites, List<Customer>? Customers, decimal[]?[]? Cost);

    public static CapacitatedProblem Read(JsonElement root, string path)
    {
        var file = root.As<File>(path);
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
            [.. cost.SelectMany(row => row!)], Conditions(file, sites, path));
    }

    private static SiteConditions Conditions(File file, List<Site> sites, string path)
    {
        if (file is { Budget: not null, MostOpen: not null })
            throw new PlanInputException(path, null, "mostOpen", "Bitte entweder „budget“ oder „mostOpen“ angeben: Die Höchstzahl ist ein Budget, in dem jeder Standort 1 kostet.");
        if (file.MostOpen < 0) throw new PlanInputException(path, null, "mostOpen", "Hier wird eine Zahl ab 0 gebraucht.");
        var groups = JsonSites.Groups(file.Groups, path);
        return new([.. sites.Select(Candidate)], JsonSites.Named(groups), file.Budget ?? file.MostOpen);

        CandidateSite Candidate(Site site, int index)
        {
            if (file.Budget is not null && site.BudgetCost is null) throw JsonInput.Missing(path, $"sites[{index}].budgetCost");
            if (file.Budget is null && site.BudgetCost is not null)
                throw new PlanInputException(path, null, file.MostOpen is null ? "budget" : "mostOpen", $"„sites[{index}].budgetCost“ braucht ein „budget“. Bitte ergänzen.");
            return JsonSites.Site(site.Name ?? $"{index}", site.BudgetCost ?? (file.MostOpen is null ? 0 : 1), site.Group, site.Rule, $"sites[{index}]", groups, path);
        }
    }
}
