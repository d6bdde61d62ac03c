using Anlauf.Planning.Location;

namespace Anlauf.Planning.Instances;

/// <summary>A group of sites as our JSON format writes it.</summary>
internal sealed record JsonGroup(string? Name, int LeastOpen);

/// <summary>What the kinds "location" and "capacitated" share: groups, and sites with rule and group.</summary>
internal static class JsonSites
{
    /// <summary>The groups; a name given twice is refused.</summary>
    public static List<JsonGroup> Groups(List<JsonGroup>? groups, string path)
    {
        groups ??= [];
        if (groups.Where(g => g.Name is not null).GroupBy(g => g.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new PlanInputException(path, null, $"groups[{groups.FindLastIndex(g => g.Name == twice.Key)}].name", $"Die Gruppe „{twice.Key}“ steht zweimal hier. Bitte zusammenlegen.");
        return groups;
    }

    /// <summary>The groups for the problem.</summary>
    public static SiteGroup[] Named(List<JsonGroup> groups) => [.. groups.Select((g, index) => new SiteGroup(g.Name ?? $"{index}", g.LeastOpen))];

    /// <summary>A site; one without cost and rule is no candidate.</summary>
    /// <param name="name">name and index where it has none</param>
    /// <param name="cost">cost in units of the budget</param>
    /// <param name="group">name of its group, or none</param>
    /// <param name="rule">free, keepOpen, forbidden, or none</param>
    /// <param name="field">where it stands in the file</param>
    /// <param name="groups">groups of the file</param>
    /// <param name="path">file</param>
    public static CandidateSite Site(string name, long? cost, string? group, string? rule, string field, List<JsonGroup> groups, string path)
    {
        var index = group is null ? -1 : groups.FindIndex(g => g.Name == group);
        if (group is not null && index < 0) throw new PlanInputException(path, null, $"{field}.group", $"Die Gruppe „{group}“ steht nicht unter „groups“.");
        var decided = (rule, cost) switch
        {
            // a place without a cost is only to be served
            (null, null) or ("forbidden", _) => SiteRule.Forbidden,
            ("free" or "keepOpen", null) => throw new PlanInputException(path, null, $"{field}.cost", "Ein Standort braucht Kosten, zum Beispiel 0."),
            (null or "free", _) => SiteRule.Free,
            ("keepOpen", _) => SiteRule.KeepOpen,
            _ => throw new PlanInputException(path, null, $"{field}.rule", "Erlaubt sind „free“, „keepOpen“ und „forbidden“."),
        };
        return new CandidateSite(name, cost ?? 0, index, decided);
    }
}
