namespace Anlauf.Rooms.Territory.Maps;

/// <summary>An area with the group it belongs to (district, state) when borders are asked for.</summary>
public sealed record GroupedArea(string Group, IReadOnlyList<IReadOnlyList<PlanePoint>> Rings);

/// <summary>
/// Works on areas that share their border points exactly: a stretch of border between two areas is the same pair of points in
/// both. So borders between groups, and groups as one area, come from comparing stretches, without any geometry.
/// </summary>
public static class Borders
{
    /// <summary>Lines along which two different groups meet.</summary>
    public static List<List<PlanePoint>> Between(IEnumerable<GroupedArea> areas) =>
        Chains(Stretches(areas).Where(s => s.Value.Other is not null && s.Value.Other != s.Value.One).Select(s => s.Key));

    /// <summary>Lines where an area ends and no other begins.</summary>
    public static List<List<PlanePoint>> Outer(IEnumerable<GroupedArea> areas) =>
        Chains(Stretches(areas).Where(s => s.Value.Other is null).Select(s => s.Key));

    /// <summary>The areas of a group as one: rings around all of them.</summary>
    public static List<List<PlanePoint>> Merge(IEnumerable<IReadOnlyList<IReadOnlyList<PlanePoint>>> areas)
    {
        var once = new HashSet<(PlanePoint, PlanePoint)>();
        foreach (var stretch in areas.SelectMany(rings => rings).SelectMany(Of))
            if (!once.Remove(stretch)) once.Add(stretch);
        return [.. Chains(once).Where(c => c.Count > 3 && c[0] == c[^1]).Select(c => c[..^1])];
    }

    private static Dictionary<(PlanePoint, PlanePoint), (string One, string? Other)> Stretches(IEnumerable<GroupedArea> areas)
    {
        var stretches = new Dictionary<(PlanePoint, PlanePoint), (string One, string? Other)>();
        foreach (var area in areas)
            foreach (var stretch in area.Rings.SelectMany(Of))
                stretches[stretch] = stretches.TryGetValue(stretch, out var known) ? (known.One, area.Group) : (area.Group, null);
        return stretches;
    }

    private static IEnumerable<(PlanePoint, PlanePoint)> Of(IReadOnlyList<PlanePoint> ring)
    {
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            if (a != b) yield return Less(a, b) ? (a, b) : (b, a);
        }
    }

    private static bool Less(PlanePoint a, PlanePoint b) => a.X < b.X || (a.X == b.X && a.Y < b.Y);

    /// <summary>Joins stretches into lines: first from points where lines end or fork, then what is left, which is closed.</summary>
    private static List<List<PlanePoint>> Chains(IEnumerable<(PlanePoint A, PlanePoint B)> stretches)
    {
        var ends = new SortedDictionary<PlanePoint, List<PlanePoint>>(Comparer<PlanePoint>.Create((a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y)));
        foreach (var (a, b) in stretches)
        {
            Add(ends, a, b);
            Add(ends, b, a);
        }
        var chains = new List<List<PlanePoint>>();
        var forks = ends.Where(e => e.Value.Count != 2).Select(e => e.Key).ToHashSet();
        foreach (var start in forks.Concat(ends.Keys))
            while (ends[start].Count > 0) chains.Add(Walk(ends, start, forks));
        return chains;
    }

    private static void Add(SortedDictionary<PlanePoint, List<PlanePoint>> ends, PlanePoint from, PlanePoint to)
    {
        if (!ends.TryGetValue(from, out var list)) ends[from] = list = [];
        list.Add(to);
    }

    private static List<PlanePoint> Walk(SortedDictionary<PlanePoint, List<PlanePoint>> ends, PlanePoint start, HashSet<PlanePoint> forks)
    {
        var chain = new List<PlanePoint> { start };
        var here = start;
        do
        {
            var next = ends[here][^1];
            ends[here].RemoveAt(ends[here].Count - 1);
            ends[next].Remove(here);
            chain.Add(here = next);
        }
        while (here != start && !forks.Contains(here) && ends[here].Count > 0);
        return chain;
    }
}
