using Anlauf.Rooms.Territory.Maps;

namespace Anlauf.Rooms.Territory.Boundaries;

/// <summary>
/// Makes the borders of many areas coarser without opening gaps: each stretch between two forks is thinned by itself and in one
/// direction only, so both neighbours get the same points. Thinning drops the point whose triangle is smallest until all
/// triangles reach the limit. Source: Visvalingam and Whyatt, Line generalisation by repeated elimination of points, 1993.
/// </summary>
public sealed class SharedBorders
{
    private readonly IReadOnlyList<BoundaryArea> areas;
    private readonly HashSet<PlanePoint> forks = [];

    /// <summary>Finds the forks: points with more than two neighbours along all borders.</summary>
    public SharedBorders(IReadOnlyList<BoundaryArea> areas)
    {
        this.areas = areas;
        var neighbours = new Dictionary<PlanePoint, (PlanePoint One, PlanePoint Two)>();
        foreach (var ring in areas.SelectMany(a => a.Rings))
            for (var i = 0; i < ring.Count; i++)
            {
                var (before, here, after) = (ring[(i + ring.Count - 1) % ring.Count], ring[i], ring[(i + 1) % ring.Count]);
                if (!neighbours.TryGetValue(here, out var known)) neighbours[here] = (before, after);
                else if ((before != known.One && before != known.Two) || (after != known.One && after != known.Two)) forks.Add(here);
            }
    }

    /// <summary>The areas with stretches thinned to triangles of at least so many square metres; every area keeps at least one ring.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<PlanePoint>>> Thin(double minArea)
    {
        var result = new Dictionary<string, IReadOnlyList<IReadOnlyList<PlanePoint>>>(StringComparer.Ordinal);
        foreach (var area in areas)
        {
            var largest = area.Rings.MaxBy(r => Math.Abs(SignedArea(r)))!;
            var kept = new List<IReadOnlyList<PlanePoint>>();
            foreach (var ring in area.Rings)
            {
                var thin = ThinRing(ring, minArea);
                if (thin.Count >= 3 && (ring == largest || Math.Abs(SignedArea(thin)) >= minArea)) kept.Add(thin);
                // too small to survive at this scale, but it must not vanish from the map
                else if (ring == largest) kept.Add([.. ring.Where((_, i) => i % Math.Max(1, ring.Count / 6) == 0)]);
            }
            result[area.Ags] = kept;
        }
        return result;
    }

    private List<PlanePoint> ThinRing(IReadOnlyList<PlanePoint> ring, double minArea)
    {
        var start = Enumerable.Range(0, ring.Count).FirstOrDefault(i => forks.Contains(ring[i]), -1);
        var closed = start < 0;
        // without a fork (an island, an enclave) the start must not depend on who draws it
        if (closed) start = Enumerable.Range(0, ring.Count).MinBy(i => (ring[i].X, ring[i].Y));
        var thin = new List<PlanePoint>();
        var stretch = new List<PlanePoint> { ring[start] };
        for (var i = 1; i <= ring.Count; i++)
        {
            var point = ring[(start + i) % ring.Count];
            stretch.Add(point);
            if (i < ring.Count && !forks.Contains(point)) continue;
            thin.AddRange(ThinStretch(stretch, minArea, keep: closed ? 2 : 0).SkipLast(1));
            stretch = [point];
        }
        return thin;
    }

    /// <summary>Both neighbours must thin the same way, so the stretch is turned to one direction first.</summary>
    private static List<PlanePoint> ThinStretch(List<PlanePoint> stretch, double minArea, int keep)
    {
        var turned = IsBackwards(stretch);
        if (turned) stretch.Reverse();
        var thin = Eliminate(stretch, minArea, keep);
        if (turned) thin.Reverse();
        return thin;
    }

    private static bool IsBackwards(List<PlanePoint> points)
    {
        for (int i = 0, j = points.Count - 1; i < j; i++, j--)
            if (points[i] != points[j]) return (points[i].X, points[i].Y).CompareTo((points[j].X, points[j].Y)) > 0;
        return false;
    }

    private static List<PlanePoint> Eliminate(List<PlanePoint> points, double minArea, int keep)
    {
        var count = points.Count;
        if (count <= 2 + keep) return [.. points];
        var before = Enumerable.Range(-1, count).ToArray();
        var after = Enumerable.Range(1, count).ToArray();
        var areas = new double[count];
        var queue = new PriorityQueue<int, (double, int)>(count);
        for (var i = 1; i < count - 1; i++) queue.Enqueue(i, (areas[i] = Triangle(points[i - 1], points[i], points[i + 1]), i));
        var left = count - 2;
        while (left > keep && queue.TryDequeue(out var i, out var rank) && rank.Item1 < minArea)
        {
            if (areas[i] != rank.Item1) continue; // an outdated entry; the newer one is still waiting
            areas[i] = -1;
            left--;
            after[before[i]] = after[i];
            before[after[i]] = before[i];
            foreach (var j in (ReadOnlySpan<int>)[before[i], after[i]])
                if (j > 0 && j < count - 1)
                    queue.Enqueue(j, (areas[j] = Math.Max(rank.Item1, Triangle(points[before[j]], points[j], points[after[j]])), j));
        }
        return [.. points.Where((_, i) => areas[i] >= 0)];
    }

    private static double Triangle(PlanePoint a, PlanePoint b, PlanePoint c) =>
        Math.Abs((b.X - a.X) * (double)(c.Y - a.Y) - (c.X - a.X) * (double)(b.Y - a.Y)) / 2;

    internal static double SignedArea(IReadOnlyList<PlanePoint> ring)
    {
        double sum = 0;
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            sum += (double)a.X * b.Y - (double)b.X * a.Y;
        }
        return sum / 2;
    }
}
