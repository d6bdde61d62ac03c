using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Rooms.Members.Statutes;

/// <summary>A span of a statute in the form of ISO 8601: P6W, P1M, P1Y. A month is counted by the calendar, not in days (§ 188 BGB).</summary>
public readonly partial record struct Span(int Amount, char Unit)
{
    /// <summary>Reads a span; null where the text is none.</summary>
    public static Span? Parse(string? text) => text is not null && Form().Match(text) is { Success: true } m
        ? new(int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture), m.Groups[2].ValueSpan[0]) : null;

    /// <summary>The day on which a span that begins on <paramref name="day"/> ends.</summary>
    public DateOnly After(DateOnly day) => Unit switch { 'D' => day.AddDays(Amount), 'W' => day.AddDays(7 * Amount), 'M' => day.AddMonths(Amount), _ => day.AddYears(Amount) };

    /// <summary>„sechs Wochen“, „ein Jahr“.</summary>
    public string InWords => Amount == 1
        ? Unit switch { 'D' => "ein Tag", 'W' => "eine Woche", 'M' => "ein Monat", _ => "ein Jahr" }
        : $"{(Amount <= 12 ? Numbers[Amount] : Amount)} {Unit switch { 'D' => "Tage", 'W' => "Wochen", 'M' => "Monate", _ => "Jahre" }}";

    private static readonly string[] Numbers = ["null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];

    [GeneratedRegex("^P([0-9]{1,3})([DWMY])$")]
    private static partial Regex Form();
}
