using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>Decisions of resolutions and motions: the first sentence of the text, and what became of it.</summary>
internal static partial class MotionDecisions
{
    public static List<Decision> Read(Scope scope)
    {
        var layout = scope.Layout;
        if (scope.Header.DocType == "resolution") return Resolution(scope);
        if (MotionForms.Of(layout) is { Count: > 0 } forms) return MotionForms.Decisions(layout, forms);
        var decisions = new List<Decision>();
        var starts = layout.Lines.FindAll(l => l.Kind is LineKind.Heading or LineKind.Text && l.Content.Length < 250 && TextStart().IsMatch(l.Content));
        if (scope.Header.DocType != "motion_book") starts = starts.Count == 0 ? [] : [Best(starts)];
        for (var i = 0; i < Math.Max(1, starts.Count); i++)
        {
            var begin = starts.Count == 0 ? 0 : starts[i].Index + 1;
            var end = i + 1 < starts.Count ? starts[i + 1].Index : int.MaxValue;
            if ((FirstSentence(scope, begin, end) ?? scope.Layout.Statements.Find(s => s.Line >= begin && s.Line < end && s.Kind is LineKind.Text or LineKind.Bullet && s.Text.Length > 20)) is not { } text) continue;
            var (result, span) = Outcome(layout, starts.Count > 1 ? begin : 0, end);
            decisions.Add(new(null, text.Text, result, Votes(scope, starts.Count > 1 ? begin : 0, end), "resolution", false, text.Span) { Outcome = span });
        }
        return decisions;
    }

    /// <summary>The adopted wording counts, then the wording of the motion, then the opening formula.</summary>
    private static Line Best(List<Line> starts) =>
        starts.Find(l => l.Content.StartsWith("Beschluss", StringComparison.Ordinal)) ?? starts.Find(l => l.Content.StartsWith("Antrag", StringComparison.Ordinal)) ?? starts[0];

    private static List<Decision> Resolution(Scope scope)
    {
        var decisions = new List<Decision>();
        var (result, outcome) = Outcome(scope.Layout, 0, int.MaxValue);
        if (result is "proposed" or "referred") result = "adopted";   // an adopted motion passed on is both
        var votes = Votes(scope, 0, int.MaxValue);
        var labels = scope.Body.FindAll(s => Labelled().IsMatch(s.Text));
        foreach (var statement in scope.Body)
            if (Labelled().Match(statement.Text) is { Success: true } label && label.Groups["rest"].Length >= 10)
            {
                var at = scope.Layout.Shadow.IndexOf(label.Groups["rest"].Value[..5], statement.Span.Start, statement.Span.Length, StringComparison.Ordinal);
                var span = Span.Between(at < 0 ? statement.Span.Start : at, statement.Span.End);
                // several decisions in one file: each has the figures that stand below it
                var next = labels.Find(l => l.Index > statement.Index)?.Line ?? int.MaxValue;
                var own = labels.Count > 1 ? Votes(scope, statement.Line + 1, next) : votes;
                var (stated, where) = labels.Count > 1 ? Outcome(scope.Layout, statement.Line + 1, next) : (result, outcome);
                decisions.Add(new(null, scope.Layout.Value(span), stated is "proposed" or "referred" ? own.Stated ? Outcomes.OfVote(own) : "adopted" : stated, own, "resolution", false, span) { Outcome = where });
            }
        if (decisions.Count == 0 && FirstSentence(scope, 0, int.MaxValue) is { } first)
            decisions.Add(new(null, first.Text, result, votes, "resolution", false, first.Span) { Outcome = outcome });
        foreach (var statement in scope.Body)
            if (statement.Kind is LineKind.Text or LineKind.Bullet && Decides().IsMatch(statement.Text) && !statement.Text.EndsWith(':') && !decisions.Exists(d => d.Span.Touches(statement.Span)))
                decisions.Add(new(null, statement.Text, "adopted", Anlauf.Intake.Votes.NotStated, "resolution", false, statement.Span));
        return decisions;
    }

    private static Statement? FirstSentence(Scope scope, int begin, int end)
    {
        var title = scope.Header.Title?.Span;
        var skipped = -1;
        foreach (var statement in scope.Layout.Statements)
        {
            if (statement.Line < begin || statement.Line >= end || statement.Kind is LineKind.Heading or LineKind.Table) continue;
            if (statement.Text.Length < 8 || statement.Text[^1] is not ('.' or ':' or '!' or ',' or ')') && statement.Text.Count(c => c == ' ') <= 3 && statement.Line < 12 || statement.Text.EndsWith(':') && OpeningFormula().IsMatch(statement.Text)) continue;
            if (title is { } t && t.Touches(statement.Span)) continue;
            if (statement.Block == skipped) continue;
            if (Preamble().IsMatch(statement.Text)) { skipped = statement.Text[0] == '(' ? statement.Block : -1; continue; }
            return statement;
        }
        return null;
    }

    private static (string Result, Span? Span) Outcome(DocumentLayout layout, int begin, int end)
    {
        foreach (var key in (string[])["status_in_tabelle", "status", "ergebnis", "beschluss"])
            if (layout.FrontMatter.TryGetValue(key, out var status) && status.Value.Length > 0)
            {
                if (Outcomes.Of(status.Value) is { } known) return (known, status.Span);
            }
        Field? recommendation = null;
        foreach (var field in layout.Fields)
        {
            if (field.Line.Index < begin || field.Line.Index >= end || field.Values.Count == 0) continue;
            if (ResultLabel().IsMatch(field.Label) && Outcomes.Of(layout.Value(field.Values[0])) is { } stated) return (stated, field.Values[0]);
            if (RecommendationLabel().IsMatch(field.Label)) recommendation = field;
        }
        if (recommendation is not null && Outcomes.Of(layout.Value(recommendation.Values[0])) is { } recommended) return (recommended, recommendation.Values[0]);
        var referral = layout.Lines.Find(l => l.Index >= begin && l.Index < end && l.Kind == LineKind.Heading && l.Content.StartsWith("Überweis", StringComparison.Ordinal));
        var adopted = layout.Lines.Find(l => l.Index >= begin && l.Index < end && l.Kind == LineKind.Heading && ResolutionHeading().IsMatch(l.Content));
        if (adopted is not null) return ("adopted", adopted.ContentSpan);
        return referral is null ? ("proposed", null) : ("referred", referral.ContentSpan);
    }

    private static Votes Votes(Scope scope, int begin, int end)
    {
        foreach (var statement in scope.Layout.Statements)
        {
            if (statement.Line < begin || statement.Line >= end || statement.Text.Length > 200 || (scope.Header.DocType != "resolution" && !VoteLine().IsMatch(statement.Text)) || !VoteMark().IsMatch(statement.Text)) continue;
            // „Zustimmung: 9" and „Ablehnung: 2" may stand on lines of their own
            var span = statement.Span;
            foreach (var next in scope.Layout.Statements.Skip(statement.Index + 1).TakeWhile(s => s.Line < end && s.Text.Length < 40 && s.Block <= statement.Block + 3 && VoteMark().IsMatch(s.Text))) span = span.To(next.Span);
            var votes = VoteReader.In(scope.Layout.Shadow.Substring(span.Start, span.Length), span.Start);
            if (votes.Stated) return votes;
        }
        return Anlauf.Intake.Votes.NotStated;
    }

    [GeneratedRegex(@"^(?:Antragstext|Beschluss(?:text)?|Antrag|Wortlaut|Forderung\w*)\s*:?$|\b(?:möge|mögen|wolle|möchte)\s(?:(?:folgendes|bitte)\s)?beschließen\b.{0,60}$", RegexOptions.None, 5000)]
    private static partial Regex TextStart();
    [GeneratedRegex(@"^Beschluss(?:text)?\s*:\s*(?<rest>\S.*)$", RegexOptions.Singleline)]
    private static partial Regex Labelled();
    [GeneratedRegex(@"^(?:Der|Die|Das)\s(?:[\p{L}-]*[Vv]orstand|[\p{L}-]*[Vv]ersammlung|[\p{L}-]*[Pp]arteitag|[\p{L}-]*[Kk]onferenz|[\p{L}-]*[Rr]at|[\p{L}-]*[Ff]raktion)\sbeschlie(?:ß|ss)t\b")]
    private static partial Regex Decides();
    [GeneratedRegex(@"beschl(?:ie|oss)|Beschluss\s(?:gefasst|wurde)|möge|mögen|weiter:|fordern|^(?:\p{L}+\s?){1,3}:$")]
    private static partial Regex OpeningFormula();
    [GeneratedRegex(@"^(?:Abstimmung|Ergebnis|Beschluss|Votum|Einstimmig|Mehrheitlich|Bei\s\d)", RegexOptions.IgnoreCase)]
    private static partial Regex VoteLine();
    [GeneratedRegex(@"^beschlossen\s(?:am|vom|auf|von)\b|^\(?(?:Umlauf|Eil)?[Bb]eschluss\s(?:der|des|vom|aus|Nr)|^(?:Antragsteller|Adressat|Eingereicht|Status|Sachgebiet|Gremium|Datum|Ort|Empfehlung|LPT\s|Initiator|Tagesordnungspunkt|Antragsbereich|Kennzeichen|Verfasser|VA:)|\b(?:möge|mögen|wolle)\s(?:\w+\s)?beschließen", RegexOptions.IgnoreCase)]
    private static partial Regex Preamble();
    [GeneratedRegex(@"^(?:Status|Ergebnis|Beschluss(?:lage|\sde[sr]\s\p{L}+)?|Abstimmungsergebnis|Entscheidung|Votum|Verfahren)$", RegexOptions.IgnoreCase)]
    private static partial Regex ResultLabel();
    [GeneratedRegex(@"^(?:Empfehlung|Votum|Vorschlag|Beschlussempfehlung)\b", RegexOptions.IgnoreCase)]
    private static partial Regex RecommendationLabel();
    [GeneratedRegex(@"^Beschluss(?:text)?\s*:?$")]
    private static partial Regex ResolutionHeading();
    [GeneratedRegex(@"Enthaltung|Zustimmung(?:en)?:|Ablehnung(?:en)?:|einstimmig|Ja[: -]|Gegenstimme|\bdafür\b|mehrheitlich|\d+\s?[/:]\s?\d+\s?[/:]\s?\d+")]
    private static partial Regex VoteMark();
}
