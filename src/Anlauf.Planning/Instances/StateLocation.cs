using Anlauf.Planning.Location;

namespace Anlauf.Planning.Instances;

/// <summary>Makes the location problems of a state folder: offices in municipalities, at least min(2, size) per Kreis, within a budget.</summary>
internal static class StateLocation
{
    private const int OfficesPerKreis = 2, MostTabulated = 2000;

    /// <summary>Most inhabitants with an office within radius_tenths.</summary>
    public static LocationProblem Cover(StateFolder folder, StateEntry entry) =>
        Make(folder, entry, LocationGoal.MostCovered, entry.Int("radius_tenths"));

    /// <summary>Least sum of inhabitants × travel time to the nearest office.</summary>
    public static LocationProblem Median(StateFolder folder, StateEntry entry) =>
        Make(folder, entry, LocationGoal.LeastTravel, 0);

    private static LocationProblem Make(StateFolder folder, StateEntry entry, LocationGoal goal, int reach)
    {
        var places = folder.Municipalities;
        var kreise = places.GroupBy(p => p.Kreis).Select((g, index) => (g.Key, index, Size: g.Count())).ToDictionary(g => g.Key);
        return new LocationProblem(
            entry.Id, goal,
            [.. places.Select(p => new CandidateSite(p.Name, p.OfficeCost, kreise[p.Kreis].index))],
            [.. kreise.Values.OrderBy(k => k.index).Select(k => new SiteGroup(k.Key, Math.Min(OfficesPerKreis, k.Size)))],
            places.Select(p => p.Population).ToArray(),
            Tabulated(new(places.Select(p => p.Position))), entry.Long("budget"), reach);
    }

    /// <summary>The travel times of few places as a table, which is read faster than computed.</summary>
    public static TravelTable Tabulated(GeoTravel geo)
    {
        if (geo.Sites > MostTabulated) return geo;
        var n = geo.Sites;
        var distances = new int[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) distances[i * n + j] = geo[i, j];
        return new TravelMatrix(n, n, distances);
    }
}
