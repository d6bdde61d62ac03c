using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>The day a file name states, for minutes that state none themselves: „2018-10-17 Planung.odt", „Protokoll_20181017.md", „Protokoll 17.10.2018.pdf".</summary>
internal static partial class FileNameDate
{
    /// <summary>The only day the name holds, with an empty passage (the text does not state it), or null.</summary>
    public static GermanDate? Of(string fileName)
    {
        GermanDate? found = null;
        foreach (Match match in Day().Matches(Path.GetFileNameWithoutExtension(fileName)))
        {
            int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
            var (year, month, day) = (Number("y"), Number("m"), Number("d"));
            if (year is < 1990 or > 2100 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) continue;
            if (found is not null && (found.Year, found.Month, found.Day) != (year, month, day)) return null;
            found = new(new Span(0, 0), year, month, day);
        }
        return found;
    }

    [GeneratedRegex(@"(?<!\d)(?:(?<y>\d{4})(?<s>[-_.]?)(?<m>\d\d)\k<s>(?<d>\d\d)|(?<d>\d{1,2})[-_.](?<m>\d{1,2})[-_.](?<y>\d{4}))(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Day();
}
