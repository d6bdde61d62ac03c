using System.Globalization;
using System.Text;

namespace Anlauf.Intake;

/// <summary>A record as German text for the console.</summary>
public static class RecordSummary
{
    private static readonly Dictionary<string, string> Kinds = new() { ["minutes"] = "Protokoll", ["resolution"] = "Beschluss", ["motion"] = "Antrag", ["motion_book"] = "Antragsbuch" };

    public static string Of(DocumentRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{record.Source.FileName}: {Kinds[record.DocType]}");
        Line("Titel", record.Title?.Value);
        Line("Organisation", record.Organisation?.Value);
        Line("Gremium", record.Body?.Value);
        Line("Datum", record.Date?.Value);
        Line("Zeit", record.StartTime is null ? null : record.StartTime.Value + (record.EndTime is null ? "" : " bis " + record.EndTime.Value));
        Line("Ort", record.Place?.Value);
        Line("Anwesend", Names(record.Present));
        Line("Entschuldigt", Names(record.Excused));
        Line("Gäste", Names(record.Guests));
        Line("Protokoll", Names(record.MinuteTaker));
        Line("Antragsteller", Names(record.Originators));
        List("Tagesordnung", record.Agenda.Select(a => $"{a.Number} {a.Title}".Trim()));
        List("Unterlagen", record.Papers.Select(p => p.Title is null ? p.Reference : $"{p.Reference}: {p.Title}"));
        List("Beschlüsse", record.Decisions.Select(d => $"{ResultWords.Of(d.Result)}{VoteWords.Of(d.Votes)}: {Short(d.Text)}"));
        List("Aufträge und Termine", record.Tasks.Select(t => $"{t.Due ?? "ohne Termin"}: {Short(t.Text)}{(t.Responsible.Count > 0 ? $" [{Names(t.Responsible)}]" : "")}"));
        List("Wiedervorlage", record.FollowUps.Select(f => Short(f.Text)));
        Line("Überwiesen an", Names(record.Referrals));
        Line("Empfänger", Names(record.Recipients));
        List("Unstimmig", record.Contradictions.Select(c => c.Question));
        List("Bitte prüfen", record.Hints.Select(c => c.Question));
        return text.ToString();

        void Line(string label, string? value)
        {
            if (!string.IsNullOrEmpty(value)) text.AppendLine(CultureInfo.InvariantCulture, $"  {label}: {value}");
        }

        void List(string label, IEnumerable<string> entries)
        {
            var all = entries.ToList();
            if (all.Count == 0) return;
            text.AppendLine(CultureInfo.InvariantCulture, $"  {label}:");
            foreach (var entry in all) text.AppendLine(CultureInfo.InvariantCulture, $"    - {entry}");
        }
    }

    private static string Names(IReadOnlyList<Found<string>> names) => string.Join(", ", names.Select(n => n.Value));

    private static string Short(string text) => text.Length <= 120 ? text : text[..117] + "…";
}

/// <summary>Outcomes in German.</summary>
public static class ResultWords
{
    public static string Of(string result) => result switch
    {
        "adopted" => "angenommen",
        "rejected" => "abgelehnt",
        "referred" => "überwiesen",
        "adjourned" => "vertagt",
        "withdrawn" => "zurückgezogen oder erledigt",
        _ => "offen",
    };
}

/// <summary>Figures of a vote in German, with a leading blank; empty where nothing is stated.</summary>
public static class VoteWords
{
    public static string Of(Votes votes)
    {
        ArgumentNullException.ThrowIfNull(votes);
        var parts = new List<string>();
        if (votes.Yes is { } yes) parts.Add($"{yes} Ja");
        if (votes.No is { } no) parts.Add($"{no} Nein");
        if (votes.Abstain is { } abstain) parts.Add($"{abstain} Enthaltung{(abstain == 1 ? "" : "en")}");
        if (parts.Count == 0 && votes.Unanimous == true) parts.Add("einstimmig");
        return parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})";
    }
}
