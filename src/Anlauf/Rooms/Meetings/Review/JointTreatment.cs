using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>„TOP 2 … wurde bei TOP 1 mitbehandelt“: which agenda item was treated together with which.</summary>
public static partial class JointTreatment
{
    /// <summary>Pairs of agenda numbers: the first was treated with the second.</summary>
    public static IEnumerable<(string Item, string With)> Read(string text)
    {
        string? current = null;
        foreach (var line in text.Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading) current = Number(heading);
            if (current is not null && Together().Match(line) is { Success: true } together && Number(together) is var with && with != current) yield return (current, with);
        }
    }

    private static string Number(Match match) => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[#*\s]*TOP\s*(\d{1,2})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    // „wurde bei TOP mit 1 mitbehandelt“ stands like this in real minutes
    [GeneratedRegex(@"(?:bei|mit|unter|zusammen\s+mit|gemeinsam\s+mit)\s+TOP\s*(?:mit\s+)?(\d{1,2})\s+(?:mit)?behandelt", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Together();
}
