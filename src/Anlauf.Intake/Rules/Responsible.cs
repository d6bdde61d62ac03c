using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>Who is in charge: names, offices, bodies; also where the sentence only points back to them.</summary>
internal static partial class Responsible
{
    /// <summary>Names, offices or bodies of a list such as „Landesvorsitzende und Landesgeschäftsführerin".</summary>
    public static List<Found<string>> List(DocumentLayout layout, Span span)
    {
        var found = new List<Found<string>>();
        foreach (var piece in Names.Pieces(layout.Shadow, span))
        {
            var value = layout.Value(piece).Trim(' ', '.', ',', ';', ':', '-', '–');
            value = Article().Replace(value, "");
            if (value.Length is > 1 and < 90 && char.IsLetter(value[0])) found.Add(new(value, piece));
        }
        return found;
    }

    /// <summary>The second person plural has no subject: it addresses the group named last in the same item.</summary>
    public static List<Found<string>> Addressed(Scope scope, Statement statement)
    {
        for (var i = statement.Index; i >= Math.Max(0, statement.Index - 6); i--)
        {
            var candidate = scope.Layout.Statements[i];
            var groups = Groups().Matches(candidate.Text);
            if (groups.Count == 0 || scope.ItemOf(candidate) != scope.ItemOf(statement)) continue;
            return [.. groups.Select(g => new Found<string>(WithoutDative(g.Groups["who"].Value), candidate.Span))];
        }
        return [];
    }

    /// <summary>„Letztere*r soll …": the office named last in the sentence before.</summary>
    public static Found<string>? Latter(Scope scope, Statement statement)
    {
        if (statement.Index == 0) return null;
        var before = scope.Layout.Statements[statement.Index - 1];
        var office = Offices().Matches(before.Text).LastOrDefault();
        return office is null ? null : new(office.Value, before.Span);
    }

    private static string WithoutDative(string group) => group.EndsWith("en", StringComparison.Ordinal) ? group[..^1] : group;

    [GeneratedRegex(@"^(?:(?:der|die|das|den|dem|des|an|durch|beim?|Der|Die|Das)\s)+")]
    private static partial Regex Article();
    [GeneratedRegex(@"(?:mit|an|für|von|und)\s(?:die|den|alle[n]?)\s(?<who>\p{Lu}[\p{L}/*:]*(?:verbänden?|vorständen?|vorsitzenden?|mitgliedern?|fraktionen|delegierten|verantwortlichen|vereinen?|gruppen))\b")]
    private static partial Regex Groups();
    [GeneratedRegex(@"\p{Lu}[\p{L}-]*(?:arbeiter|leiter|sprecher|manager|referent|koordinator|beauftragte|vorsitzende|geschäftsführer|schatzmeister|kassierer)(?:[*:_]?(?:in|innen|r|n))?(?:\sfür\s\p{Lu}[\p{L}-]+)?")]
    private static partial Regex Offices();
}
