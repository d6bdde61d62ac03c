using System.Text;

namespace Anlauf.Platform.Web;

/// <summary>Addresses without umlauts: "Präsenz in der Fläche" becomes "praesenz-in-der-flaeche".</summary>
public static class Slug
{
    /// <summary>The same, at most 70 characters: for addresses made of a whole title.</summary>
    public static string Short(string text) => From(text) is var slug && slug.Length > 70 ? slug[..70].TrimEnd('-') : slug;

    /// <summary>Lower case ASCII letters and digits, everything else one hyphen.</summary>
    public static string From(string text)
    {
        var slug = new StringBuilder(text.Length + 8);
        foreach (var c in text.ToLowerInvariant().Replace("ä", "ae").Replace("ö", "oe").Replace("ü", "ue").Replace("ß", "ss").Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark && slug is { Length: > 0 } && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
