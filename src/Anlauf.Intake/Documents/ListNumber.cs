using System.Globalization;
using System.Text;

namespace Anlauf.Intake.Documents;

/// <summary>How an automatic list number is written.</summary>
internal enum NumberKind { Decimal, TwoDigits, LowerLetter, UpperLetter, LowerRoman, UpperRoman, Bullet, None }

/// <summary>Writes list numbers the way word processors show them.</summary>
internal static class ListNumber
{
    public static string Write(NumberKind kind, int number) => kind switch
    {
        NumberKind.TwoDigits => number.ToString("00", CultureInfo.InvariantCulture),
        NumberKind.LowerLetter => Letters(number, 'a'),
        NumberKind.UpperLetter => Letters(number, 'A'),
        NumberKind.LowerRoman => Roman(number).ToLowerInvariant(),
        NumberKind.UpperRoman => Roman(number),
        NumberKind.None or NumberKind.Bullet => "",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>a … z, then aa, bb, cc as Word and LibreOffice count.</summary>
    private static string Letters(int number, char first) => number is < 1 or > 26 * 8
        ? number.ToString(CultureInfo.InvariantCulture)
        : new string((char)(first + ((number - 1) % 26)), ((number - 1) / 26) + 1);

    private static string Roman(int number)
    {
        if (number is < 1 or > 3999) return number.ToString(CultureInfo.InvariantCulture);
        ReadOnlySpan<int> values = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];
        string[] signs = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"];
        var roman = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
            for (; number >= values[i]; number -= values[i]) roman.Append(signs[i]);
        return roman.ToString();
    }
}
