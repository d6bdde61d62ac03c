using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>A due date with the words it was read from; <paramref name="Basis"/> tells how a relative date was reckoned.</summary>
internal sealed record Due(string Iso, string Text, Span Span, string? Basis = null);

/// <summary>Deadlines: „bis spätestens 14. Januar 2018", „bis zum September 2018", „bis Montagabend", „bis Ende März", „ab 2023".</summary>
internal static partial class DueDates
{
    /// <summary>The date up to which something is due, or null.</summary>
    public static Due? Until(string shadow, Span passage, DateOnly? basis)
    {
        var text = shadow.Substring(passage.Start, Math.Min(passage.Length, 1500));
        foreach (Match match in UntilWord().Matches(text))
        {
            var rest = new Span(passage.Start + match.Index + match.Length, Math.Min(60, text.Length - match.Index - match.Length));
            var date = Dates.In(shadow, new(passage.Start + match.Index, rest.End - passage.Start - match.Index)).Find(d => d.Until is null && d.Span.Start - rest.Start is >= -1 and <= 3 || d.Weekday is not null && d.Span.Start - rest.Start is >= -1 and <= 3);
            if (date is not null)
            {
                if (!date.HasYear && basis is null) continue;
                var placed = basis is { } day ? date.InYearOf(day, true) : date;
                return new(placed.Iso, Text(shadow, passage.Start + match.Index, date.Span.End), Span.Between(passage.Start + match.Index, date.Span.End), date.HasYear ? null : "Jahr aus dem Datum des Dokuments");
            }
            if (Relative(shadow, passage.Start + match.Index, rest, basis) is { } relative) return relative;
        }
        return null;
    }

    /// <summary>A date that stands alone, as in a column „Termin" or behind „Frist:": „17.05.2019", „Ende Mai", „bis Freitag".</summary>
    public static Due? Stated(string shadow, Span passage, DateOnly? basis)
    {
        var date = Dates.In(shadow, passage).FirstOrDefault();
        if (date is { HasYear: false }) date = basis is { } day ? date.InYearOf(day, true) : null;
        if (date is not null) return new(date.Iso, Text(shadow, date.Span.Start, date.Span.End), date.Span);
        var lead = StatedLead().Match(shadow, passage.Start, Math.Min(passage.Length, 200));
        return lead.Success ? Relative(shadow, passage.Start, Span.Between(lead.Index + lead.Length, Math.Min(passage.End, lead.Index + lead.Length + 60)), basis) : null;
    }

    /// <summary>„ab 2023": open end.</summary>
    public static Due? From(string shadow, Span passage)
    {
        var match = FromYear().Match(shadow.Substring(passage.Start, Math.Min(passage.Length, 1500)));
        return match.Success ? new(match.Groups["y"].Value + "/", match.Value, new(passage.Start + match.Index, match.Length)) : null;
    }

    private static Due? Relative(string shadow, int start, Span rest, DateOnly? basis)
    {
        if (basis is not { } day) return null;
        var match = RelativeDate().Match(shadow.Substring(rest.Start, rest.Length));
        if (!match.Success) return null;
        var span = Span.Between(start, rest.Start + match.Length);
        var from = $"gerechnet vom {day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)}";
        Due At(DateOnly date) => new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Text(shadow, span.Start, span.End), span, from);
        if (match.Groups["wd"].Success && Dates.WeekdayOf(match.Groups["wd"].Value) is { } weekday)
        {
            var ahead = ((int)weekday - (int)day.DayOfWeek + 7) % 7;
            return At(day.AddDays(ahead == 0 ? 7 : ahead));
        }
        if (match.Groups["tomorrow"].Success) return At(day.AddDays(1));
        if (match.Groups["month"].Success)
        {
            var month = Dates.MonthOf(match.Groups["month"].Value);
            var year = match.Groups["my"].Success ? int.Parse(match.Groups["my"].Value, CultureInfo.InvariantCulture) : month < day.Month ? day.Year + 1 : day.Year;
            return new($"{year:0000}-{month:00}", Text(shadow, span.Start, span.End), span, match.Groups["my"].Success ? null : "Jahr aus dem Datum des Dokuments");
        }
        if (match.Groups["thisMonth"].Success) return new($"{day:yyyy-MM}", Text(shadow, span.Start, span.End), span, from);
        if (match.Groups["thisYear"].Success) return new($"{day:yyyy}", Text(shadow, span.Start, span.End), span, from);
        if (match.Groups["year"].Success) return new(match.Groups["year"].Value, Text(shadow, span.Start, span.End), span);
        return null;
    }

    private static string Text(string shadow, int start, int end) => Layout.Shadow.Value(shadow, Span.Between(start, end));

    private const string Month = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember";

    [GeneratedRegex(@"(?<![\p{L}])(?:[Bb]is|[Ss]pätestens)\s+(?:(?:spätestens|zum|zur|zu|nächsten|kommenden|einschließlich|inkl\.|einschl\.|am|den|dem|bis|Anfang|Mitte|Ende|Mo|Di|Mi|Do|Fr|Sa|So)[,.]?\s+)*", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex UntilWord();
    [GeneratedRegex(@"^(?:(?<wd>Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)(?:abend|mittag|nachmittag|vormittag|früh)?\b|(?<tomorrow>morgen)\b|(?<month>" + Month + @")\b(?:\s+(?<my>20\d\d))?|(?<thisMonth>(?:des|dieses)\s+Monats|Monatsende)\b|(?<thisYear>(?:des|dieses)\s+Jahres|Jahresende)\b|(?<year>20\d\d)\b(?!\s*[.:/-]\d))", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex RelativeDate();
    [GeneratedRegex(@"\G(?:[\p{L} ]+:\s*)?(?:(?:[Bb]is|[Ss]pätestens|zum|zur|Anfang|Mitte|Ende|nächste[nr]?|kommende[nr]?)\s+)*")]
    private static partial Regex StatedLead();
    [GeneratedRegex(@"\bab\s+(?<y>20\d\d)\b(?!\s*[.:/-]\d)")]
    private static partial Regex FromYear();
}
