using System.Text.Json;
using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Instances;

/// <summary>Reads kind "orienteering" of our own JSON format, see docs/plan-format.md.</summary>
internal static class JsonOrienteering
{
    private sealed record Point(string? Name, double? X, double? Y, long Score);

    private sealed record File(string? Kind, string? Name, int? Tours, decimal? Budget, int? Start, int? End, List<Point>? Points);

    public static OrienteeringProblem Read(JsonElement root, string path)
    {
        var file = root.As<File>(path);
        var points = file.Points is { Count: > 0 } given ? given : throw JsonInput.Missing(path, "points");
        return new(file.Name ?? Path.GetFileNameWithoutExtension(path),
            [.. points.Select((point, p) => new ScoredPoint(
                point?.X ?? throw JsonInput.Missing(path, $"points[{p}].x"), point.Y ?? throw JsonInput.Missing(path, $"points[{p}].y"), point.Score))],
            file.Start ?? 0, file.End ?? file.Start ?? 0, file.Tours ?? 1, file.Budget ?? throw JsonInput.Missing(path, "budget"));
    }
}
