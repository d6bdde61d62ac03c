using System.Globalization;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Numbers of people that could point at one of them: below five they are not said, and a sum that would give them away is rounded.</summary>
public static class SmallNumbers
{
    /// <summary>From here on a number is said.</summary>
    public const int Least = 5;
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>„41“, „unter 5“; 0 is said as well.</summary>
    public static string Of(int n, bool exact = false) => exact || n == 0 || n >= Least ? n.ToString("N0", German) : "unter 5";

    /// <summary>The sum, rounded to fives where a hidden number could be found by subtraction.</summary>
    public static string Sum(IEnumerable<(int N, bool Exact)> parts)
    {
        var all = parts.ToList();
        var sum = all.Sum(p => p.N);
        return all.Exists(p => !p.Exact && p.N is > 0 and < Least) ? "etwa " + ((sum + 2) / 5 * 5).ToString("N0", German) : sum.ToString("N0", German);
    }
}
