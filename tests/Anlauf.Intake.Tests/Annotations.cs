using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Tests;

/// <summary>
/// Compares a record with an annotation in the same schema, field by field. Texts count as equal by their first 80 characters,
/// when one contains the other, or by common words; entries marked optional are neither missed nor too many.
/// </summary>
internal static class Annotations
{
    private static readonly string[] Scalars = ["doc_type", "organisation", "body", "date", "start_time", "end_time", "place", "present_count"];
    private static readonly string[] People = ["present", "excused", "absent", "guests", "chair", "minute_taker", "originators", "recipients", "referrals"];
    private static readonly string[] Figures = ["result", "yes", "no", "abstain", "unanimous"];

    /// <summary>Every difference in words: what is missing, too many or wrong.</summary>
    public static List<string> Differences(JsonElement expected, JsonElement actual)
    {
        var differences = new List<string>();
        foreach (var field in Scalars)
            if (!SameScalar(field, Text(expected, field), Text(actual, field))) differences.Add($"{field}: „{Text(expected, field)}“ expected, „{Text(actual, field)}“ read");
        foreach (var field in People)
            Pair(field, Entries(expected, field), Entries(actual, field), (a, b) => Words(Name(a)).SetEquals(Words(Name(b))), differences);
        Pair("agenda", Entries(expected, "agenda"), Entries(actual, "agenda"), (a, b) => Text(a, "number") == Text(b, "number") && SameText(Text(a, "title"), Text(b, "title")), differences);
        Pair("papers", Entries(expected, "papers"), Entries(actual, "papers"), (a, b) => Plain(Text(a, "reference")) == Plain(Text(b, "reference")), differences);
        Pair("follow_ups", Entries(expected, "follow_ups"), Entries(actual, "follow_ups"), (a, b) => SameText(Text(a, "text"), Text(b, "text")), differences);
        Pair("contradictions", Entries(expected, "contradictions"), Entries(actual, "contradictions"), (a, b) => Text(a, "type") == Text(b, "type"), differences);
        foreach (var (want, got) in Pair("decisions", Entries(expected, "decisions"), Entries(actual, "decisions"), (a, b) => SameText(Text(a, "text"), Text(b, "text")), differences))
            foreach (var figure in Figures)
                if (Text(want, figure) != Text(got, figure) && !(figure == "unanimous" && Text(want, figure) is null))
                    differences.Add($"decisions: {figure} {Text(want, figure)} expected, {Text(got, figure)} read: {Text(want, "text")}");
        foreach (var (want, got) in Pair("tasks", Entries(expected, "tasks"), Entries(actual, "tasks"), (a, b) => SameText(Text(a, "text"), Text(b, "text")), differences))
        {
            if (Text(want, "due") != Text(got, "due")) differences.Add($"tasks: due {Text(want, "due")} expected, {Text(got, "due")} read: {Text(want, "text")}");
            foreach (var name in Entries(want, "responsible").Select(Name))
                if (!Entries(got, "responsible").Exists(r => Words(Name(r)).Overlaps(Words(name)))) differences.Add($"tasks: {name} is responsible for: {Text(want, "text")}");
        }
        return differences;
    }

    private static List<(JsonElement, JsonElement)> Pair(string field, List<JsonElement> expected, List<JsonElement> actual, Func<JsonElement, JsonElement, bool> same, List<string> differences)
    {
        var pairs = new List<(JsonElement, JsonElement)>();
        var open = actual.ToList();
        foreach (var want in expected)
        {
            var at = open.FindIndex(got => same(want, got));
            if (at >= 0) { if (!Optional(want)) pairs.Add((want, open[at])); open.RemoveAt(at); }
            else if (!Optional(want) && Text(want, "kind") != "event") differences.Add($"{field}: missed „{Name(want)}“");
        }
        differences.AddRange(open.Select(got => $"{field}: too many „{Name(got)}“"));
        return pairs;
    }

    private static bool SameScalar(string field, string? expected, string? actual) =>
        expected == actual || (field is "place" or "organisation" && expected is not null && actual is not null && (Plain(expected).Contains(Plain(actual), StringComparison.Ordinal) || Plain(actual).Contains(Plain(expected), StringComparison.Ordinal)));

    private static bool SameText(string? a, string? b)
    {
        var (x, y) = (Cut(Plain(a)), Cut(Plain(b)));
        if (x == y) return true;
        var (shorter, longer) = x.Length <= y.Length ? (x, Plain(b)) : (y, Plain(a));
        if (shorter.Length >= 25 && longer.Contains(shorter, StringComparison.Ordinal)) return true;
        var (first, second) = (Words(x), Words(y));
        return first.Count + second.Count > 0 && 2.0 * first.Intersect(second).Count() / (first.Count + second.Count) >= 0.6;
    }

    private static string Cut(string text) => text.Length > 80 ? text[..80] : text;

    private static string Plain(string? text) =>
        Regex.Replace(Regex.Replace((text ?? "").Normalize(NormalizationForm.FormKC).ToLowerInvariant(), "[\"„“”»«*_`#]", ""), @"\s+", " ").Trim(' ', '.', ',', ':', ';');

    private static HashSet<string> Words(string? text) => [.. Regex.Matches(Plain(text), @"[\p{L}\d]+").Select(m => m.Value)];

    private static bool Optional(JsonElement entry) => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("optional", out var optional) && optional.GetBoolean();

    private static string? Name(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.String ? entry.GetString() : Text(entry, "name") ?? Text(entry, "text") ?? Text(entry, "title") ?? Text(entry, "reference") ?? Text(entry, "type");

    private static List<JsonElement> Entries(JsonElement root, string field) =>
        root.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string? Text(JsonElement root, string field) =>
        root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null ? null : value.ToString();
}
