using System.Text.Json;
using Anlauf.Testing;

namespace Anlauf.Intake.Tests;

/// <summary>The annotated documents beside the checkout: every field that is not optional is found, nothing else is added.</summary>
public class GoldTests
{
    public static TheoryData<string> Annotations => new("seed-000_a89e95215a2f4d64", "seed-001_9ee992c269b12c1c", "seed-002_c35183056a01bdb4", "seed-003_0c101b686faee240", "seed-004_5fced0fb2331bda7");

    [SkippableTheory]
    [MemberData(nameof(Annotations))]
    public void An_annotated_document_is_read_exactly(string name)
    {
        using var gold = JsonDocument.Parse(File.ReadAllText(SharedData.PathTo($"gold/{name}.json")));
        var root = gold.RootElement;
        var path = SharedData.PathTo(root.GetProperty("file").GetString()!);
        var record = IntakeReader.Read(new(path, SourceFormat.PlainText, File.ReadAllText(path).ReplaceLineEndings("\n")));

        record.DocType.ShouldBe(root.GetProperty("doc_type").GetString());
        (record.Date?.Value).ShouldBe(root.GetProperty("date").GetString());
        (record.Body?.Value).ShouldBe(root.GetProperty("body").GetString());
        (record.Place?.Value).ShouldBe(root.GetProperty("place").GetString());
        record.Present.Select(p => p.Value).ShouldBe(Strings(root, "present"));
        record.Excused.Select(p => p.Value).ShouldBe(Strings(root, "excused"));
        record.Guests.Select(p => p.Value).ShouldBe(Strings(root, "guests"));
        record.MinuteTaker.Select(p => p.Value).ShouldBe(Strings(root, "minute_taker"));
        record.Originators.Select(p => p.Value).ShouldBe(Strings(root, "originators"));
        record.Referrals.Select(p => p.Value).ShouldBe(Strings(root, "referrals"));
        record.Recipients.Select(p => p.Value).ShouldBe(Strings(root, "recipients"));
        record.Agenda.Select(a => a.Title).ShouldBe(root.GetProperty("agenda").EnumerateArray().Select(a => a.GetProperty("title").GetString()));
        record.Papers.Select(a => a.Reference).ShouldBe(root.GetProperty("papers").EnumerateArray().Select(a => a.GetProperty("reference").GetString()));
        foreach (var decision in Required(root, "decisions"))
        {
            var found = record.Decisions.Single(d => Carries(d.Text, decision));
            found.Result.ShouldBe(decision.GetProperty("result").GetString());
            found.Votes.Yes.ShouldBe(Number(decision, "yes"));
            found.Votes.No.ShouldBe(Number(decision, "no"));
            found.Votes.Abstain.ShouldBe(Number(decision, "abstain"));
        }
        foreach (var task in Required(root, "tasks").Where(t => t.GetProperty("kind").GetString() != "event"))
            record.Tasks.Single(t => Carries(t.Text, task)).Due.ShouldBe(task.GetProperty("due").GetString());
        var clashes = Required(root, "contradictions").Select(c => c.GetProperty("type").GetString()).ToList();
        record.Contradictions.Select(c => c.Type).Where(t => t != "reference_variant").ShouldBe(clashes);
    }

    private static bool Carries(string text, JsonElement annotated) => text.Contains(annotated.GetProperty("text").GetString()!, StringComparison.Ordinal);
    private static IEnumerable<string?> Strings(JsonElement root, string name) => root.GetProperty(name).EnumerateArray().Select(e => e.GetString());
    private static IEnumerable<JsonElement> Required(JsonElement root, string name) => root.GetProperty(name).EnumerateArray().Where(e => !(e.TryGetProperty("optional", out var optional) && optional.GetBoolean()));
    private static int? Number(JsonElement element, string name) => element.GetProperty(name).ValueKind == JsonValueKind.Number ? element.GetProperty(name).GetInt32() : null;
}
