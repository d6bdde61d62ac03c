using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>Times of day: „19:30 Uhr", „19.01 Uhr", „20 Uhr", „18h".</summary>
internal static partial class Times
{
    public static List<Found<string>> In(string text, Span passage)
    {
        var times = new List<Found<string>>();
        foreach (Match match in TimePattern().Matches(text.Substring(passage.Start, Math.Min(passage.Length, 1500))))
        {
            var hour = int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture);
            var minute = match.Groups["m"].Success ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 0;
            if (hour > 24 || minute > 59) continue;
            times.Add(new($"{hour:00}:{minute:00}", new(passage.Start + match.Index, match.Length)));
        }
        return times;
    }

    [GeneratedRegex(@"(?<![\d.,:])(?<h>\d{1,2})(?:(?::(?<m>\d\d)|\.(?<m>\d\d)(?=\s*(?:Uhr|h\b|-|–|bis)))(?:\s*(?:Uhr|h\b))?|\s*(?:Uhr(?:\s(?<m>\d\d)(?!\d))?|h\b))(?![\d%])|(?<=\bvon\s)(?<h>\d{1,2})(?=\sbis\s\d{1,2}(?:[:.]\d\d)?\s?Uhr)|(?<=^\s*)(?<h>\d{1,2})\.(?<m>\d\d)(?=\s*$)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex TimePattern();
}
