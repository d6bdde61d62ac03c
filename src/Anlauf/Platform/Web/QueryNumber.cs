using System.Globalization;

namespace Anlauf.Platform.Web;

/// <summary>
/// Numbers in addresses. Pages take them as text: a framework-bound <c>int?</c> throws on „?id=abc“ while other parts of the page are
/// still reading, where a person only followed a broken link.
/// </summary>
public static class QueryNumber
{
    /// <summary>The number; null where the address names none; −1, which no row has, where it is none.</summary>
    public static int? Of(string? text) => string.IsNullOrEmpty(text) ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
