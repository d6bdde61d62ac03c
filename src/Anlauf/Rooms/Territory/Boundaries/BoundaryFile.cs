using Anlauf.Elections;
using Anlauf.Rooms.Territory.Maps;

namespace Anlauf.Rooms.Territory.Boundaries;

/// <summary>The area of a municipality as read from a file: rings on the map plane, holes and islands alike (even-odd).</summary>
/// <param name="Ags">Key the file gives, which may be old.</param>
/// <param name="Feature">Running number of the feature in the file, from 1.</param>
public sealed record BoundaryArea(string Ags, IReadOnlyList<IReadOnlyList<PlanePoint>> Rings, int Feature);

/// <summary>Reads boundary files of any known format.</summary>
public static class BoundaryFile
{
    private const int MaxBytes = 512 * 1024 * 1024;

    /// <summary>Reads the whole file: GeoJSON, TopoJSON (.json), Shapefile as .zip, or .shp with .dbf and .prj beside it.</summary>
    public static Reading<IReadOnlyList<BoundaryArea>> Read(string path)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".shp" => Shapefile.Read(File.ReadAllBytes(path), Beside(path, ".dbf"), Beside(path, ".prj")),
                ".zip" => Shapefile.ReadZip(path),
                _ => ReadJson(path),
            };
        }
        catch (UnreadableFileException e)
        {
            return new([], [ImportProblem.OfFile(e.Message)]);
        }
    }

    private static Reading<IReadOnlyList<BoundaryArea>> ReadJson(string path)
    {
        if (new FileInfo(path).Length > MaxBytes) throw new UnreadableFileException("Die Datei ist größer als 512 MB und wurde deshalb nicht gelesen.");
        var collector = new BoundaryCollector();
        JsonBoundaries.Read(File.ReadAllBytes(path), collector);
        return collector.Finish();
    }

    private static byte[]? Beside(string path, string extension) =>
        new[] { extension, extension.ToUpperInvariant() }.Select(e => Path.ChangeExtension(path, e)).FirstOrDefault(File.Exists) is { } found ? File.ReadAllBytes(found) : null;
}

/// <summary>Gathers the areas of a file by key and notes what is wrong with them.</summary>
internal sealed class BoundaryCollector
{
    private readonly Dictionary<string, (List<IReadOnlyList<PlanePoint>> Rings, int Feature)> areas = new(StringComparer.Ordinal);
    private readonly List<ImportProblem> problems = [];
    private int features;

    /// <summary>Takes a feature; several features of one key (islands, parts) become one area. Water (GF below 4) is left out.</summary>
    public void Add(IReadOnlyDictionary<string, string> properties, List<List<(double X, double Y)>> rings, Func<double, double, PlanePoint> project)
    {
        features++;
        if (properties.TryGetValue("GF", out var kind) && kind is "1" or "2" or "3") return;
        var ags = new[] { "AGS", "ags", "AGS_0", "Schluessel", "schluessel" }.Select(n => properties.GetValueOrDefault(n, "")).FirstOrDefault(v => v.Length > 0, "");
        if (ags.Length != 8 || !ags.All(char.IsAsciiDigit))
        {
            Problem("AGS", ags.Length == 0 ? "Das Objekt hat keinen Gemeindeschlüssel (Feld AGS)." : $"„{ags}“ ist kein achtstelliger Gemeindeschlüssel. Erwartet werden Grenzen von Gemeinden.");
            return;
        }
        var plane = new List<IReadOnlyList<PlanePoint>>();
        foreach (var ring in rings)
        {
            if (ring.Exists(p => !double.IsFinite(p.X) || !double.IsFinite(p.Y))) { Problem("Koordinaten", $"Die Grenze von {ags} enthält ungültige Zahlen."); return; }
            var points = ring.ConvertAll(p => project(p.X, p.Y));
            if (points.Exists(p => !PlaneProjection.IsGermany(p)))
            {
                Problem("Koordinaten", $"Die Grenze von {ags} liegt nicht in Deutschland. Bitte prüfen Sie das Bezugssystem; gelesen werden Grad (WGS84) und UTM (EPSG:25832, 25833).");
                return;
            }
            var clean = points.Where((p, i) => i == 0 || p != points[i - 1]).ToList();
            if (clean.Count > 1 && clean[0] == clean[^1]) clean.RemoveAt(clean.Count - 1);
            if (clean.Count >= 3) plane.Add(clean);
        }
        if (plane.Count == 0) { Problem("Koordinaten", $"Die Grenze von {ags} ist leer."); return; }
        if (areas.TryGetValue(ags, out var known)) known.Rings.AddRange(plane);
        else areas[ags] = (plane, features);
    }

    /// <summary>Notes a problem with the current feature.</summary>
    public void Problem(string field, string message)
    {
        if (problems.Count < 100) problems.Add(new ImportProblem(features, field, $"Objekt {features}: {message}"));
    }

    public Reading<IReadOnlyList<BoundaryArea>> Finish()
    {
        if (areas.Count == 0 && problems.Count == 0) problems.Add(ImportProblem.OfFile("Die Datei enthält keine Flächen. Erwartet werden Grenzen von Gemeinden mit dem Feld AGS."));
        return new([.. areas.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => new BoundaryArea(a.Key, a.Value.Rings, a.Value.Feature))], problems);
    }
}
