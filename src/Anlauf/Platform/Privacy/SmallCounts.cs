using System.Globalization;

namespace Anlauf.Platform.Privacy;

/// <summary>
/// Numbers of people that could point at one of them. From 1 to 4 they are not said; the same rule for rows of the database is
/// <c>privacy.shown_count</c>. A sum beside them is made from what is shown anyway, never from what is hidden: a rounded true sum would
/// give a hidden number away whenever it lies at the edge of its rounding (51 shown and „etwa 50“ in all can only hide a 1).
/// </summary>
public static class SmallCounts
{
    /// <summary>From here on a number is said.</summary>
    public const int Least = 5;
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>The number, or null where it is not said. None at all is said.</summary>
    /// <param name="exact">True where the reader may see the persons themselves.</param>
    public static int? Shown(int n, bool exact = false) => exact || n <= 0 || n >= Least ? n : null;

    /// <summary>„41“, „unter 5“.</summary>
    public static string Of(int n, bool exact = false) => Words(Shown(n, exact));

    /// <summary>The same for a number that the database has hidden already.</summary>
    public static string Words(int? shown) => shown is { } n ? n.ToString("N0", German) : "unter 5";

    /// <summary>„55“, or „etwa 55“ where some of the parts are not said: 2.5 stand for each of them, rounded to fives.</summary>
    /// <param name="parts">The parts as the reader sees them, null for a hidden one. All that a reader can add up must come through here.</param>
    public static string Sum(IEnumerable<int?> parts)
    {
        var (known, hidden) = (0, 0);
        foreach (var part in parts)
            if (part is { } n) known += n;
            else hidden++;
        return hidden == 0 ? known.ToString("N0", German) : "etwa " + Estimate(known, hidden).ToString("N0", German);
    }

    /// <summary>True where a number is not said.</summary>
    public static bool Hides(int n) => Shown(n) is null;

    /// <summary>Estimate of a sum from what is shown and from how many numbers are hidden: 2.5 for each of them, rounded to fives.</summary>
    public static int Estimate(int known, int hidden) => (int)Math.Round((known + 2.5m * hidden) / 5, MidpointRounding.AwayFromZero) * 5;
}
