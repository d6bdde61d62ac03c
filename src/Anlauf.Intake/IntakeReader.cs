using System.Globalization;
using Anlauf.Intake.Checks;
using Anlauf.Intake.Layout;
using Anlauf.Intake.Rules;

namespace Anlauf.Intake;

/// <summary>
/// Reads minutes, resolutions and motions: text in, record with spans out. Pure and deterministic: no network, no clock,
/// no learned model; the same text gives the same record.
/// </summary>
public static class IntakeReader
{
    /// <summary>Longest text read, in characters; about two thousand printed pages.</summary>
    public const int LongestText = 5_000_000;
    /// <summary>Longest single line read; real documents stay far below.</summary>
    public const int LongestLine = 200_000;

    /// <summary>Reads one document.</summary>
    /// <exception cref="UnreadableDocumentException">The text is empty, too long or no text at all.</exception>
    public static DocumentRecord Read(SourceText source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Refuse(source);
        try
        {
            return ReadChecked(source);
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            throw new UnreadableDocumentException($"„{source.FileName}“ ist ungewöhnlich aufgebaut und lässt sich nicht in angemessener Zeit lesen. Bitte prüfen Sie, ob es sich um ein Protokoll, einen Beschluss oder einen Antrag handelt.");
        }
    }

    private static DocumentRecord ReadChecked(SourceText source)
    {
        var layout = new DocumentLayout(source);
        var header = Header.Read(layout);
        var agenda = header.DocType == "minutes" ? AgendaReader.Read(layout) : AgendaReader.None(layout);
        var attendance = Attendance.Read(layout);
        var scope = new Scope(layout, header, agenda, attendance);
        var decisions = DecisionReader.Read(scope);
        var tasks = TaskReader.Read(scope, decisions);
        var record = new DocumentRecord(source)
        {
            DocType = header.DocType,
            Organisation = header.Organisation,
            Body = header.Body,
            Title = header.Title,
            Date = header.Date is { } date ? new(date.Iso, date.Span) : null,
            StartTime = header.Start,
            EndTime = header.End,
            Place = header.Place,
            Present = attendance.Present,
            PresentCount = attendance.Count,
            Excused = attendance.Excused,
            Absent = attendance.Absent,
            Guests = attendance.Guests,
            Chair = attendance.Chair,
            MinuteTaker = attendance.MinuteTaker,
            Signed = Rules.Signature.Read(layout),
            Originators = Addressees.Originators(layout),
            Agenda = agenda.Entries,
            Papers = PapersReader.Read(layout),
            Decisions = decisions,
            Tasks = tasks.Tasks,
            Events = tasks.Events,
            FollowUps = FollowUps.Read(scope),
            OpenQuestions = FollowUps.OpenQuestions(scope),
            Referrals = Addressees.Referrals(layout),
            Recipients = Addressees.Recipients(layout),
        };
        record = record with { Contradictions = new ContradictionFinder(layout, record, agenda, attendance).Find() };
        return record with { Hints = new HintFinder(layout, record, scope).Find() };
    }

    private static void Refuse(SourceText source)
    {
        var text = source.Text;
        if (string.IsNullOrWhiteSpace(text))
            throw new UnreadableDocumentException($"„{source.FileName}“ enthält keinen Text. Ist es ein Scan, muss er zuerst mit Texterkennung gelesen werden.");
        if (text.Length > LongestText)
            throw new UnreadableDocumentException($"„{source.FileName}“ hat {text.Length.ToString("N0", CultureInfo.GetCultureInfo("de-DE"))} Zeichen; gelesen werden höchstens {LongestText.ToString("N0", CultureInfo.GetCultureInfo("de-DE"))}. Bitte teilen Sie die Datei auf.");
        var start = 0;
        for (var number = 1; start < text.Length; number++)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            if (end - start > LongestLine)
                throw new UnreadableDocumentException($"„{source.FileName}“, Zeile {number}: Die Zeile ist länger als {LongestLine.ToString("N0", CultureInfo.GetCultureInfo("de-DE"))} Zeichen. Bitte prüfen Sie, ob die Datei wirklich ein Textdokument ist.");
            start = end + 1;
        }
        if (text.AsSpan(0, Math.Min(text.Length, 4096)).Count('\0') > 0)
            throw new UnreadableDocumentException($"„{source.FileName}“ ist keine Textdatei. Lesbar sind txt, md, docx, odt und pdf.");
    }
}
