namespace Anlauf.Rooms.Territory.Maps;

/// <summary>Finds the spot for a label.</summary>
public static class LabelPoint
{
    /// <summary>
    /// The middle of the widest stretch inside the area among a few horizontal lines, so that a label has room and never stands
    /// outside its area, as the centre of gravity of a crescent would. Holes and islands are respected (even-odd rule).
    /// </summary>
    public static (double X, double Y) In(IReadOnlyList<IReadOnlyList<PlanePoint>> rings)
    {
        if (rings.Count == 0) return (0, 0);
        var (top, bottom) = (rings.Min(r => r.Min(p => p.Y)), rings.Max(r => r.Max(p => p.Y)));
        var best = (Width: -1.0, X: (double)rings[0][0].X, Y: (double)rings[0][0].Y);
        for (var part = 6; part <= 14; part++)
        {
            var y = top + (bottom - top) * (part / 20.0) + 0.25;
            var crossings = rings.SelectMany(r => Crossings(r, y)).Order().ToList();
            for (var i = 0; i + 1 < crossings.Count; i += 2)
                if (crossings[i + 1] - crossings[i] > best.Width)
                    best = (crossings[i + 1] - crossings[i], (crossings[i] + crossings[i + 1]) / 2, y);
        }
        return (best.X, best.Y);
    }

    /// <summary>True when the point lies inside the rings (even-odd rule).</summary>
    public static bool Contains(IReadOnlyList<IReadOnlyList<PlanePoint>> rings, PlanePoint point) =>
        rings.SelectMany(r => Crossings(r, point.Y + 0.25)).Count(x => x > point.X) % 2 == 1;

    private static IEnumerable<double> Crossings(IReadOnlyList<PlanePoint> ring, double y)
    {
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            if (a.Y > y != b.Y > y) yield return a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X);
        }
    }
}
