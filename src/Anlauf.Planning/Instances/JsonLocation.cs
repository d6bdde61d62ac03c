using System.Text.Json;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Instances;

/// <summary>Reads kind "location" of our own JSON format, see docs/plan-format.md.</summary>
internal static class JsonLocation
{
    private sealed record Group(string? Name, int LeastOpen);

    private sealed record Place(string? Name, long? Population, long? Cost, string? Group, string? Rule, double? Latitude, double? Longitude);

    private sealed record File(string? Kind, string? Name, string? Goal, long? Budget, int? ReachTenths, List<Group>? Groups, List<Place>? Places, int[][]? TravelTenths);

    public static LocationProblem Read(JsonElement root, string path)
    {
        var file = root.As<File>();
        var goal = file.Goal switch
        {
            "leastTravel" => LocationGoal.LeastTravel,
            "mostCovered" => LocationGoal.MostCovered,
            _ => throw new PlanInputException(path, null, "goal", "Erlaubt sind „leastTravel“ und „mostCovered“."),
        };
        if (goal == LocationGoal.MostCovered && file.ReachTenths is not >= 0)
            throw new PlanInputException(path, null, "reachTenths", "Bitte die erreichbare Fahrzeit in Zehntelminuten angeben.");
        var places = file.Places is { Count: > 0 } given ? given : throw new PlanInputException(path, null, "places", "Bitte mindestens einen Ort angeben.");
        var groups = file.Groups ?? [];
        if (groups.Where(g => g.Name is not null).GroupBy(g => g.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new PlanInputException(path, null, $"groups[{groups.FindLastIndex(g => g.Name == twice.Key)}].name", $"Die Gruppe „{twice.Key}“ steht zweimal hier. Bitte zusammenlegen.");
        var sites = places.Select((place, index) => Site(place, index, groups, path)).ToArray();
        var weights = places.Select((place, index) => place.Population is { } people and >= 0 ? people
            : throw new PlanInputException(path, null, $"places[{index}].population", "Hier wird eine Zahl ab 0 gebraucht.")).ToArray();
        return new LocationProblem(
            file.Name ?? Path.GetFileNameWithoutExtension(path), goal, sites,
            [.. groups.Select((g, index) => new SiteGroup(g.Name ?? $"{index}", g.LeastOpen))],
            weights, Travel(file, places, path),
            file.Budget ?? throw new PlanInputException(path, null, "budget", "Bitte das Budget angeben."),
            file.ReachTenths ?? 0);
    }

    private static CandidateSite Site(Place place, int index, List<Group> groups, string path)
    {
        var group = place.Group is null ? -1 : groups.FindIndex(g => g.Name == place.Group);
        if (place.Group is not null && group < 0)
            throw new PlanInputException(path, null, $"places[{index}].group", $"Die Gruppe „{place.Group}“ steht nicht unter „groups“.");
        var rule = (place.Rule, place.Cost) switch
        {
            // a place without a cost is only to be served
            (null, null) or ("forbidden", _) => SiteRule.Forbidden,
            ("free" or "keepOpen", null) => throw new PlanInputException(path, null, $"places[{index}].cost", "Ein Standort braucht Kosten, zum Beispiel 0."),
            (null or "free", _) => SiteRule.Free,
            ("keepOpen", _) => SiteRule.KeepOpen,
            _ => throw new PlanInputException(path, null, $"places[{index}].rule", "Erlaubt sind „free“, „keepOpen“ und „forbidden“."),
        };
        return new CandidateSite(place.Name ?? $"{index}", place.Cost ?? 0, group, rule);
    }

    private static TravelTable Travel(File file, List<Place> places, string path)
    {
        var n = places.Count;
        if (file.TravelTenths is { } rows)
        {
            if (rows.Length != n) throw new PlanInputException(path, null, "travelTenths", $"Erwartet sind {n} Zeilen, gefunden {rows.Length}.");
            for (var i = 0; i < n; i++)
                if (rows[i].Length != n) throw new PlanInputException(path, null, $"travelTenths[{i}]", $"Erwartet sind {n} Werte, gefunden {rows[i].Length}.");
            return new TravelMatrix(n, n, [.. rows.SelectMany(row => row)]);
        }
        return StateLocation.Tabulated(new(places.Select((place, index) => place is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 }
            ? new GeoPoint(place.Latitude.Value, place.Longitude.Value)
            : throw new PlanInputException(path, null, $"places[{index}]", "Bitte latitude und longitude angeben oder die Fahrzeiten unter „travelTenths“."))));
    }
}
