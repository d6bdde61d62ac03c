using System.Security.Cryptography;
using System.Text;
using Anlauf.Intake;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>What a finding is; the class of its highlight.</summary>
public enum FindingKind { Person, Date, Paper, Decision, Task, FollowUp, Question, Contradiction, Hint }

/// <summary>One thing read from a document, as the review page shows it.</summary>
/// <param name="Id">Stable over re-reading: made from kind and content, not from the position.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Running number in reading order.</param>
/// <param name="Spans">Passages in the source; the first one carries the number.</param>
/// <param name="Label">Short German line.</param>
/// <param name="Detail">Second line: role, date, votes.</param>
/// <param name="Sure">False where a person must look: contradictions, relative dates, results that are not stated.</param>
/// <param name="Value">The entry of the record.</param>
public sealed record Finding(string Id, FindingKind Kind, int Number, IReadOnlyList<Span> Spans, string Label, string? Detail, bool Sure, object Value)
{
    /// <summary>Class of the highlight in the source.</summary>
    public string Css => Kind switch
    {
        FindingKind.Person => "person",
        FindingKind.Date => "termin",
        FindingKind.Paper => "ds",
        FindingKind.Decision => "beschluss",
        FindingKind.Task or FindingKind.FollowUp => "auftrag",
        FindingKind.Question => "aussage",
        _ => "streit",
    };

    /// <summary>German word for the kind.</summary>
    public string KindName => Kind switch
    {
        FindingKind.Person => "Person",
        FindingKind.Date => "Angabe",
        FindingKind.Paper => "Drucksache",
        FindingKind.Decision => "Beschluss",
        FindingKind.Task => Value switch { TaskEntry { Kind: "next_meeting" } => "Nächste Sitzung", TaskEntry { Kind: "phase" } => "Zeitraum", _ => "Auftrag" },
        FindingKind.FollowUp => "Wiedervorlage",
        FindingKind.Question => "Offene Frage",
        FindingKind.Hint => "Hinweis",
        _ => "Unstimmigkeit",
    };
}

/// <summary>A person read as attending, excused, absent or guest.</summary>
public sealed record Attendee(string Name, string Status);

/// <summary>Lists everything a record holds in reading order.</summary>
public static class Findings
{
    /// <summary>All findings; contradictions first get their numbers, as they are looked at first.</summary>
    public static IReadOnlyList<Finding> Of(DocumentRecord record)
    {
        var found = new List<Finding>();
        void Add(FindingKind kind, Span span, string label, string? detail, bool sure, object value) => found.Add(new("", kind, 0, [span], label, detail, sure, value));

        foreach (var c in record.Contradictions) found.Add(new("", FindingKind.Contradiction, 0, c.Passages, c.Question, c.Detail, false, c));
        foreach (var h in record.Hints) found.Add(new("", FindingKind.Hint, 0, h.Passages, h.Question, h.Detail, false, h));
        foreach (var (people, status, word) in new[] { (record.Present, "present", "anwesend"), (record.Excused, "excused", "entschuldigt"), (record.Absent, "absent", "unentschuldigt"), (record.Guests, "guest", "Gast") })
            foreach (var person in people) Add(FindingKind.Person, person.Span, person.Value, word, true, new Attendee(person.Value, status));
        if (record.Date is { } date) Add(FindingKind.Date, date.Span, "Datum " + German(date.Value), "der Sitzung oder des Beschlusses", true, date);
        foreach (var paper in record.Papers) Add(FindingKind.Paper, paper.Span, paper.Key?.ToString() ?? paper.Reference, paper.Title, paper.Key is not null || paper.Title is not null, paper);
        foreach (var d in record.Decisions)
            Add(FindingKind.Decision, d.Span, d.Text, Resolutions.ResultWording.Sentence(d.Result, d.Votes.Yes, d.Votes.No, d.Votes.Abstain, d.Votes.Unanimous) + (d.Reported ? " (Bericht über eine andere Sitzung)" : ""), !d.Reported, d);
        // „Beschluss: … Verantwortlich: …“ is one resolution with somebody responsible, not a resolution and a task
        foreach (var t in record.Tasks.Where(t => !record.Decisions.Any(d => !d.Reported && d.Span.Touches(t.Span))))
            Add(FindingKind.Task, t.Span, t.Text, TaskDetail(t), t.DueBasis is null, t);
        foreach (var f in record.FollowUps) Add(FindingKind.FollowUp, f.Span, f.Text, f.Due is null ? null : "fällig " + German(f.Due), true, f);
        foreach (var q in record.OpenQuestions) Add(FindingKind.Question, q.Span, q.Value, null, true, q);

        var seen = new Dictionary<string, int>();
        return [.. found
            .OrderBy(f => f.Kind is not (FindingKind.Contradiction or FindingKind.Hint)).ThenBy(f => f.Kind == FindingKind.Hint)
            .ThenBy(f => f.Spans.Count > 0 ? f.Spans[0].Start : int.MaxValue)
            .Select((f, i) =>
            {
                var key = $"{f.Kind}|{f.Label}|{(f.Value as Attendee)?.Status}";
                var again = seen[key] = seen.GetValueOrDefault(key) + 1;
                return f with { Number = i + 1, Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}|{again}")))[..12] };
            })];
    }

    private static string? TaskDetail(TaskEntry task)
    {
        var parts = new List<string>();
        if (task.Responsible.Count > 0) parts.Add(string.Join(", ", task.Responsible.Select(r => r.Value)));
        if (task.Due is { } due) parts.Add("bis " + German(due));
        if (task.DueBasis is { } basis) parts.Add($"„{task.DueText}“ ist relativ: {basis}");
        return parts.Count == 0 ? null : string.Join(" · ", parts);
    }

    /// <summary>An ISO day, month, year or range as German text.</summary>
    public static string German(string iso)
    {
        if (iso.Split('/') is [var from, var to]) return to.Length == 0 ? "ab " + German(from) : German(from) + " bis " + German(to);
        if (IsoDays.Exact(iso) is { } day) return GermanText.Long(day);
        return IsoDays.Exact(iso + "-01") is { } month ? month.ToString("MMMM yyyy", GermanText.Culture) : iso;
    }
}
