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
        var text = TextFile.Read(path);
        try
        {
            return PlanInputException.Within(path, () => Read(JsonText.Parse(text, path), path), isOurs: true);
        }
        catch (JsonException exception)
        {
            throw JsonText.Placed(new(path, null, exception.Path?.TrimStart('$', '.'), "Dieser Wert passt hier nicht. Bitte mit docs/plan-format.md vergleichen."), text, path);
        }
        catch (PlanInputException refusal) when (refusal.Line is null)
        {
            throw JsonText.Placed(refusal, text, path);
        }
    }

    private static PlanTask Read(JsonElement root, string path)
    {
        JsonInput.RefuseGaps(root, "", path);
        if (root.ValueKind != JsonValueKind.Object) throw new PlanInputException(path, null, "kind", "Die Datei muss aus einem Objekt in geschweiften Klammern bestehen, das mit „kind“ sagt, welche Aufgabe es ist.");
        var names = string.Join(", ", Kinds.Select(k => k.Kind));
        if (!root.TryGetProperty("kind", out var value)) throw new PlanInputException(path, null, "kind", $"Dieses Feld fehlt. Bitte ergänzen (klein geschrieben); bekannt sind: {names}.");
        var kind = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return Kinds.FirstOrDefault(k => k.Kind == kind)?.Read(root, path) ?? throw new PlanInputException(path, null, "kind", $"Die Art „{kind}“ ist unbekannt. Bekannt sind: {names}.");
    }

    private static IEnumerable<JsonKind> Kinds =>
        [.. Location.LocationFamilies.JsonKinds, .. Assignment.AssignmentFamilies.JsonKinds, .. Routes.RouteFamilies.JsonKinds];
}
