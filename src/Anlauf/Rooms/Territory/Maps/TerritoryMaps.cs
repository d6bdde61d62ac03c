using System.Collections.Concurrent;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Territory.Boundaries;

namespace Anlauf.Rooms.Territory.Maps;

/// <summary>What the areas of a map are.</summary>
public enum MapUnit
{
    /// <summary>One area for each municipality.</summary>
    Municipality,

    /// <summary>One area for each district.</summary>
    District,
}

/// <summary>One area of a map.</summary>
/// <param name="Key">Key of the municipality (8 digits) or district (5).</param>
/// <param name="Name">Name without suffixes.</param>
/// <param name="DistrictKey">District it lies in.</param>
/// <param name="Path">SVG path data in the map's own coordinates.</param>
/// <param name="LabelX">Where a label may stand.</param>
/// <param name="LabelY">Where a label may stand.</param>
public sealed record MapShape(string Key, string Name, string DistrictKey, string Path, double LabelX, double LabelY);

/// <summary>A map ready to be written as SVG: <c>viewBox="0 0 Width Height"</c>.</summary>
/// <param name="Outline">Path of the outer border and of borders between states.</param>
/// <param name="DistrictLines">Path of the borders between districts; empty where the areas are districts.</param>
/// <param name="Labels">Names of the districts with their points.</param>
/// <param name="Schematic">True while areas are computed from centres; the caption says so.</param>
/// <param name="Caption">German source line that must stand under the map.</param>
public sealed record TerritoryMap(
    string AreaKey, MapUnit Unit, int Width, int Height, IReadOnlyList<MapShape> Shapes, string Outline, string DistrictLines,
    IReadOnlyList<MapShape> Labels, bool Schematic, string Caption);

/// <summary>
/// Geometry of maps for an area: the country, a state (2 digits), a district (5). Computed once for each state of the data and
/// kept in memory.
/// </summary>
public sealed class TerritoryMaps(Db db, TerritoryMaps.Cache cache)
{
    /// <summary>Width of every map; the height follows from the area.</summary>
    public const int Width = 1000;

    // in square units of the map: what is smaller is not seen in a border of districts
    private const double SmallestTriangle = 18;

    /// <summary>Maps already drawn; one for the whole program.</summary>
    public sealed class Cache
    {
        internal ConcurrentDictionary<(string, MapUnit), (DateTime Version, TerritoryMap Map)> Maps { get; } = new();
    }

    /// <summary>The map of an area; null where nothing can be drawn. The country is shown by districts unless asked otherwise.</summary>
    public async Task<TerritoryMap?> GetAsync(string areaKey, MapUnit? unit = null, CancellationToken ct = default)
    {
        var shown = unit ?? (areaKey.Length == 0 ? MapUnit.District : MapUnit.Municipality);
        // every import touches a source
        var version = await db.ScalarAsync<DateTime?>("select max(imported_at) from territory.source", ct: ct) ?? default;
        if (cache.Maps.TryGetValue((areaKey, shown), out var known) && known.Version == version) return known.Map;
        var map = await DrawAsync(areaKey, shown, ct);
        if (map is not null) cache.Maps[(areaKey, shown)] = (version, map);
        return map;
    }

    private sealed record Row(string Ags, string ShortName, string StateKey, string DistrictKey, string DistrictName, string Path, bool Schematic, string Source, DateOnly RegisterOn);

    private async Task<TerritoryMap?> DrawAsync(string areaKey, MapUnit unit, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>("""
            select m.ags, m.short_name, m.state_key, m.district_key, d.label as district_name, b.path, b.schematic, s.line as source, m.register_on
            from territory.current_municipality m join territory.boundary b using (ags) join territory.district d on d.key = m.district_key join territory.source s on s.id = b.source_id
            where m.ags like @areaKey || '%' and b.level = @level order by m.ags
            """, new { areaKey, level = areaKey.Length switch { 0 => 2, 2 => 1, _ => 0 } }, ct);
        return rows.Count == 0 ? null : Draw(areaKey, unit, rows);
    }

    private sealed record Area(string Key, string Name, string District, string DistrictName, string State, IReadOnlyList<IReadOnlyList<PlanePoint>> Rings);

    private static TerritoryMap Draw(string areaKey, MapUnit unit, IReadOnlyList<Row> rows)
    {
        List<Area> areas = [.. rows.Select(r => new Area(r.Ags, r.ShortName, r.DistrictKey, r.DistrictName, r.StateKey, PathText.Rings(r.Path)))];
        var points = areas.SelectMany(a => a.Rings).SelectMany(r => r);
        var (left, right, top, bottom) = points.Aggregate((L: int.MaxValue, R: int.MinValue, T: int.MaxValue, B: int.MinValue),
            (b, p) => (Math.Min(b.L, p.X), Math.Max(b.R, p.X), Math.Min(b.T, p.Y), Math.Max(b.B, p.Y)));
        // tenths of a unit, with a margin of four units for strokes
        var scale = (Width - 8) * 10.0 / Math.Max(1, right - left);
        if (unit == MapUnit.District) areas = Districts(areas, minArea: SmallestTriangle * 100 / (scale * scale));
        areas = areas.ConvertAll(a => a with
        {
            Rings = [.. a.Rings.Select(ring => WithoutRepeats([.. ring.Select(p => new PlanePoint((int)Math.Round((p.X - left) * scale) + 40, (int)Math.Round((p.Y - top) * scale) + 40))]))],
        });

        var shapes = areas.ConvertAll(Shape);
        var byState = areas.ConvertAll(a => new GroupedArea(a.State, a.Rings));
        var byDistrict = areas.ConvertAll(a => new GroupedArea(a.District, a.Rings));
        var outline = Borders.Outer(byState).Concat(Borders.Between(byState));
        return new TerritoryMap(areaKey, unit, Width, (int)Math.Ceiling((bottom - top) * scale / 10) + 8, shapes,
            PathText.OfLines(outline, tenths: true),
            // where the areas are districts their own strokes are these lines
            unit == MapUnit.District ? "" : PathText.OfLines(Borders.Between(byDistrict), tenths: true),
            unit == MapUnit.District ? shapes : Districts(areas, minArea: 0).ConvertAll(Shape), rows.Any(r => r.Schematic),
            string.Join(" · ", rows.Select(r => r.Source).Distinct()) + $" · Gemeinden: © Statistisches Bundesamt (Destatis), Gebietsstand {rows.Max(r => r.RegisterOn):dd.MM.yyyy}");
    }

    /// <summary>Districts from their municipalities; their borders need fewer points than the municipalities had.</summary>
    private static List<Area> Districts(List<Area> municipalities, double minArea)
    {
        List<Area> merged = [.. municipalities.GroupBy(a => a.District).Select(g => new Area(g.Key, g.First().DistrictName, g.Key, g.First().DistrictName, g.First().State, Borders.Merge(g.Select(a => a.Rings))))];
        if (minArea <= 0) return merged;
        var thin = new SharedBorders([.. merged.Select((a, i) => new BoundaryArea(a.Key, a.Rings, i))]).Thin(minArea);
        return merged.ConvertAll(a => a with { Rings = thin[a.Key] });
    }

    private static List<PlanePoint> WithoutRepeats(List<PlanePoint> ring) => [.. ring.Where((p, i) => p != ring[(i + 1) % ring.Count] || ring.Count < 4)];

    private static MapShape Shape(Area area)
    {
        var (x, y) = LabelPoint.In(area.Rings);
        return new MapShape(area.Key, area.Name, area.District, PathText.OfRings(area.Rings.Where(r => r.Count > 2), tenths: true), Math.Round(x / 10, 1), Math.Round(y / 10, 1));
    }
}
