using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>What all rules on running text need to know: the layout, the header, the agenda and who was there.</summary>
internal sealed partial class Scope
{
    public DocumentLayout Layout { get; }
    public Header Header { get; }
    public AgendaReader Agenda { get; }
    public Attendance Attendance { get; }
    /// <summary>Statements of the document itself: without annexes, attendance and agenda list.</summary>
    public List<Statement> Body { get; }
    /// <summary>First names and full names of everybody on the attendance list.</summary>
    public HashSet<string> KnownNames { get; } = new(StringComparer.Ordinal);

    public Scope(DocumentLayout layout, Header header, AgendaReader agenda, Attendance attendance)
    {
        (Layout, Header, Agenda, Attendance) = (layout, header, agenda, attendance);
        foreach (var person in attendance.Present.Concat(attendance.Excused).Concat(attendance.Guests).Concat(attendance.Chair).Concat(attendance.MinuteTaker))
        {
            KnownNames.Add(person.Value);
            KnownNames.Add(person.Value.Split(' ')[0]);
            KnownNames.Add(person.Value.Split(' ')[^1]);
        }
        var taken = new HashSet<int>(agenda.Entries.Where(_ => agenda.FromList).Select(e => layout.LineAt(e.Span.Start)).Where(l => layout.Lines[l].Kind != LineKind.Table));
        var annex = layout.Lines.Find(l => l.Kind == LineKind.Heading && AnnexHeading().IsMatch(l.Content))?.Index ?? int.MaxValue;
        Body = layout.Statements.FindAll(s => !taken.Contains(s.Line) && s.Line < annex);
    }

    public string? ItemOf(Statement statement) => Agenda.ItemAt(statement.Line)?.Number;

    [GeneratedRegex(@"^(?:Anlagen?|Anhang|Anhänge)\b")]
    private static partial Regex AnnexHeading();
}
