using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Rooms.Situation;

/// <summary>
/// Reads indicator, target, areas and deadline from a resolution's wording, as a proposal that a person confirms:
/// „in jedem Flächenlandkreis mindestens zwei Anlaufstellen“. What the wording does not say stays open.
/// </summary>
public sealed partial record GoalProposal(string? IndicatorId, decimal Target, string AreaFilter, DateOnly? Due)
{
    private static readonly string[] Numbers = ["null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];

    /// <summary>The proposal for a wording.</summary>
    public static GoalProposal From(string wording)
    {
        var text = wording.ToLowerInvariant();
        var indicator = text.Contains("anlaufstelle", StringComparison.Ordinal) ? "presence.contact-points"
            : ListWord().IsMatch(text) ? "territory.council-list"
            : text.Contains("mitglied", StringComparison.Ordinal) ? "members.count" : null;
        var amount = Amount().Match(text);
        var target = !amount.Success ? 1 : int.TryParse(amount.Groups[1].Value, out var digits) ? digits : Math.Max(1, Array.FindIndex(Numbers, n => amount.Groups[1].Value.StartsWith(n, StringComparison.Ordinal)));
        var rural = text.Contains("flächenlandkreis", StringComparison.Ordinal) || (text.Contains("landkreis", StringComparison.Ordinal) && !text.Contains("kreisfrei", StringComparison.Ordinal));
        return new(indicator, target, rural ? "rural-districts" : "all", DueOf(wording));
    }

    private static DateOnly? DueOf(string wording)
    {
        var match = Until().Match(wording);
        return match.Success && DateOnly.TryParse(match.Groups[1].Value, CultureInfo.GetCultureInfo("de-DE"), out var due) ? due : null;
    }

    [GeneratedRegex(@"\bliste[n]?\b|\bkandid", RegexOptions.CultureInvariant)]
    private static partial Regex ListWord();
    [GeneratedRegex(@"mindestens\s+(\d{1,4}|ein(?:e|en|er)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
    [GeneratedRegex(@"bis\s+(?:spätestens\s+)?(?:zum\s+)?(\d{1,2}\.\s*(?:\d{1,2}\.|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\s*\d{4})", RegexOptions.CultureInvariant)]
    private static partial Regex Until();
}
