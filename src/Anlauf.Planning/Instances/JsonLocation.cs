using System.Text.Json;
using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Instances;

/// <summary>Reads kind "location" of our own JSON format, see docs/plan-format.md.</summary>
internal static class JsonLocation
{
    private sealed record Place(string? Name, long? Population, long? Cost, long? Capacity, string? Group, string? Rule, double? Latitude, double? Longitude);

    private sealed record File(string? Kind, string? Name, string? Goal, long? Budget, int? ReachTenths, List<JsonGroup>? Groups, List<Place>? Places, int[][]? TravelTenths);

    /// <summary>The problem; with a capacity at any place one with capacities.</summary>
    public static PlanProblem Read(JsonElement root, string path)
    {
        var file = root.As<File>(path);
        var problem = Read(file, path);
        var places = file.Places!;
        if (places.TrueForAll(place => place.Capacity is null)) return problem;
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i].Capacity < 0) throw new PlanInputException(path, null, $"places[{i}].capacity", "Hier wird eine Zahl ab 0 gebraucht.");
            if (places[i] is { Capacity: not null, Cost: null }) throw new PlanInputException(path, null, $"places[{i}].cost", "Ein Standort mit Kapazität braucht Kosten, zum Beispiel 0.");
        }
        return CapacitatedLocation.Make(problem, [.. places.Select(place => place.Capacity)]);
    }

    private static LocationProblem Read(File file, string path)
    {
        var goal = file.Goal switch
        {
            "leastTravel" => LocationGoal.LeastTravel,
            "mostCovered" => LocationGoal.MostCovered,
            _ => throw new PlanInputException(path, null, "goal", "Erlaubt sind „leastTravel“ und „mostCovered“."),
        };
        if (goal == LocationGoal.MostCovered && file.ReachTenths is not >= 0)
            throw new PlanInputException(path, null, "reachTenths", "Bitte die erreichbare Fahrzeit in Zehntelminuten angeben.");
        var places = file.Places is { Count: > 0 } given ? given : throw new PlanInputException(path, null, "places", "Bitte mindestens einen Ort angeben.");
        var groups = JsonSites.Groups(file.Groups, path);
        var sites = places.Select((place, index) => JsonSites.Site(place.Name ?? $"{index}", place.Cost, place.Group, place.Rule, $"places[{index}]", groups, path)).ToArray();
        var weights = places.Select((place, index) => place.Population is { } people and >= 0 ? people
            : throw new PlanInputException(path, null, $"places[{index}].population", "Hier wird eine Zahl ab 0 gebraucht.")).ToArray();
        return new LocationProblem(
            file.Name ?? Path.GetFileNameWithoutExtension(path), goal, sites,
            JsonSites.Named(groups),
            weights, Travel(file, places, path),
            file.Budget ?? throw new PlanInputException(path, null, "budget", "Bitte das Budget angeben."),
            file.ReachTenths ?? 0);
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
