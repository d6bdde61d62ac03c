using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>
/// A date as German documents write it: a day, a range, a month or a year, perhaps open to one side or without a year.
/// <see cref="Iso"/> follows the record schema: <c>2024-05-07</c>, <c>2024-05</c>, <c>2024</c>, <c>from/to</c>, <c>from/</c>.
/// </summary>
internal sealed record GermanDate(Span Span, int Year, int Month, int Day, GermanDate? Until = null, DayOfWeek? Weekday = null)
{
    public bool HasYear => Year > 0;
    public bool IsDay => Month > 0 && Day > 0;
    public DateOnly? Date => HasYear && IsDay ? new DateOnly(Year, Month, Day) : null;

    public string Iso => Until is null ? Part(this) : $"{Part(this)}/{Part(Until)}";

    public bool WeekdayDiffers => Weekday is { } weekday && Date is { } date && date.DayOfWeek != weekday;

    /// <summary>The same date with the year that fits a document of the given day: for a deadline the next such day, else the same year.</summary>
    public GermanDate InYearOf(DateOnly basis, bool future)
    {
        if (HasYear || Month == 0) return this;
        var year = basis.Year;
        var reached = new DateOnly(year, Month, IsDay ? Math.Min(Day, DateTime.DaysInMonth(year, Month)) : DateTime.DaysInMonth(year, Month));
        if (future && reached < basis.AddDays(-31)) year++;
        if (IsDay && Day > DateTime.DaysInMonth(year, Month)) return this;
        return this with { Year = year, Until = Until?.InYearOf(basis, future) };
    }

    private static string Part(GermanDate d) => d switch
    {
        { Month: 0 } => d.Year.ToString("0000", CultureInfo.InvariantCulture),
        { Day: 0 } => $"{d.Year:0000}-{d.Month:00}",
        _ => $"{d.Year:0000}-{d.Month:00}-{d.Day:00}",
    };
}

/// <summary>Finds dates in German text.</summary>
internal static partial class Dates
{
    private static readonly string[] Months = ["jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"];
    private static readonly string[] Weekdays = ["sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag"];

    /// <summary>All dates of a passage in reading order, ranges joined.</summary>
    public static List<GermanDate> In(string text, Span passage)
    {
        var found = new List<GermanDate>();
        var slice = text.Substring(passage.Start, Math.Min(passage.Length, 4000));
        if (slice.AsSpan().IndexOfAnyInRange('0', '9') < 0) return found;
        foreach (Match match in DatePattern().Matches(slice))
            if (Read(match, passage.Start) is { } date) found.Add(date);
        Join(found, text);
        return found;
    }

    private static GermanDate? Read(Match match, int offset)
    {
        int Number(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        var year = Number("y") is var y and > 0 ? y < 100 ? 2000 + y : y : match.Groups["iy"].Success ? Number("iy") : Number("my");
        var month = match.Groups["mn"].Success ? MonthOf(match.Groups["mn"].Value)
            : match.Groups["mm"].Success ? MonthOf(match.Groups["mm"].Value)
            : Number("m") + Number("im");
        var day = Number("d") + Number("id");
        if (year is not 0 and (< 1900 or > 2199) || month is < 1 or > 12) return null;
        if (day > DateTime.DaysInMonth(year == 0 ? 2024 : year, month)) return null;
        if (match.Groups["d"].Success && day == 0) return null;
        DayOfWeek? weekday = match.Groups["wd"].Success ? WeekdayOf(match.Groups["wd"].Value) : null;
        var span = new Span(offset + match.Index, match.Length);
        var first = Number("d0");
        if (first == 0) return new(span, year, month, day, null, weekday);
        var firstMonth = Number("m0") is var m0 and > 0 and < 13 ? m0 : month;
        if (first > 31 || (firstMonth == month && first >= day) || first > DateTime.DaysInMonth(year == 0 ? 2024 : year, firstMonth)) return new(span, year, month, day, null, weekday);
        return new(span, year, firstMonth, first, new(span, year, month, day), null);
    }

    private static void Join(List<GermanDate> found, string text)
    {
        for (var i = found.Count - 2; i >= 0; i--)
        {
            var (first, last) = (found[i], found[i + 1]);
            if (first.Until is not null || last.Until is not null || last.Span.Start - first.Span.End is < 0 or > 14) continue;
            if (!Connector().IsMatch(text[first.Span.End..last.Span.Start])) continue;
            if (!first.HasYear) first = first with { Year = last.Year };
            if (first.HasYear && last.HasYear && (first.Year, first.Month, first.Day).CompareTo((last.Year, last.Month, last.Day)) >= 0) continue;
            found[i] = first with { Span = first.Span.To(last.Span), Until = last };
            found.RemoveAt(i + 1);
        }
    }

    public static int MonthOf(string name)
    {
        var lower = name.ToLowerInvariant();
        if (lower.StartsWith("mrz", StringComparison.Ordinal) || lower.StartsWith("mae", StringComparison.Ordinal)) return 3;
        if (lower.StartsWith("jän", StringComparison.Ordinal)) return 1;
        for (var i = 0; i < Months.Length; i++)
            if (lower.StartsWith(Months[i], StringComparison.Ordinal)) return i + 1;
        return 0;
    }

    public static DayOfWeek? WeekdayOf(string name)
    {
        var lower = name.ToLowerInvariant();
        if (lower.StartsWith("sonnabend", StringComparison.Ordinal)) return DayOfWeek.Saturday;
        for (var i = 0; i < Weekdays.Length; i++)
            if (lower.StartsWith(Weekdays[i], StringComparison.Ordinal) || (lower.TrimEnd('.').Length == 2 && Weekdays[i].StartsWith(lower.TrimEnd('.'), StringComparison.Ordinal))) return (DayOfWeek)i;
        return null;
    }

    private const string Month = "Jan(?:uar|\\.)?|Jänner|Feb(?:ruar|r?\\.)?|Mär(?:z|\\.)?|Mrz\\.?|Maerz|Apr(?:il|\\.)?|Mai|Jun(?:i|\\.)?|Jul(?:i|\\.)?|Aug(?:ust|\\.)?|Sep(?:tember|t?\\.)?|Okt(?:ober|\\.)?|Nov(?:ember|\\.)?|Dez(?:ember|\\.)?";

    [GeneratedRegex(
        @"(?:(?<wd>(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Mo\.?|Di\.?|Mi\.?|Do\.?|Fr\.?|Sa\.?|So\.?))(?:abend|nachmittag|vormittag|s)?[,\s]+(?:(?:dem|den|der|am|,)\s+){0,2})?" +
        @"(?<![\d.,/:§–-]|TOP\s|Nr\.\s|\bum\s|ab\s\d)(?:(?<d0>\d{1,2})\.?(?:(?<m0>\d{1,2})\.)?\s?(?:[-–/&+]|und|bis|u\.)\s?(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Mo\.?|Di\.?|Mi\.?|Do\.?|Fr\.?|Sa\.?|So\.?),?\s(?:(?:den|dem)\s)?)?)?(?<d>\d{1,2})[ ]?\.\s?(?:(?<m>\d{1,2})\.\s?(?<y>\d{4}|\d{2}(?![\d.:]))?|(?<mn>" + Month + @")(?!\p{L})\s?(?<y>\d{4})?)(?!\d|\.\d|:\d|\s?Uhr|\s?€)" +
        @"|(?<!\d)(?<iy>(?:19|20)\d\d)-(?<im>[01]\d)-(?<id>[0-3]\d)(?!\d)" +
        @"|(?<=\b(?:am|vom|bis|zum|den|dem|ab|der|tag|woch),?\s)(?<d>\d{1,2})\.(?<m>0[1-9]|1[0-2])(?=\s|,|;|\)|$)(?!\s?(?:Uhr|€|EUR|Prozent|%))" +
        @"|(?<![\p{L}\d])(?<mm>" + Month + @")\s+(?<my>(?:19|20)\d\d)(?!\d)",
        RegexOptions.CultureInvariant, 5000)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^\s*(?:[-–—&/]|bis(?:\s+(?:zum|einschl\.?))?|und)\s*(?:(?:dem|den)\s+)?$")]
    private static partial Regex Connector();
}
