using System.Text.Json;

namespace Anlauf.Planning.Instances;

/// <summary>One kind of problem in our own JSON format.</summary>
/// <param name="Kind">value of "kind" at the top of the file</param>
/// <param name="Read">makes the task from the root element; refusals name the path given</param>
internal sealed record JsonKind(string Kind, Func<JsonElement, string, PlanTask> Read);

/// <summary>Reads our own JSON format (docs/plan-format.md): one problem a file, "kind" says which.</summary>
internal static class JsonProblems
{
    public static IEnumerable<PlanTask> ReadTasks(PlanInput input) => input.Files.Select(Read);

    private static PlanTask Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(NumberReader.ReadText(path));
            var root = document.RootElement.Clone();
            JsonInput.RefuseGaps(root, "", path);
            var kind = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("kind", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return Kinds.FirstOrDefault(k => k.Kind == kind)?.Read(root, path)
                ?? throw new PlanInputException(path, null, "kind", $"Die Art „{kind}“ ist unbekannt. Bekannt sind: {string.Join(", ", Kinds.Select(k => k.Kind))}.");
        }
        catch (JsonException exception)
        {
            throw new PlanInputException(path, (int?)exception.LineNumber + 1, exception.Path, "Das ist kein gültiges JSON, oder dieses Feld gibt es nicht oder es hat die falsche Art.");
        }
    }

    private static IEnumerable<JsonKind> Kinds =>
        [.. Location.LocationFamilies.JsonKinds, .. Assignment.AssignmentFamilies.JsonKinds, .. Routes.RouteFamilies.JsonKinds];
}
