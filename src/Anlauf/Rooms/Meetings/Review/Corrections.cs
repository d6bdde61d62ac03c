using System.Globalization;
using Anlauf.Intake;
using Anlauf.Platform;
using Anlauf.Rooms.Meetings.Resolutions;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>What a person may correct on a finding: fields by name, what was read, and the finding with the correction in it.</summary>
public static class Corrections
{
    /// <summary>„titel“, „nummer“, „wortlaut“, „ergebnis“ and the votes „ja“, „nein“, „enthaltungen“ of a resolution, „wer“ and „frist“ (d.M.yyyy) of resolution, task and follow-up, „text“ of task and follow-up, „name“ of a person, „antwort“ to a contradiction.</summary>
    public static readonly string[] Fields = ["titel", "nummer", "wortlaut", "ergebnis", "ja", "nein", "enthaltungen", "wer", "frist", "text", "name", "antwort"];

    /// <summary>What was read, as the form shows it; null where the text says nothing, or nothing that fits the field.</summary>
    public static string? Reading(Finding finding, string field) => (finding.Value, field) switch
    {
        (Attendee a, "name") => a.Name,
        (Decision d, "ergebnis") => d.Result,
        (Decision d, "ja") => Figure(d.Votes.Yes),
        (Decision d, "nein") => Figure(d.Votes.No),
        (Decision d, "enthaltungen") => Figure(d.Votes.Abstain),
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
        Decision d => d with
        {
            Result = corrected("ergebnis") ?? d.Result,
            Votes = d.Votes with
            {
                Yes = Votes(corrected("ja")) ?? d.Votes.Yes,
                No = Votes(corrected("nein")) ?? d.Votes.No,
                Abstain = Votes(corrected("enthaltungen")) ?? d.Votes.Abstain,
                // unanimity was read together with the old figures
                Unanimous = Votes(corrected("nein")) is > 0 ? null : d.Votes.Unanimous,
            },
        },
        FollowUp u => u with { Text = corrected("text") ?? u.Text, Due = Iso(corrected("frist")) ?? u.Due },
        var value => value,
    };

    /// <summary>Why corrected votes and result cannot be so; null where nothing was corrected or all fits.</summary>
    public static Refusal? VotesRefused(Finding finding, Func<string, string?> corrected)
    {
        string[] fields = ["ja", "nein", "enthaltungen"];
        foreach (var field in fields)
            if (corrected(field) is { } said && Votes(said) is null) return new($"„{said}“ ist keine Stimmenzahl. Nennen Sie eine Zahl ab 0", $"{field}-{finding.Id}");
        if (fields.All(f => corrected(f) is null) && corrected("ergebnis") is null) return null;
        var decision = (Decision)Apply(finding, corrected);
        return ResultWording.Refused(decision.Result, decision.Votes.Yes, decision.Votes.No, decision.Votes.Unanimous) is { } why ? new(why, $"ja-{finding.Id}") : null;
    }

    private static int? Votes(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 99999 ? n : null;
    private static string? Figure(int? votes) => votes?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A day as people write it (15.12.2026, 2026-12-15); null where it is none.</summary>
    public static DateOnly? GermanDate(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), ["d.M.yyyy", "dd.MM.yyyy", "yyyy-MM-dd"], GermanText.Culture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Iso(string? german) => GermanDate(german)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // ranges, months and years stay as they stand in the text
    private static string? Day(string? iso) => IsoDays.Exact(iso)?.ToString("d.M.yyyy", GermanText.Culture);
}
