using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>Matters to be taken up again, and questions the meeting left open.</summary>
internal static partial class FollowUps
{
    public static List<FollowUp> Read(Scope scope)
    {
        var found = new List<FollowUp>();
        foreach (var statement in scope.Body)
        {
            if (statement.Kind is LineKind.Heading or LineKind.Table || statement.Text.Length < 12 || !Again().IsMatch(statement.Text)) continue;
            if (scope.Header.DocType is "motion" or "motion_book" && !statement.Text.Contains("Wiedervorlage", StringComparison.Ordinal)) continue;
            var span = statement.Span;
            // „Wiedervorlage: Kosten der Leinwand": the label says what the entry is, not what it is about
            if (Label().Match(scope.Layout.Shadow, span.Start, span.Length) is { Success: true } label && span.Length - label.Length > 5) span = Span.Between(label.Index + label.Length, span.End);
            found.Add(new(scope.ItemOf(statement), scope.Layout.Value(span), When(scope, statement), span));
        }
        return found;
    }

    public static List<Found<string>> OpenQuestions(Scope scope) => scope.Header.DocType != "minutes" ? [] :
        [.. scope.Body.Where(s => s.Kind is LineKind.Bullet or LineKind.Text && s.Text.EndsWith('?') && s.Text.Length is > 20 and < 300 && QuestionWord().IsMatch(s.Text))
            .Select(s => new Found<string>(s.Text, s.Span))];

    private static string? When(Scope scope, Statement statement)
    {
        var dates = Dates.In(scope.Layout.Shadow, statement.Span);
        if (dates.Count > 0 && (dates[0].HasYear || scope.Header.Day is not null))
            return (scope.Header.Day is { } day ? dates[0].InYearOf(day, true) : dates[0]).Iso;
        var year = Year().Match(statement.Text);
        return year.Success ? year.Groups["y"].Value : null;
    }

    [GeneratedRegex(@"\bWiedervorlage\b|\bwiedervor(?:ge)?leg|\b(?:auf|bis)\s(?:die|der|zur|das)\s\p{L}*nächste[rn]?\s\p{L}+\s(?:zu\s)?(?:vertagt|verschoben|vertagen|verschieben)|\b(?:vertagt|verschoben)\s(?:auf|bis)\b|\bauf\s(?:die|den|eine)\s[^;]{3,60}?\s(?:vertagt|verschoben)\b|\bvertagt\s[^.]{3,80}\bauf\s(?:die|den|eine)\b|\b(?:bei\w*|in|auf|zu[rm]?)\s(?:der\s|dem\s|einer\s)?(?:nächsten|kommenden|folgenden)\s\p{L}*(?:[Ss]itzung|[Tt]reffen|[Vv]ersammlung|[Pp]lenum|[Tt]ermin)\b.{0,60}\b(?:erneut|wieder|nochmals?|noch\smal|weiter|besprochen|diskutiert|behandelt|beraten|aufgerufen|aufgegriffen|entschieden|thematisiert)|\b(?:erneut|nochmals?|wieder)\s(?:aufgerufen|beraten|behandelt|besprochen|aufgegriffen)\swerden|\bkommt\s(?:erneut|wieder)\sauf\sdie\sTagesordnung", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Again();
    [GeneratedRegex(@"\GWiedervorlage\s*:\s*")]
    private static partial Regex Label();
    [GeneratedRegex(@"\b(?:W(?:ie|o|er|as|oher|ann|elche[rsnm]?|eshalb|arum|omit|ofür)|Frage)\b")]
    private static partial Regex QuestionWord();
    [GeneratedRegex(@"\bdes\sJahres\s(?<y>20\d\d)\b|\b(?:im|ab|bis)\s(?:Jahr\s)?(?<y>20\d\d)\b|\bin\s(?<y>20\d\d)\b")]
    private static partial Regex Year();
}
