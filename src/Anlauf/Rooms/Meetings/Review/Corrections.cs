using System.Globalization;
using Anlauf.Intake;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>What a person may correct on a finding: fields by name, what was read, and the finding with the correction in it.</summary>
public static class Corrections
{
    /// <summary>„titel“ and „nummer“ of a resolution, „wer“ and „frist“ (d.M.yyyy) of resolution, task and follow-up, „text“ of task and follow-up, „name“ of a person, „antwort“ to a contradiction.</summary>
    public static readonly string[] Fields = ["titel", "nummer", "wer", "frist", "text", "name", "antwort"];

    /// <summary>What was read, as the form shows it; null where the text says nothing, or nothing that fits the field.</summary>
    public static string? Reading(Finding finding, string field) => (finding.Value, field) switch
    {
        (Attendee a, "name") => a.Name,
        (TaskEntry t, "text") => t.Text,
        (FollowUp u, "text") => u.Text,
        (TaskEntry { Responsible.Count: > 0 } t, "wer") => string.Join(", ", t.Responsible.Select(r => r.Value)),
        (TaskEntry t, "frist") => Day(t.Due),
        (FollowUp u, "frist") => Day(u.Due),
        _ => null,
    };

    /// <summary>The value of the finding with the corrections in it; the passage stays the one it was read from.</summary>
    public static object Apply(Finding finding, Func<string, string?> corrected) => finding.Value switch
    {
        Attendee a when corrected("name") is { } name => a with { Name = name },
        TaskEntry t => t with { Text = corrected("text") ?? t.Text, Due = Iso(corrected("frist")) ?? t.Due },
        FollowUp u => u with { Text = corrected("text") ?? u.Text, Due = Iso(corrected("frist")) ?? u.Due },
        var value => value,
    };

    /// <summary>A day as people write it (15.12.2026, 2026-12-15); null where it is none.</summary>
    public static DateOnly? GermanDate(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), ["d.M.yyyy", "dd.MM.yyyy", "yyyy-MM-dd"], GermanText.Culture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Iso(string? german) => GermanDate(german)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // ranges, months and years stay as they stand in the text
    private static string? Day(string? iso) => DateOnly.TryParseExact(iso, "yyyy-MM-dd", out var day) ? day.ToString("d.M.yyyy", GermanText.Culture) : null;
}
