using System.Text.RegularExpressions;

namespace Anlauf.Rooms.Meetings.Resolutions;

/// <summary>The named sections of a resolution's form; null where the document has none, empty marks („-“) become null too.</summary>
public sealed partial record ResolutionSections(string? Wording, string? Reason, string? Publicity, string? FurtherMeasures, string? Finances, string? CoordinatedWith)
{
    /// <summary>Reads the sections by their headings at the start of a line, with or without Markdown marks.</summary>
    public static ResolutionSections Read(string text)
    {
        var found = new Dictionary<string, string>();
        var marks = Heading().Matches(text);
        for (var i = 0; i < marks.Count; i++)
        {
            var start = marks[i].Index + marks[i].Length;
            var end = i + 1 < marks.Count ? marks[i + 1].Index : text.Length;
            // a motion's reason runs to the end of the document; the short sections end at the first empty line but one
            var content = text[start..end].Trim().Trim('*', '#', ' ', '\n');
            var name = marks[i].Groups["name"].Value.ToLowerInvariant();
            if (content is not ("" or "-" or "–") && !found.ContainsKey(name)) found[name] = name == "begründung" || name == "beschluss" ? content : FirstParagraph(content);
        }
        return new(found.GetValueOrDefault("beschluss"), found.GetValueOrDefault("begründung"), found.GetValueOrDefault("maßnahmen der öffentlichkeitsarbeit"),
            found.GetValueOrDefault("weitere maßnahmen"), found.GetValueOrDefault("finanzen"), found.GetValueOrDefault("die vorlage wurde abgestimmt mit"));
    }

    private static string FirstParagraph(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Trim();
    }

    [GeneratedRegex(@"^[#*\s]*(?<name>Beschluss|Begründung|Maßnahmen der Öffentlichkeitsarbeit|Weitere Maßnahmen|Finanzen|Die Vorlage wurde abgestimmt mit|Den Beschluss sollen erhalten|Abstimmungsergebnis|f\.\s?d\.\s?R\.)\**\s*(?::\**|$)", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();
}
