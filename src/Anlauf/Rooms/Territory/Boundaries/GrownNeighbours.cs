using Anlauf.Rooms.Territory.Maps;

namespace Anlauf.Rooms.Territory.Boundaries;

/// <summary>
/// Finds out who took over an old area when no table of changes says so: the neighbour in the same state whose official area
/// today is larger than the old boundaries give it, the one that lacks most first. Good enough for a map, no legal statement.
/// </summary>
internal static class GrownNeighbours
{
    private const double SquareMetresPerKm2 = 1_000_000;

    /// <summary>Adds the areas to the targets where it can; returns those that stay without one.</summary>
    /// <param name="targets">Old areas by today's key; extended.</param>
    /// <param name="officialKm2">Official area by today's key.</param>
    public static List<BoundaryArea> Assign(Dictionary<string, List<BoundaryArea>> targets, List<BoundaryArea> open, IReadOnlyDictionary<string, double> officialKm2)
    {
        var owners = new Dictionary<PlanePoint, HashSet<string>>();
        var assigned = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, areas) in targets)
            foreach (var area in areas) Own(owners, assigned, key, area);
        // first those that fit, then, so that the map has no hole, whoever is next to it
        foreach (var mustFit in new[] { true, false })
            while (AssignOnce(targets, open, officialKm2, owners, assigned, mustFit)) { }
        return open;
    }

    private static bool AssignOnce(Dictionary<string, List<BoundaryArea>> targets, List<BoundaryArea> open, IReadOnlyDictionary<string, double> officialKm2,
        Dictionary<PlanePoint, HashSet<string>> owners, Dictionary<string, double> assigned, bool mustFit)
    {
        var found = false;
        foreach (var area in open.ToList())
        {
            // two common points make a common border
            var neighbour = area.Rings.SelectMany(r => r).SelectMany(p => owners.GetValueOrDefault(p) ?? []).Where(k => k[..2] == area.Ags[..2])
                .GroupBy(k => k).Where(g => g.Count() > 1)
                .Select(g => (Key: g.Key, Lack: officialKm2[g.Key] - assigned[g.Key]))
                .OrderByDescending(n => n.Lack).ThenBy(n => n.Key, StringComparer.Ordinal).FirstOrDefault();
            if (neighbour.Key is null || (mustFit && neighbour.Lack < SizeOf(area) / 2)) continue;
            ImportBoundaries.Add(targets, neighbour.Key, area);
            Own(owners, assigned, neighbour.Key, area);
            open.Remove(area);
            found = true;
        }
        return found;
    }

    private static void Own(Dictionary<PlanePoint, HashSet<string>> owners, Dictionary<string, double> assigned, string key, BoundaryArea area)
    {
        assigned[key] = assigned.GetValueOrDefault(key) + SizeOf(area);
        foreach (var point in area.Rings.SelectMany(r => r))
        {
            if (!owners.TryGetValue(point, out var keys)) owners[point] = keys = new HashSet<string>(1);
            keys.Add(key);
        }
    }

    /// <summary>Size in square kilometres; the plane is true along 51° north and shrinks east-west elsewhere.</summary>
    private static double SizeOf(BoundaryArea area)
    {
        var latitude = PlaneProjection.ToDegrees(area.Rings[0][0]).Latitude;
        return Math.Abs(area.Rings.Sum(SharedBorders.SignedArea)) / SquareMetresPerKm2 * Math.Cos(latitude * Math.PI / 180) / Math.Cos(51 * Math.PI / 180);
    }
}
