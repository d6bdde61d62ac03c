using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>Who proposed a paper, who is to receive it, and to whom it is referred.</summary>
internal static partial class Addressees
{
    public static List<Found<string>> Originators(DocumentLayout layout)
    {
        var found = new List<Found<string>>();
        foreach (var field in layout.Fields)
            if (OriginatorLabel().IsMatch(field.Label))
                foreach (var value in field.Values.Take(12))
                    foreach (var name in People(layout, value)) AddOnce(found, name);
        if (found.Count == 0 && layout.FrontMatter.TryGetValue("antragsteller", out var named) && named.Value.Length > 0) found.Add(named);
        return found;
    }

    public static List<Found<string>> Recipients(DocumentLayout layout)
    {
        var found = new List<Found<string>>();
        foreach (var field in layout.Fields)
            if (RecipientLabel().IsMatch(field.Label))
                foreach (var value in field.Values.Take(30))
                    foreach (var entry in Entries(layout, value)) AddOnce(found, entry);
        return found;
    }

    public static List<Found<string>> Referrals(DocumentLayout layout)
    {
        var found = new List<Found<string>>();
        if (layout.FrontMatter.TryGetValue("ueberwiesen_an", out var stated) && stated.Value.Length > 0 && !NoBody().IsMatch(stated.Value))
        {
            foreach (var entry in Entries(layout, stated.Span)) AddOnce(found, entry);
            return found;
        }
        foreach (var field in layout.Fields)
        {
            if (ReferralLabel().IsMatch(field.Label))
                foreach (var value in field.Values.Take(12))
                    foreach (var entry in Entries(layout, value)) AddOnce(found, entry);
            else if (RecommendationLabel().IsMatch(field.Label))
                foreach (var value in field.Values.Take(2))
                    foreach (Match match in ReferralPhrase().Matches(layout.Shadow.Substring(value.Start, Math.Min(value.Length, 400))))
                        foreach (var entry in Entries(layout, new(value.Start + match.Groups["to"].Index, match.Groups["to"].Length))) AddOnce(found, entry);
        }
        foreach (var statement in layout.Statements)
            if (statement.Text.Length < 400 && ReferredSentence().Match(layout.Shadow, statement.Span.Start, statement.Span.Length) is { Success: true } sentence)
                AddOnce(found, Clean(layout, new(sentence.Groups["to"].Index, sentence.Groups["to"].Length)));
        return found;
    }

    /// <summary>„Alex Jahns, Wahlkampfmanager" names one person, „Ada Stein und Cem Sand" two, „AG Migration und Vielfalt" one body.</summary>
    private static IEnumerable<Found<string>> People(DocumentLayout layout, Span value)
    {
        foreach (var entry in Entries(layout, value))
        {
            if (entry.Value.Length > 100 || OfficeOnly().IsMatch(entry.Value)) continue;
            var people = Names.In(layout, entry.Span);
            if (people.Count > 0 && people.TrueForAll(p => GivenNames.Has(p.Value.Split(' ')[0])))
                foreach (var person in people) yield return person;
            else yield return entry;
        }
    }

    private static IEnumerable<Found<string>> Entries(DocumentLayout layout, Span value)
    {
        var text = layout.Shadow.Substring(value.Start, Math.Min(value.Length, 3000));
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !(text[i] is ',' or ';' or '+' or '\n' or '(' or '•')) continue;
            var entry = Clean(layout, new(value.Start + start, i - start));
            if (entry.Value.Length is > 1 and < 140 && char.IsLetterOrDigit(entry.Value[0]) && !Formula().IsMatch(entry.Value)) yield return entry;
            if (i < text.Length && text[i] == '(') { var close = text.IndexOf(')', i); i = close < 0 ? text.Length : close; }
            start = i + 1;
        }
    }

    private static Found<string> Clean(DocumentLayout layout, Span span)
    {
        while (span.Length > 0 && (char.IsWhiteSpace(layout.Shadow[span.Start]) || layout.Shadow[span.Start] is '-' or '*' or '–' or ':')) span = new(span.Start + 1, span.Length - 1);
        while (span.Length > 0 && (char.IsWhiteSpace(layout.Shadow[span.End - 1]) || layout.Shadow[span.End - 1] is '.' or ',' or ';' or ':')) span = new(span.Start, span.Length - 1);
        var value = layout.Value(span);
        if (Lead().Match(value) is { Success: true, Length: > 0 } lead)
        {
            var at = layout.Shadow.IndexOf(value[lead.Length..][..Math.Min(4, value.Length - lead.Length)], span.Start, span.Length, StringComparison.Ordinal);
            if (at >= 0) span = Span.Between(at, span.End);
            value = value[lead.Length..];
        }
        return new(value, span);
    }

    private static void AddOnce(List<Found<string>> found, Found<string> entry)
    {
        if (entry.Value.Length > 1 && !found.Exists(f => string.Equals(f.Value, entry.Value, StringComparison.OrdinalIgnoreCase))) found.Add(entry);
    }

    [GeneratedRegex(@"^(?:Antragsteller(?:\W?in|\W?innen)?|Antragstellende[rn]?|AntragstellerInnen|Eingereicht von|Einreicher\p{L}*|Einreichende|Initiator\p{L}*(?:\W?innen)?|Verfasser(?:in|innen)?|Autor(?:in|innen)?|VA|Vorlage von|Eingebracht von|Einbringer\p{L}*)$", RegexOptions.IgnoreCase)]
    private static partial Regex OriginatorLabel();
    [GeneratedRegex(@"^(?:(?:Den|Diesen)\sBeschluss\s(?:sollen\s)?erhalten|Empfänger(?:\W?innen|innen)?|Verteiler|Adressat(?:en|\W?innen|\p{L}+)?|Zur Kenntnis an|Weiterleitung an|Zu senden an)$", RegexOptions.IgnoreCase)]
    private static partial Regex RecipientLabel();
    [GeneratedRegex(@"^(?:Überweis(?:en|ung)(?:\sals\sMaterial)?\san|Überwiesen\san|Weiterzuleiten\san|Verwiesen\san)$", RegexOptions.IgnoreCase)]
    private static partial Regex ReferralLabel();
    [GeneratedRegex(@"^(?:Empfehlung|Votum|Beschlussempfehlung|Status|Ergebnis|Beschluss)\b", RegexOptions.IgnoreCase)]
    private static partial Regex RecommendationLabel();
    [GeneratedRegex(@"\b(?:[Üü]berweis(?:en|ung)|[Üü]berwiesen)\b(?:\sals\sMaterial)?\s*(?:an\b\s*:?|:)\s*(?<to>[^+(\n]{3,160})|\bÜberweisung\s(?:als\sMaterial\s)?(?<to>(?!als\b|an\b)\p{Lu}[^+(\n]{3,160})")]
    private static partial Regex ReferralPhrase();
    [GeneratedRegex(@"\b(?:wird|wurde|werden)\b[^.]{0,120}?\ban\s(?<to>(?:(?:den|die|das)\s)?(?:[\p{L}-]*vorstand|[\p{L}-]*fraktion|[\p{L}-]*ausschuss|[\p{L}-]*rat|[\p{L}-]*kommission|[\p{L}-]*konvent|[\p{L}-]*parteitag|[\p{L}-]*gruppe)\b(?:\s\p{Lu}[\p{L}-]+)?)[^.]{0,60}?\b(?:überwiesen|verwiesen)\b", RegexOptions.IgnoreCase, 5000)]
    private static partial Regex ReferredSentence();
    [GeneratedRegex(@"^(?:(?:an|Überweisung an|Überweisen an|und|sowie|den|die|das|der|Der|Die|Das)\s+(?=\S))*")]
    private static partial Regex Lead();
    [GeneratedRegex(@"^(?:vertagt|offen|-|–|keine?|entfällt)$", RegexOptions.IgnoreCase)]
    private static partial Regex NoBody();
    [GeneratedRegex(@"\b(?:möge|mögen|wolle)\b|^(?:Konsens|Kein Konsens|keine?|entfällt|Wiedervorlage\b.*)$")]
    private static partial Regex Formula();
    [GeneratedRegex(@"^(?:[\p{L}-]*(?:manager|geschäftsführer|vorsitzender?|sprecher|referent|schatzmeister|leiter|mitglied|koordinator)(?:in)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex OfficeOnly();
}
