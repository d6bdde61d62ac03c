using System.Globalization;
using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;
using Anlauf.Intake.Rules;

namespace Anlauf.Intake.Checks;

/// <summary>What may be right but wants a look: papers never treated, items without text, relative dates, short names, late signatures.</summary>
internal sealed partial class HintFinder(DocumentLayout layout, DocumentRecord record, Scope scope)
{
    private const int LateAfterDays = 30;
    private readonly List<Contradiction> found = [];

    public List<Contradiction> Find()
    {
        if (record.DocType == "minutes")
        {
            PapersNotTreated();
            ItemsWithoutText();
            ShortNames();
            Namesakes();
            DayOfFileName();
        }
        RelativeDates();
        LateSignatures();
        return found;
    }

    private void PapersNotTreated()
    {
        var cited = PapersReader.Cited(layout).Where(c => c.Key is not null).ToList();
        foreach (var paper in record.Papers.Where(p => p.Key is not null))
            if (!cited.Exists(c => !c.Span.Touches(paper.Span) && c.Key!.SamePaper(paper.Key!)))
                found.Add(new("paper_not_treated", paper.Reference, $"Bei welchem Tagesordnungspunkt wurde {paper.Reference} behandelt?",
                    "Die Unterlage ist aufgeführt, im Text aber nicht erwähnt.", [paper.Span]));
    }

    private void ItemsWithoutText()
    {
        for (var i = 0; i < scope.Agenda.Headings.Count; i++)
        {
            var heading = scope.Agenda.Headings[i];
            var end = i + 1 < scope.Agenda.Headings.Count ? scope.Agenda.Headings[i + 1].Line : int.MaxValue;
            if (heading.Number is null || scope.Agenda.InTable(heading)) continue;
            var below = layout.Statements.Where(s => s.Line > heading.Line && s.Line < end && !s.Span.Touches(heading.Span)).Take(3).ToList();
            if (below.Count == 0 && (i + 1 >= scope.Agenda.Headings.Count || !(scope.Agenda.Headings[i + 1].Number ?? "").StartsWith(heading.Number + ".", StringComparison.Ordinal)))
                found.Add(new("agenda_item_without_text", "TOP " + heading.Number, $"Was wurde zu TOP {heading.Number} besprochen?", "Unter der Überschrift steht kein Text.", [heading.Span]));
            else if (below.Count == 1 && JointTreatment().IsMatch(below[0].Text))
                found.Add(new("agenda_item_cross_reference", "TOP " + heading.Number, $"TOP {heading.Number} verweist auf einen anderen Punkt: Sollen beide verbunden werden?", "Der Punkt hat keinen eigenen Text.", [heading.Span, below[0].Span]));
        }
    }

    private void RelativeDates()
    {
        foreach (var task in record.Tasks.Where(t => t.DueBasis is not null))
            found.Add(new("relative_deadline", task.DueText ?? "", $"„{task.DueText}“: Ist der {German(task.Due!)} gemeint?", $"Die Frist ist {task.DueBasis}.", [task.Span]));
    }

    private void ShortNames()
    {
        if (record.Present.Count(p => p.Value.Contains(' ', StringComparison.Ordinal)) < 3) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in scope.Body)
            foreach (Match match in FirstNameOnly().Matches(statement.Text))
            {
                var name = match.Groups["name"].Value;
                if (!GivenNames.Has(name) || scope.KnownNames.Contains(name) || !seen.Add(name)) continue;
                found.Add(new("undefined_short_name", name, $"Wer ist „{name}“?", "Der Nachname fehlt; die Person kann nicht zugeordnet werden.", [statement.Span]));
            }
    }

    private void Namesakes()
    {
        foreach (var same in record.Present.GroupBy(p => p.Value, StringComparer.Ordinal).Where(g => g.Count() > 1))
            found.Add(new("same_name_twice", same.Key, $"{same.Key} steht {same.Count()}-mal in der Anwesenheit: Sind es verschiedene Personen?",
                "Der Zusatz hinter dem Namen unterscheidet sich.", [.. same.Select(p => p.Span)]));
    }

    private void DayOfFileName()
    {
        if (record.Date is { Span.Length: 0 } date)
            found.Add(new("date_from_file_name", date.Value, $"Fand die Sitzung am {German(date.Value)} statt?", "Das Datum steht nur im Dateinamen, nicht im Text.", [date.Span]));
    }

    private void LateSignatures()
    {
        if (!DateOnly.TryParseExact(record.Date?.Value.Split('/')[^1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var meeting)) return;
        foreach (var signature in record.Signed)
            if (DateOnly.TryParseExact(signature.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var signed) && signed.DayNumber - meeting.DayNumber is var days and (> LateAfterDays or < 0))
                found.Add(new("late_signature", days.ToString(CultureInfo.InvariantCulture), days < 0 ? "Die Unterschrift liegt vor der Sitzung: Stimmt das Datum?" : $"Unterschrieben wurde {days} Tage nach der Sitzung: Stimmt das Datum?",
                    "Das Datum der Unterschrift ist nicht das Datum der Sitzung.", [record.Date!.Span, signature.Span]));
    }

    private static string German(string iso) => DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) : iso;

    [GeneratedRegex(@"\b(?:mitbehandelt|gemeinsam\s(?:mit|behandelt)|unter\sTOP\s\d+\sbehandelt|siehe\sTOP)\b", RegexOptions.IgnoreCase)]
    private static partial Regex JointTreatment();
    [GeneratedRegex(@"(?<!\p{Lu}[\p{L}.-]*\s)\b(?<name>\p{Lu}\p{Ll}{2,})\b(?!\s\p{Lu}\p{Ll}+|-\p{L})")]
    private static partial Regex FirstNameOnly();
}
