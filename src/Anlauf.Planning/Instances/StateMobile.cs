using System.Text.Json;
using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Instances;

/// <summary>
/// Makes the mobile office of a state folder from markets.csv. Optional fields of the entry: "overnight_municipality_ids",
/// "max_driving_minutes", "respect_min_visits" (column min_visits counts).
/// </summary>
internal static class StateMobile
{
    private const int TenthsPerMinute = 10;

    public static MobileOfficeProblem Read(StateFolder folder, StateEntry entry)
    {
        var places = folder.Municipalities;
        var depot = entry.Int("depot_municipality_id");
        if (depot < 0 || depot >= places.Count)
            throw new PlanInputException(entry.Path, null, $"{entry.Id}.depot_municipality_id", $"Die Gemeinde {depot} gibt es nicht.");
        var overnight = entry.Longs("overnight_municipality_ids");
        if (overnight.FirstOrDefault(id => id < 0 || id >= places.Count, 0) is not 0 and var unknown)
            throw entry.Refuse("overnight_municipality_ids", $"Die Gemeinde {unknown} gibt es nicht.");
        var demanded = Optional(entry, "respect_min_visits") is { ValueKind: JsonValueKind.True };
        var most = Optional(entry, "max_visits_per_town") is null ? 1 : entry.Int("max_visits_per_town");
        if (most is < 1 or > 5200) throw new PlanInputException(entry.Path, null, $"{entry.Id}.max_visits_per_town", "Erlaubt sind 1 bis 5.200 Besuche.");
        var buses = entry.Int("buses");
        if (buses is < 1 or > 1000) throw new PlanInputException(entry.Path, null, $"{entry.Id}.buses", "Erlaubt sind 1 bis 1.000 Busse.");
        var driving = Optional(entry, "max_driving_minutes") is null ? int.MaxValue : entry.Int("max_driving_minutes");
        return new MobileOfficeProblem(entry.Id, Travel(places), Towns(folder, most, demanded),
            [.. Enumerable.Range(1, buses).Select(b => new MobileBus($"Bus {b}", depot, entry.Int("shift_start"), entry.Int("shift_end"), driving))],
            entry.Int("weeks"), entry.Int("days_per_week"), [.. overnight.Select(id => (int)id)]);
    }

    private static JsonElement? Optional(StateEntry entry, string field) => entry.Json.TryGetProperty(field, out var value) ? value : null;

    // several rows of one municipality are several markets of one town
    private static List<MarketTown> Towns(StateFolder folder, int most, bool demanded)
    {
        var towns = new Dictionary<int, MarketTown>();
        foreach (var row in folder.Table("markets.csv").Rows)
        {
            var place = row.Int("municipality_id", 0, folder.Municipalities.Count - 1);
            var open = row.Int("open", 0, 2880);
            var window = new MarketWindow(row.Int("weekday", 0, 6), open, row.Int("close", open, 2880));
            long[] values = [row.Long("profit", 0, MobileOfficeProblem.MaxTotalValue), .. new long[most - 1]];
            var least = demanded ? row.Int("min_visits", 0, most) : 0;
            towns[place] = towns.TryGetValue(place, out var known)
                ? known with { Windows = [.. known.Windows, window] }
                : new(folder.Municipalities[place].Name, place, [window], row.Int("visit", 1, 1440), values, least);
        }
        return [.. towns.Values];
    }

    private static int[][] Travel(IReadOnlyList<StateMunicipality> places)
    {
        var travel = new int[places.Count][];
        for (var i = 0; i < travel.Length; i++)
        {
            travel[i] = new int[places.Count];
            for (var j = 0; j < i; j++)
                travel[i][j] = travel[j][i] = (TravelTime.Tenths(places[i].Position, places[j].Position) + TenthsPerMinute - 1) / TenthsPerMinute;
        }
        return travel;
    }
}
