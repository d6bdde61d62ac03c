using System.Text.Json;
using Anlauf.Elections;
using Anlauf.Rooms.Territory.Maps;

namespace Anlauf.Rooms.Territory.Boundaries;

/// <summary>
/// Reads GeoJSON (RFC 7946, also a bare list of features and collections inside collections, as some packages have them) and
/// TopoJSON (specification 1.0, with or without transform). Coordinates are degrees (WGS84).
/// </summary>
internal static class JsonBoundaries
{
    public static void Read(byte[] json, BoundaryCollector collector)
    {
        try
        {
            var bytes = json.AsMemory();
            if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
            if (bytes.Span.TrimStart(" \r\n\t"u8).StartsWith("["u8)) { ReadList(bytes, collector); return; }
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (TypeOf(root) == "Topology") ReadTopology(root, collector);
            else ReadFeature(root, collector);
        }
        catch (JsonException e)
        {
            throw new UnreadableFileException($"Die Datei ist kein gültiges JSON (Zeile {e.LineNumber + 1}). Vermutlich ist sie unvollständig; bitte laden Sie sie noch einmal von der Quelle.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or KeyNotFoundException or FormatException or ArgumentOutOfRangeException)
        {
            throw new UnreadableFileException("Die Datei ist weder GeoJSON noch TopoJSON, wie sie die Normen beschreiben.", e);
        }
    }

    /// <summary>A list of features is read one by one, because the one of all Germany would fill the memory as a whole.</summary>
    private static void ReadList(ReadOnlyMemory<byte> bytes, BoundaryCollector collector)
    {
        var reader = new Utf8JsonReader(bytes.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            using var element = JsonDocument.ParseValue(ref reader);
            ReadFeature(element.RootElement, collector);
        }
    }

    private static void ReadFeature(JsonElement element, BoundaryCollector collector)
    {
        switch (TypeOf(element))
        {
            case "FeatureCollection":
                foreach (var inner in element.GetProperty("features").EnumerateArray()) ReadFeature(inner, collector);
                break;
            case "Feature":
                if (!element.TryGetProperty("geometry", out var geometry) || geometry.ValueKind == JsonValueKind.Null) break;
                var coordinates = geometry.GetProperty("coordinates");
                var rings = TypeOf(geometry) switch
                {
                    "Polygon" => Rings(coordinates),
                    "MultiPolygon" => [.. coordinates.EnumerateArray().SelectMany(Rings)],
                    _ => null,
                };
                if (rings is null) collector.Problem("geometry", "Erwartet wird eine Fläche (Polygon oder MultiPolygon).");
                else collector.Add(Properties(element), rings, PlaneProjection.ToPlane);
                break;
            default: throw new FormatException("neither feature nor collection");
        }
    }

    private static List<List<(double, double)>> Rings(JsonElement polygon) =>
        [.. polygon.EnumerateArray().Select(ring => ring.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble())).ToList())];

    private static void ReadTopology(JsonElement root, BoundaryCollector collector)
    {
        var (scale, shift) = root.TryGetProperty("transform", out var transform)
            ? (Pair(transform.GetProperty("scale")), Pair(transform.GetProperty("translate"))) : ((1.0, 1.0), (0.0, 0.0));
        var delta = root.TryGetProperty("transform", out _);
        var arcs = root.GetProperty("arcs").EnumerateArray().Select(arc =>
        {
            double x = 0, y = 0;
            return arc.EnumerateArray().Select(p =>
            {
                (x, y) = delta ? (x + p[0].GetDouble(), y + p[1].GetDouble()) : (p[0].GetDouble(), p[1].GetDouble());
                return (x * scale.Item1 + shift.Item1, y * scale.Item2 + shift.Item2);
            }).ToList();
        }).ToList();
        foreach (var item in root.GetProperty("objects").EnumerateObject()) ReadObject(item.Value, arcs, collector);
    }

    private static void ReadObject(JsonElement item, List<List<(double, double)>> arcs, BoundaryCollector collector)
    {
        switch (TypeOf(item))
        {
            case "GeometryCollection":
                foreach (var inner in item.GetProperty("geometries").EnumerateArray()) ReadObject(inner, arcs, collector);
                break;
            case "Polygon":
                collector.Add(Properties(item), [.. item.GetProperty("arcs").EnumerateArray().Select(r => Ring(r, arcs))], PlaneProjection.ToPlane);
                break;
            case "MultiPolygon":
                collector.Add(Properties(item), [.. item.GetProperty("arcs").EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(r => Ring(r, arcs))], PlaneProjection.ToPlane);
                break;
            default: collector.Problem("type", "Erwartet wird eine Fläche (Polygon oder MultiPolygon)."); break;
        }
    }

    /// <summary>Arcs in order; a negative number means the arc of its complement backwards; joints are not repeated.</summary>
    private static List<(double, double)> Ring(JsonElement numbers, List<List<(double, double)>> arcs)
    {
        var ring = new List<(double, double)>();
        foreach (var number in numbers.EnumerateArray())
        {
            var index = number.GetInt32();
            var arc = index < 0 ? Enumerable.Reverse(arcs[~index]) : arcs[index];
            ring.AddRange(ring.Count == 0 ? arc : arc.Skip(1));
        }
        return ring;
    }

    private static Dictionary<string, string> Properties(JsonElement element) =>
        element.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.First().Value.ToString(), StringComparer.Ordinal) : [];

    private static (double, double) Pair(JsonElement pair) => (pair[0].GetDouble(), pair[1].GetDouble());

    private static string TypeOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "";
}
