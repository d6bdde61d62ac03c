using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Anlauf.Elections;
using Anlauf.Rooms.Territory.Maps;
using Anlauf.Rooms.Territory.Registers;

namespace Anlauf.Rooms.Territory.Boundaries;

/// <summary>
/// Reads polygons of a Shapefile (.shp, .dbf, .prj), also zipped. Source: ESRI Shapefile Technical Description, 1998; dBASE III
/// table layout. Systems: degrees on WGS84 or ETRS89, and UTM on ETRS89 (EPSG:25832, 25833), told apart by the .prj.
/// </summary>
internal static partial class Shapefile
{
    private const int MaxPart = 256 * 1024 * 1024;
    private const string Broken = "Das Shapefile ist beschädigt oder unvollständig. Bitte laden Sie es noch einmal von der Quelle.";

    [GeneratedRegex(@"PARAMETER\[""(\w+)"",\s*([-\d.]+)\]", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();

    public static Reading<IReadOnlyList<BoundaryArea>> ReadZip(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var shapes = zip.Entries.Where(e => e.Name.EndsWith(".shp", StringComparison.OrdinalIgnoreCase)).ToList();
            // official packages hold one file for each level; GEM is that of municipalities
            var chosen = shapes.Count == 1 ? shapes[0] : shapes.Find(e => e.Name.Contains("GEM", StringComparison.OrdinalIgnoreCase));
            if (chosen is null) throw new UnreadableFileException(shapes.Count == 0
                ? "Das Archiv enthält kein Shapefile (.shp)." : "Das Archiv enthält mehrere Shapefiles, aber keines mit „GEM“ im Namen. Bitte entpacken Sie es und wählen Sie das der Gemeinden.");
            byte[]? Part(string extension) => zip.Entries.FirstOrDefault(e => e.FullName.Equals(chosen.FullName[..^4] + extension, StringComparison.OrdinalIgnoreCase)) is { } entry ? Unpack(entry) : null;
            return Read(Part(".shp")!, Part(".dbf"), Part(".prj"));
        }
        catch (InvalidDataException e)
        {
            throw new UnreadableFileException("Das Archiv (.zip) ist beschädigt. Bitte laden Sie es noch einmal von der Quelle.", e);
        }
    }

    public static Reading<IReadOnlyList<BoundaryArea>> Read(byte[] shp, byte[]? dbf, byte[]? prj)
    {
        if (dbf is null) throw new UnreadableFileException("Zum Shapefile fehlt die Datei mit den Schlüsseln (.dbf). Bitte legen Sie sie daneben oder verwenden Sie das vollständige Archiv.");
        var project = Projection(prj is null ? "" : Encoding.Latin1.GetString(prj));
        var collector = new BoundaryCollector();
        try
        {
            var records = Table(dbf);
            var number = 0;
            for (var at = 100; at + 8 <= shp.Length; number++)
            {
                var length = 2 * BinaryPrimitives.ReadInt32BigEndian(shp.AsSpan(at + 4));
                var rings = Rings(shp.AsSpan(at + 8, length));
                if (number >= records.Count) throw new UnreadableFileException(Broken);
                if (rings.Count > 0) collector.Add(records[number], rings, project);
                at += 8 + length;
            }
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new UnreadableFileException(Broken, e);
        }
        return collector.Finish();
    }

    private static List<List<(double, double)>> Rings(ReadOnlySpan<byte> record)
    {
        var type = BinaryPrimitives.ReadInt32LittleEndian(record);
        if (type == 0) return [];
        // 5 polygon, 15 with heights, 25 with measures: the plane coordinates stand in the same place
        if (type is not (5 or 15 or 25)) throw new UnreadableFileException("Das Shapefile enthält keine Flächen. Erwartet werden Grenzen von Gemeinden.");
        var parts = BinaryPrimitives.ReadInt32LittleEndian(record[36..]);
        var points = BinaryPrimitives.ReadInt32LittleEndian(record[40..]);
        if (parts < 0 || points < 0 || 44L + 4L * parts + 16L * points > record.Length) throw new UnreadableFileException(Broken);
        var rings = new List<List<(double, double)>>();
        for (var part = 0; part < parts; part++)
        {
            var from = BinaryPrimitives.ReadInt32LittleEndian(record[(44 + 4 * part)..]);
            var to = part + 1 < parts ? BinaryPrimitives.ReadInt32LittleEndian(record[(48 + 4 * part)..]) : points;
            if (from < 0 || to < from || to > points) throw new UnreadableFileException(Broken);
            var ring = new List<(double, double)>(to - from);
            for (var i = from; i < to; i++)
            {
                var at = 44 + 4 * parts + 16 * i;
                ring.Add((BinaryPrimitives.ReadDoubleLittleEndian(record[at..]), BinaryPrimitives.ReadDoubleLittleEndian(record[(at + 8)..])));
            }
            rings.Add(ring);
        }
        return rings;
    }

    private static List<Dictionary<string, string>> Table(byte[] dbf)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(dbf.AsSpan(4));
        var start = BinaryPrimitives.ReadUInt16LittleEndian(dbf.AsSpan(8));
        var width = BinaryPrimitives.ReadUInt16LittleEndian(dbf.AsSpan(10));
        var fields = new List<(string Name, int At, int Length)>();
        for (int at = 32, offset = 1; at + 32 <= start && dbf[at] != 0x0D; at += 32)
        {
            fields.Add((Encoding.ASCII.GetString(dbf, at, 11).TrimEnd('\0'), offset, dbf[at + 16]));
            offset += dbf[at + 16];
        }
        var records = new List<Dictionary<string, string>>();
        for (var i = 0; i < count; i++)
        {
            var record = dbf.AsSpan(start + i * width, width).ToArray();
            records.Add(fields.ToDictionary(f => f.Name, f => Encoding.Latin1.GetString(record, f.At, f.Length).Trim(), StringComparer.Ordinal));
        }
        return records;
    }

    private static Func<double, double, PlanePoint> Projection(string prj)
    {
        if (!prj.StartsWith("PROJCS", StringComparison.OrdinalIgnoreCase)) return PlaneProjection.ToPlane;
        var given = Parameter().Matches(prj).ToDictionary(m => m.Groups[1].Value.ToLowerInvariant(), m => double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
        double Value(string name) => given.GetValueOrDefault(name, double.NaN);
        if (!prj.Contains("Transverse_Mercator", StringComparison.OrdinalIgnoreCase) || !(prj.Contains("1980", StringComparison.Ordinal) || prj.Contains("WGS", StringComparison.OrdinalIgnoreCase))
            || Math.Abs(Value("scale_factor") - 0.9996) > 1e-9)
            throw new UnreadableFileException("Das Bezugssystem des Shapefiles wird nicht gelesen. Bitte wählen Sie die Fassung in UTM32 (EPSG:25832) oder in Grad (WGS84).");
        var utm = new TransverseMercator(Value("central_meridian"), Value("false_easting"));
        return (x, y) => utm.ToDegrees(x, y) is var (longitude, latitude) ? PlaneProjection.ToPlane(longitude, latitude) : default;
    }

    private static byte[] Unpack(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return OfficialText.ReadBytes(stream, MaxPart);
    }
}
