using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>
/// Books of motions as motion software writes them: each motion begins with „Antrag A 3: Titel“ and a small form with status and vote,
/// the wording follows with numbered lines.
/// </summary>
internal static partial class MotionForms
{
    private const int FormLines = 14;

    /// <summary>A motion with its form: heading, status if one is stated, figures of the vote.</summary>
    public sealed record Form(Span Heading, Span? Status, Votes Votes);

    /// <summary>The forms of a document; fewer than two are no book.</summary>
    public static List<Form> Of(DocumentLayout layout)
    {
        var forms = new List<Form>();
        for (var i = 0; i < layout.Lines.Count; i++)
        {
            var line = layout.Lines[i];
            if (line.Kind is not (LineKind.Heading or LineKind.Text) || line.Content.Length > 200 || !Heading().IsMatch(line.Content)) continue;
            var form = layout.Lines.Skip(i + 1).Take(FormLines).TakeWhile(l => !Heading().IsMatch(l.Content)).Where(l => !l.IsBlank).ToList();
            var first = form.FindIndex(l => Label().IsMatch(l.Content));
            // the title may take a second line; what stands below that must be the form
            if (first is < 0 or > 2 || form.Find(l => StatusLabel().IsMatch(l.Content)) is not { } status) continue;
            var start = line.ContentStart + NoNumber().Match(line.Content).Length;
            var heading = Span.Between(start, (first == 0 ? line : form[first - 1]).End);
            forms.Add(new(heading, StatusSpan(layout, form, status), VotesOf(layout, form.SkipWhile(l => !VoteLabel().IsMatch(l.Content)).TakeWhile(l => VoteLabel().IsMatch(l.Content) || Figure().IsMatch(l.Content)))));
        }
        return forms.Count < 2 ? [] : forms;
    }

    /// <summary>One decision for each form.</summary>
    public static List<Decision> Decisions(DocumentLayout layout, List<Form> forms) => forms.ConvertAll(f =>
    {
        var stated = f.Status is { } status ? Outcomes.Of(layout.Value(status)) : null;
        return new Decision(null, layout.Value(f.Heading), stated ?? (f.Votes.Yes is null ? "proposed" : Outcomes.OfVote(f.Votes)), f.Votes, "resolution", false, f.Heading) { Outcome = f.Status ?? f.Votes.Span };
    });

    /// <summary>Behind the label, or in the line below it.</summary>
    private static Span? StatusSpan(DocumentLayout layout, List<Line> form, Line status)
    {
        var at = status.Content.IndexOf(':', StringComparison.Ordinal) + 1;
        if (status.Content.Length > at) return Span.Between(layout.Shadow.IndexOf(':', status.ContentStart) + 1, status.End);
        var next = form.IndexOf(status) + 1;
        return next < form.Count && !Label().IsMatch(form[next].Content) ? form[next].ContentSpan : null;
    }

    private static Votes VotesOf(DocumentLayout layout, IEnumerable<Line> lines)
    {
        int? yes = null, no = null, abstain = null;
        Span? span = null;
        foreach (var line in lines)
            foreach (Match figure in Figure().Matches(line.Content))
            {
                var n = int.Parse(figure.Groups["n"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
                if (figure.Groups["yes"].Success) yes ??= n;
                else if (figure.Groups["no"].Success) no ??= n;
                else abstain ??= n;
                span = span?.To(line.ContentSpan) ?? line.ContentSpan;
            }
        return new(yes, no, abstain, yes > 0 && no == 0 ? true : no > 0 ? false : null, span);
    }

    [GeneratedRegex(@"^(?:(?:Änderungs|Initiativ|Dringlichkeits|Leit|Satzungs|Satzungsänderungs|Eil)?[Aa]ntrag)\s(?:[\p{L}\d./ -]{0,20}:\s?\S|\p{Ll}{2,3}\s\p{Lu})")]
    private static partial Regex Heading();
    /// <summary>„Antrag : Antrag auf …“, a motion without a number.</summary>
    [GeneratedRegex(@"^Antrag\s?:\s?(?=Antrag)")]
    private static partial Regex NoNumber();
    [GeneratedRegex(@"^(?:Status|Abstimmung(?:sergebnis)?|Antragsteller\S*|Initiator\S*|Gremium|Beschlossen\s(?:am|durch)|Eingereicht\S*|Tagesordnungspunkt|Sachgebiet|Datum|Ergebnis|Verfahrensvorschlag)\s?(?::|$|\s{2,})")]
    private static partial Regex Label();
    [GeneratedRegex(@"^Status\s?:")]
    private static partial Regex StatusLabel();
    [GeneratedRegex(@"^(?:Abstimmung(?:sergebnis)?|Ja|Nein|Enthaltung(?:en)?|Gültige Stimmen)\b")]
    private static partial Regex VoteLabel();
    /// <summary>„Ja: (100 %) 17“, „Nein: 3“: the share in front is no count.</summary>
    [GeneratedRegex(@"\b(?:(?<yes>Ja)|(?<no>Nein)|Enthaltung(?:en)?)\s?:?\s+(?:\(\s?\d{1,3}(?:[.,]\d+)?\s?%\s?\)\s+)?(?<n>\d{1,4})(?![\d,.%]|\s?%)")]
    private static partial Regex Figure();
}
