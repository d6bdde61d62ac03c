using System.Globalization;
using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;
using Anlauf.Intake.Rules;

namespace Anlauf.Intake.Checks;

/// <summary>Passages of one document that cannot both be right. Each is put as a question; nothing is changed.</summary>
internal sealed partial class ContradictionFinder(DocumentLayout layout, DocumentRecord record, AgendaReader agenda, Attendance attendance)
{
    private readonly List<Contradiction> found = [];

    public List<Contradiction> Find()
    {
        PresentAndExcused();
        WeekdayAndDate();
        AgendaNumbers();
        VoteTotals();
        ReferenceVariants();
        return found;
    }

    private void PresentAndExcused()
    {
        foreach (var present in record.Present)
            if (record.Excused.Concat(record.Absent).FirstOrDefault(e => Names.Same(e.Value, present.Value)) is { } excused)
                found.Add(new("present_and_excused", present.Value,
                    $"War {present.Value} anwesend oder entschuldigt?",
                    "Davon hängen die Zahl der Stimmberechtigten und die Beschlussfähigkeit ab.", [present.Span, excused.Span]));
    }

    /// <summary>A weekday that does not fall on its date; where it fits the year of the meeting, the year is the mistake.</summary>
    private void WeekdayAndDate()
    {
        var meeting = DateOnly.TryParseExact(record.Date?.Value.Split('/')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
        foreach (var statement in layout.Statements)
            foreach (var date in Dates.In(layout.Shadow, statement.Span))
            {
                if (!date.WeekdayDiffers) continue;
                var written = layout.Value(date.Span);
                var fitsYear = meeting is { } m && date.Year != m.Year && Fits(date, m.Year);
                found.Add(new(fitsYear ? "date_implausible" : "date_mismatch", written,
                    fitsYear ? $"„{written}“: Ist das Jahr {meeting!.Value.Year} gemeint?" : $"„{written}“: Stimmt der Wochentag oder das Datum?",
                    $"Der {date.Date:dd.MM.yyyy} war ein {date.Date!.Value.ToString("dddd", CultureInfo.GetCultureInfo("de-DE"))}.", [date.Span]));
            }
    }

    private static bool Fits(GermanDate date, int year) =>
        date.Day <= DateTime.DaysInMonth(year, date.Month) && new DateOnly(year, date.Month, date.Day).DayOfWeek == date.Weekday;

    private void AgendaNumbers()
    {
        var headings = agenda.Headings.FindAll(h => h.Number is not null);
        foreach (var twice in headings.GroupBy(h => AgendaReader.Normal(h.Number)).Where(g => g.Count() > 1 && g.Select(h => h.Title).Distinct().Count() > 1))
        {
            if (headings.Count > 2 * headings.Select(h => h.Number).Distinct().Count() - 1) break;   // a second numbering, not a slip
            found.Add(new("agenda_number_duplicate", "TOP " + twice.Key,
                $"TOP {twice.Key} kommt {twice.Count()}-mal vor: Welche Nummer gilt?",
                "Beschlüsse und Aufträge werden der Nummer zugeordnet.", [.. twice.Select(h => h.Span)]));
        }
        if (!agenda.FromList || headings.Count < 2) return;
        var treated = headings.Select(h => AgendaReader.Normal(h.Number).Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in agenda.Entries.Where(e => e.Number is not null && !e.Number.Contains('.', StringComparison.Ordinal)))
            if (!treated.Contains(AgendaReader.Normal(entry.Number)) && !Closing().IsMatch(entry.Title) && !headings.Exists(h => h.Title == entry.Title))
                found.Add(new("agenda_item_not_treated", "TOP " + AgendaReader.Normal(entry.Number),
                    $"Wurde TOP {AgendaReader.Normal(entry.Number)} „{entry.Title}“ behandelt?",
                    "Er steht in der Tagesordnung, aber nicht im Text; sonst gehört er auf die nächste Tagesordnung.", [entry.Span]));
    }

    private void VoteTotals()
    {
        var voters = attendance.Voters ?? (record.Present.Count > 2 && int.TryParse(record.PresentCount?.Value, out var n) ? new Found<int>(n, record.PresentCount!.Span) : null);
        foreach (var decision in record.Decisions)
        {
            if (decision.Votes.Total is not { } total) continue;
            if (voters is { } v && total > v.Value)
                found.Add(new("votes_exceed_present", $"{total} > {v.Value}",
                    $"Bei der Abstimmung sind {total} Stimmen vermerkt, anwesend waren {v.Value}: Welche Zahl stimmt?",
                    "Mehr Stimmen als Stimmberechtigte machen den Beschluss angreifbar.", [v.Span, decision.Votes.Span ?? decision.Span]));
            if (CastVotes().Match(decision.Text) is { Success: true } cast && int.Parse(cast.Groups["n"].Value, CultureInfo.InvariantCulture) != total)
                found.Add(new("vote_total_differs", $"{total} ≠ {cast.Groups["n"].Value}",
                    $"Die Stimmen ergeben {total}, angegeben sind {cast.Groups["n"].Value}: Welche Zahl stimmt?",
                    "Das Ergebnis soll nachvollziehbar sein.", [decision.Span]));
        }
    }

    private void ReferenceVariants()
    {
        foreach (var paper in record.Papers.Where(p => p.Key is not null))
        {
            var variant = PapersReader.Cited(layout).FirstOrDefault(c => c.Key is not null && !c.Span.Touches(paper.Span) && c.Key.SamePaper(paper.Key!)
                && c.Text.Length > 4 && Bare(c.Text) != Bare(paper.Reference));
            if (variant is not null)
                found.Add(new("reference_variant", $"{paper.Reference} / {variant.Text}",
                    $"Sind „{paper.Reference}“ und „{variant.Text}“ dieselbe Unterlage?",
                    "Sie werden als eine Unterlage geführt.", [paper.Span, variant.Span]));
        }
    }

    private static string Bare(string reference) => Remarks().Replace(reference, "").Trim();

    [GeneratedRegex(@"^(?:Sonstiges|Verschiedenes|Folgetermin|Nächster Termin|Schluss|Ende|Termine|Anfragen|Pause)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Closing();
    [GeneratedRegex(@"(?<n>\d{1,4})\s(?:abgegebene|gültige)\w*\s(?:gültige\w*\s)?Stimmen|(?:[Aa]bgegebene|[Gg]ültige)\s(?:gültige\s)?Stimmen:\s*(?<n>\d{1,4})")]
    private static partial Regex CastVotes();
    [GeneratedRegex(@"\((?:Auszug|Teil\s*\d+)\)")]
    private static partial Regex Remarks();
}
