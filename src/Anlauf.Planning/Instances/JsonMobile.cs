using System.Text.Json;
using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Instances;

/// <summary>Reads kind "mobile" of our own JSON format, see docs/plan-format.md.</summary>
internal static class JsonMobile
{
    private const int TenthsPerMinute = 10;

    private sealed record Place(string? Name, double? Latitude, double? Longitude);

    private sealed record Market(int? Weekday, int? Open, int? Close, WeekRhythm Weeks = WeekRhythm.Every);

    private sealed record Town(string? Place, int? VisitMinutes, List<long>? Values, int MinVisits, List<Market>? Markets);

    private sealed record Bus(string? Name, string? Depot, int? ShiftStart, int? ShiftEnd, int? MaxDriving);

    private sealed record File(
        string? Kind, string? Name, int? Weeks, int? DaysPerWeek, List<Place>? Places, long[]?[]? TravelMinutes,
        List<Town>? Towns, List<Bus>? Buses, List<string>? OvernightPlaces);

    public static MobileOfficeProblem Read(JsonElement root, string path)
    {
        var file = root.As<File>(path);
        var places = file.Places is { Count: > 0 } given ? given : throw JsonInput.Missing(path, "places");
        var rows = new Dictionary<string, int>();
        for (var p = 0; p < places.Count; p++)
            if (places[p]?.Name is not { Length: > 0 } name || !rows.TryAdd(name, p))
                throw new PlanInputException(path, null, $"places[{p}].name", "Jeder Ort braucht einen eigenen Namen.");
        int Row(string? name, string field) => name is not null && rows.TryGetValue(name, out var row) ? row
            : throw new PlanInputException(path, null, field, $"Der Ort „{name}“ steht nicht unter „places“.");
        int Number(int? value, string field) => value ?? throw JsonInput.Missing(path, field);

        var towns = (file.Towns ?? throw JsonInput.Missing(path, "towns")).Select((town, t) => new MarketTown(
            town.Place ?? "", Row(town.Place, $"towns[{t}].place"),
            [.. (town.Markets ?? throw JsonInput.Missing(path, $"towns[{t}].markets")).Select((market, k) => new MarketWindow(
                market.Weekday is >= 0 and <= 6 ? market.Weekday.Value : throw new PlanInputException(path, null, $"towns[{t}].markets[{k}].weekday", "Erlaubt sind 0 (Montag) bis 6 (Sonntag)."),
                Number(market.Open, $"towns[{t}].markets[{k}].open"), Number(market.Close, $"towns[{t}].markets[{k}].close"), market.Weeks))],
            Number(town.VisitMinutes, $"towns[{t}].visitMinutes"), town.Values ?? throw JsonInput.Missing(path, $"towns[{t}].values"), town.MinVisits)).ToList();
        var buses = (file.Buses ?? throw JsonInput.Missing(path, "buses")).Select((bus, b) => new MobileBus(
            bus.Name ?? $"Bus {b + 1}", Row(bus.Depot, $"buses[{b}].depot"),
            Number(bus.ShiftStart, $"buses[{b}].shiftStart"), Number(bus.ShiftEnd, $"buses[{b}].shiftEnd"), bus.MaxDriving ?? int.MaxValue)).ToList();
        return new(file.Name ?? Path.GetFileNameWithoutExtension(path), Travel(file, places, path), towns, buses,
            Number(file.Weeks, "weeks"), file.DaysPerWeek ?? 5, [.. (file.OvernightPlaces ?? []).Select((name, k) => Row(name, $"overnightPlaces[{k}]"))]);
    }

    private static int[][] Travel(File file, List<Place> places, string path)
    {
        var n = places.Count;
        if (file.TravelMinutes is { } table)
        {
            var minutes = JsonInput.Flat(table, n, n, path, "travelMinutes");
            return [.. minutes.Chunk(n).Select((row, i) => row.Select((m, j) => m is >= 0 and <= 100_000 ? (int)m
                : throw new PlanInputException(path, null, $"travelMinutes[{i}][{j}]", "Erlaubt sind 0 bis 100.000 Minuten.")).ToArray())];
        }
        var points = places.Select((place, p) => place is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 }
            ? new GeoPoint(place.Latitude.Value, place.Longitude.Value)
            : throw new PlanInputException(path, null, $"places[{p}]", "Bitte latitude und longitude angeben oder die Fahrzeiten unter „travelMinutes“.")).ToArray();
        return [.. points.Select(from => points.Select(to => (TravelTime.Tenths(from, to) + TenthsPerMinute - 1) / TenthsPerMinute).ToArray())];
    }
}
