using System.Globalization;
using Anlauf.Elections;
using Anlauf.Platform.Database;
using Anlauf.Platform.Imports;
using Anlauf.Rooms.Territory.Boundaries;
using Anlauf.Rooms.Territory.Maps;

namespace Anlauf.Rooms.Territory;

/// <summary>
/// Takes over real boundaries of municipalities. Old keys are carried forward by the key changes; what still has no municipality
/// goes to the one whose official centre lies inside. Borders are thinned once, for three scales, without gaps between neighbours.
/// </summary>
public sealed class ImportBoundaries(Db db) : IFileImport
{
    // triangles that may go, in square metres: a few pixels of a map of a district, a state, the country
    private static readonly double[] Thinning = [15_000, 400_000, 4_000_000];
    private const string DefaultLine = "Grenzen: eingelesene Datei";

    /// <inheritdoc/>
    public string Kind => "boundaries";

    /// <inheritdoc/>
    public string Description => "Gemeindegrenzen: GeoJSON, TopoJSON, Shapefile (.shp oder .zip); Grad (WGS84) oder UTM (EPSG:25832)";

    /// <inheritdoc/>
    public async Task<ImportReport> RunAsync(string path, bool dryRun, CancellationToken ct)
    {
        var reading = BoundaryFile.Read(path);
        return reading.IsClean ? await HandleAsync(reading.Contents, $"{DefaultLine} {Path.GetFileName(path)}", null, strict: true, dryRun, ct) : ImportReport.Refused(reading.Problems);
    }

    /// <summary>Stores boundaries that were read without problems.</summary>
    /// <param name="sourceLine">Line under every map drawn with them.</param>
    /// <param name="vintage">Day the boundaries describe, where known.</param>
    /// <param name="strict">True refuses keys that lead to no municipality; false leaves them out, as for old files of the whole country.</param>
    public Task<ImportReport> HandleAsync(IReadOnlyList<BoundaryArea> areas, string sourceLine, DateOnly? vintage, bool strict, bool dryRun = false, CancellationToken ct = default) => db.InTransactionAsync(async () =>
    {
        var states = (await db.QueryAsync<string>("select key from territory.state", ct: ct)).ToHashSet(StringComparer.Ordinal);
        if (states.Count == 0) return ImportReport.Refused([ImportProblem.OfFile("Es ist noch keine Gemeinde bekannt. Bitte zuerst das Gemeindeverzeichnis einlesen: anlauf import municipalities DATEI.")]);
        var (kept, unknown) = await MatchAsync([.. areas.Where(a => states.Contains(a.Ags[..2]) || !IsState(a.Ags))], guess: !strict, ct);
        if (strict && unknown.Count > 0)
            return ImportReport.Refused([.. unknown.Select(u => new ImportProblem(u.Feature, "AGS", $"Zum Schlüssel {u.Ags} gibt es keine Gemeinde. Ist er alt, hilft die Tabelle der Gebietsänderungen: anlauf import key-changes DATEI."))]);
        if (kept.Count == 0) return ImportReport.Refused([ImportProblem.OfFile("Keine Fläche der Datei gehört zu einem Land, dessen Gemeinden bekannt sind.")]);
        var (inserted, updated) = await StoreAsync(kept, sourceLine, vintage, ct);
        return new ImportReport(areas.Count, inserted, updated, kept.Count - inserted - updated, [], dryRun,
            unknown.Count == 0 ? [] : [$"{unknown.Count} Flächen mit alten Schlüsseln gehören zu keiner Gemeinde von heute und fehlen auf der Karte."]);
    }, ct);

    private static bool IsState(string ags) => int.Parse(ags.AsSpan(0, 2), CultureInfo.InvariantCulture) is >= 1 and <= 16;

    private async Task<(List<BoundaryArea> Kept, List<BoundaryArea> Unknown)> MatchAsync(IReadOnlyList<BoundaryArea> areas, bool guess, CancellationToken ct)
    {
        var current = await db.QueryAsync<(string Ags, double? Longitude, double? Latitude, decimal AreaKm2)>("select ags, longitude, latitude, area_km2 from territory.current_municipality", ct: ct);
        var keys = current.Select(c => c.Ags).ToHashSet(StringComparer.Ordinal);
        // where a municipality was divided its area goes to the largest share; a map cannot divide it
        var next = (await db.QueryAsync<(string Old, string New)>(
            "select distinct on (old_ags) old_ags, new_ags from territory.key_change where kind in (1, 3) and old_ags <> new_ags order by old_ags, effective_on desc, share desc, new_ags", ct: ct)).ToDictionary(c => c.Old, c => c.New, StringComparer.Ordinal);
        var targets = new Dictionary<string, List<BoundaryArea>>(StringComparer.Ordinal);
        var open = new List<BoundaryArea>();
        foreach (var area in areas)
        {
            var key = area.Ags;
            for (var steps = 0; steps < 10 && !keys.Contains(key) && next.TryGetValue(key, out var follower); steps++) key = follower;
            if (keys.Contains(key)) Add(targets, key, area);
            else open.Add(area);
        }
        var unknown = new List<BoundaryArea>();
        var without = current.Where(c => c.Longitude is not null && !targets.ContainsKey(c.Ags)).Select(c => (c.Ags, Point: PlaneProjection.ToPlane(c.Longitude!.Value, c.Latitude!.Value))).ToList();
        foreach (var area in open)
        {
            var inside = without.FirstOrDefault(w => w.Ags[..2] == area.Ags[..2] && LabelPoint.Contains(area.Rings, w.Point));
            if (inside.Ags is null) unknown.Add(area);
            else Add(targets, inside.Ags, area);
        }
        if (guess) unknown = GrownNeighbours.Assign(targets, unknown, current.ToDictionary(c => c.Ags, c => (double)c.AreaKm2, StringComparer.Ordinal));
        return ([.. targets.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value is [var only] ? only with { Ags = t.Key }
            : new BoundaryArea(t.Key, Borders.Merge(t.Value.Select(v => v.Rings)), t.Value[0].Feature))], unknown);
    }

    internal static void Add(Dictionary<string, List<BoundaryArea>> targets, string key, BoundaryArea area)
    {
        if (!targets.TryGetValue(key, out var list)) targets[key] = list = [];
        list.Add(area);
    }

    private async Task<(int Inserted, int Updated)> StoreAsync(List<BoundaryArea> areas, string sourceLine, DateOnly? vintage, CancellationToken ct)
    {
        var borders = new SharedBorders(areas);
        var paths = Thinning.SelectMany((limit, level) => borders.Thin(limit).Select(a => (a.Key, Level: (short)level, Path: PathText.OfRings(a.Value))));
        await db.ExecuteAsync("insert into territory.source (id, line, vintage) values ('boundaries', @sourceLine, @vintage) on conflict (id) do update set line = excluded.line, vintage = excluded.vintage, imported_at = now()", new { sourceLine, vintage }, ct);
        await TemporaryTable.FillAsync(db, "new_path", "ags text, level smallint, path text", paths, p => [p.Key, p.Level, p.Path], ct);
        return await db.SingleAsync<(int, int)>("""
            with before as (select ags, schematic, path from territory.boundary where level = 1),
            stored as (
              insert into territory.boundary as b select ags, level, path, false, 'boundaries' from new_path
              on conflict (ags, level) do update set path = excluded.path, schematic = false, source_id = excluded.source_id
              where (b.path, b.schematic) is distinct from (excluded.path, false)
              returning ags, level)
            select (count(*) filter (where o.ags is null or o.schematic))::int, (count(*) filter (where not o.schematic))::int
            from (select distinct ags from stored) s left join before o using (ags)
            """, ct: ct);
    }
}
