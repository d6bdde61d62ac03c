using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Anlauf.Intake;

/// <summary>Writes a record as one JSON object in schema version 1; fields beyond the schema carry spans, findings and hints.</summary>
public static class RecordJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="record">The record.</param>
    /// <param name="file">Path as given by the caller.</param>
    public static string Write(DocumentRecord record, string file)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(json, record, file);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The line for a file that cannot be read.</summary>
    public static string Error(string file, string message)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("error", message);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, DocumentRecord record, string file)
    {
        json.WriteStartObject();
        json.WriteNumber("schema", 1);
        json.WriteString("file", file);
        json.WriteString("doc_type", record.DocType);
        json.WriteString("organisation", record.Organisation?.Value);
        json.WriteString("body", record.Body?.Value);
        json.WriteString("title", record.Title?.Value);
        json.WriteString("date", record.Date?.Value);
        json.WriteString("start_time", record.StartTime?.Value);
        json.WriteString("end_time", record.EndTime?.Value);
        json.WriteString("place", record.Place?.Value);
        Values(json, "present", record.Present);
        if (int.TryParse(record.PresentCount?.Value, out var count)) json.WriteNumber("present_count", count);
        else json.WriteString("present_count", record.PresentCount?.Value);
        Values(json, "excused", record.Excused);
        Values(json, "absent", record.Absent);
        Values(json, "guests", record.Guests);
        Values(json, "chair", record.Chair);
        Values(json, "minute_taker", record.MinuteTaker);
        Array(json, "signed", record.Signed, s =>
        {
            json.WriteString("name", s.Name);
            json.WriteString("role", s.Role);
            json.WriteString("place", s.Place);
            json.WriteString("date", s.Date);
            json.WriteString("formula", s.Formula);
            Where(json, s.Span);
        });
        Values(json, "originators", record.Originators);
        Array(json, "agenda", record.Agenda, a => { json.WriteString("number", a.Number); json.WriteString("title", a.Title); Where(json, a.Span); });
        Array(json, "papers", record.Papers, p => { json.WriteString("reference", p.Reference); json.WriteString("title", p.Title); Where(json, p.Span); });
        Array(json, "decisions", record.Decisions, d => Decision(json, d));
        Array(json, "tasks", record.Tasks, t => Task(json, t));
        Array(json, "follow_ups", record.FollowUps, f => { json.WriteString("agenda", f.Agenda); json.WriteString("text", f.Text); json.WriteString("due", f.Due); Where(json, f.Span); });
        Values(json, "referrals", record.Referrals);
        Values(json, "recipients", record.Recipients);
        Array(json, "contradictions", record.Contradictions, c => Contradiction(json, c));
        Array(json, "hints", record.Hints, c => Contradiction(json, c));
        Array(json, "events", record.Events, e => { json.WriteString("text", e.Text); json.WriteString("due", e.Due); Where(json, e.Span); });
        Array(json, "open_questions", record.OpenQuestions, q => { json.WriteString("text", q.Value); Where(json, q.Span); });
        Evidence(json, record);
        json.WriteEndObject();
    }

    private static void Decision(Utf8JsonWriter json, Decision d)
    {
        json.WriteString("agenda", d.Agenda);
        json.WriteString("text", d.Text);
        json.WriteString("result", d.Result);
        Number(json, "yes", d.Votes.Yes);
        Number(json, "no", d.Votes.No);
        Number(json, "abstain", d.Votes.Abstain);
        if (d.Votes.Unanimous is { } unanimous) json.WriteBoolean("unanimous", unanimous); else json.WriteNull("unanimous");
        json.WriteString("kind", d.Kind);
        if (d.Reported) json.WriteBoolean("reported", true);
        Where(json, d.Span);
    }

    private static void Task(Utf8JsonWriter json, TaskEntry t)
    {
        json.WriteString("agenda", t.Agenda);
        json.WriteString("text", t.Text);
        json.WriteString("due", t.Due);
        json.WriteStartArray("responsible");
        foreach (var who in t.Responsible) json.WriteStringValue(who.Value);
        json.WriteEndArray();
        json.WriteString("kind", t.Kind);
        if (t.DueText is not null) json.WriteString("due_text", t.DueText);
        if (t.DueBasis is not null) json.WriteString("due_basis", t.DueBasis);
        Where(json, t.Span);
    }

    private static void Contradiction(Utf8JsonWriter json, Contradiction c)
    {
        json.WriteString("type", c.Type);
        json.WriteString("detail", c.Detail);
        json.WriteString("question", c.Question);
        json.WriteString("consequence", c.Consequence);
        json.WriteStartArray("passages");
        foreach (var passage in c.Passages) { json.WriteStartArray(); json.WriteNumberValue(passage.Start); json.WriteNumberValue(passage.Length); json.WriteEndArray(); }
        json.WriteEndArray();
    }

    /// <summary>Spans of the values that stand as plain strings in the schema, by field.</summary>
    private static void Evidence(Utf8JsonWriter json, DocumentRecord record)
    {
        json.WriteStartObject("spans");
        foreach (var (name, value) in new (string, Found<string>?)[] { ("organisation", record.Organisation), ("body", record.Body), ("title", record.Title), ("date", record.Date), ("start_time", record.StartTime), ("end_time", record.EndTime), ("place", record.Place) })
            if (value is not null) { json.WriteStartArray(name); json.WriteNumberValue(value.Span.Start); json.WriteNumberValue(value.Span.Length); json.WriteEndArray(); }
        foreach (var (name, values) in new (string, IReadOnlyList<Found<string>>)[] { ("present", record.Present), ("excused", record.Excused), ("guests", record.Guests), ("chair", record.Chair), ("minute_taker", record.MinuteTaker), ("originators", record.Originators), ("referrals", record.Referrals), ("recipients", record.Recipients) })
        {
            if (values.Count == 0) continue;
            json.WriteStartArray(name);
            foreach (var value in values) { json.WriteStartArray(); json.WriteNumberValue(value.Span.Start); json.WriteNumberValue(value.Span.Length); json.WriteEndArray(); }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Where(Utf8JsonWriter json, Span span)
    {
        json.WriteStartArray("span");
        json.WriteNumberValue(span.Start);
        json.WriteNumberValue(span.Length);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number) json.WriteNumber(name, number); else json.WriteNull(name);
    }

    private static void Values(Utf8JsonWriter json, string name, IReadOnlyList<Found<string>> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value.Value);
        json.WriteEndArray();
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> entries, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            write(entry);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
