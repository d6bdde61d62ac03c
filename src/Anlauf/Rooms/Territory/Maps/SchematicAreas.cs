using Anlauf.Platform.Database;
using NetTopologySuite.Algorithm.Hull;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Triangulate;

namespace Anlauf.Rooms.Territory.Maps;

/// <summary>
/// Draws an area around the official centre of every municipality, so that there is a map before there are boundaries: each
/// point of the country belongs to the nearest centre (Voronoi cells), cut off a little outside the outermost centres.
/// The same centres always give the same areas.
/// </summary>
public sealed class SchematicAreas(Db db)
{
    private const double HullEdge = 30_000, Margin = 5_000;
    private static readonly GeometryFactory Geometries = new();

    /// <summary>Draws areas for all current municipalities where at least one has none; official boundaries stay.</summary>
    public async Task DrawMissingAsync(CancellationToken ct = default)
    {
        if (!await db.ScalarAsync<bool>("select exists (select from territory.current_municipality m where longitude is not null and not exists (select from territory.boundary b where b.ags = m.ags))", ct: ct)) return;
        var centres = await db.QueryAsync<(string Ags, double Longitude, double Latitude)>(
            "select ags, longitude, latitude from territory.current_municipality where longitude is not null and latitude is not null order by ags", ct: ct);
        var paths = Draw([.. centres.Select(c => (c.Ags, PlaneProjection.ToPlane(c.Longitude, c.Latitude)))]);
        await db.ExecuteAsync("insert into territory.source (id, line) values ('schematic', 'Schematische Flächen aus den amtlichen Mittelpunkten, keine Grenzen') on conflict (id) do update set imported_at = now()", ct: ct);
        await TemporaryTable.FillAsync(db, "new_path", "ags text, path text", paths, p => [p.Key, p.Value], ct);
        await db.ExecuteAsync("""
            delete from territory.boundary where schematic;
            insert into territory.boundary (ags, level, path, schematic, source_id)
              select ags, level, path, true, 'schematic' from new_path cross join generate_series(0, 2) as level on conflict do nothing
            """, ct: ct);
    }

    /// <summary>SVG path by key; keys without an area of their own (two centres on one spot) share the first one's spot moved a little.</summary>
    internal static Dictionary<string, string> Draw(IReadOnlyList<(string Ags, PlanePoint Centre)> centres)
    {
        var keys = new Dictionary<Coordinate, string>();
        foreach (var (ags, centre) in centres)
        {
            var spot = new Coordinate(centre.X, centre.Y);
            while (!keys.TryAdd(spot, ags)) spot = new Coordinate(spot.X + 200, spot.Y + 200);
        }
        var points = Geometries.CreateMultiPointFromCoords([.. keys.Keys]);
        var outline = points.NumPoints < 3 ? points.Buffer(2 * Margin) : ConcaveHull.ConcaveHullByLength(points, HullEdge).Buffer(Margin, 3);
        var inside = PreparedGeometryFactory.Prepare(outline);
        var frame = outline.EnvelopeInternal.Copy();
        frame.ExpandBy(10 * Margin);
        var builder = new VoronoiDiagramBuilder { ClipEnvelope = frame };
        builder.SetSites(points);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        var diagram = builder.GetDiagram(Geometries);
        for (var i = 0; i < diagram.NumGeometries; i++)
        {
            var cell = diagram.GetGeometryN(i);
            if (cell.UserData is not Coordinate site || !keys.TryGetValue(site, out var ags)) continue;
            var area = inside.Covers(cell) ? cell : cell.Intersection(outline);
            var rings = RingsOf(area);
            if (rings.Count > 0) paths[ags] = PathText.OfRings(rings);
        }
        return paths;
    }

    private static List<IReadOnlyList<PlanePoint>> RingsOf(Geometry area)
    {
        var rings = new List<IReadOnlyList<PlanePoint>>();
        for (var i = 0; i < area.NumGeometries; i++)
            if (area.GetGeometryN(i) is Polygon polygon)
            {
                var ring = polygon.ExteriorRing.Coordinates.SkipLast(1).Select(c => new PlanePoint((int)Math.Round(c.X), (int)Math.Round(c.Y))).Distinct().ToList();
                if (ring.Count >= 3) rings.Add(ring);
            }
        return rings;
    }
}
