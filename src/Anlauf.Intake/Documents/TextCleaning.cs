using System.Text;

namespace Anlauf.Intake.Documents;

/// <summary>Brings text of any origin into one shape: LF line ends, composed umlauts (NFC), no invisible control characters.</summary>
internal static class TextCleaning
{
    /// <summary>LF line ends (also for form feed, vertical tab and the Unicode separators), NFC, control characters, soft hyphens and lone surrogates removed.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                clean.Append('\n');
                if (i + 1 < text.Length && text[i + 1] == '\n') i++;
            }
            else if (c is '\n' or '\t') clean.Append(c);
            else if (c is '\f' or '\v' or '\u0085' or '\u2028' or '\u2029') clean.Append('\n');
            else if (IsInvisible(c)) continue;
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) clean.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF') clean.Append('\uFFFD');
            else clean.Append(c);
        }
        var result = clean.ToString();
        return result.IsNormalized(NormalizationForm.FormC) ? result : result.Normalize(NormalizationForm.FormC);
    }

    private static bool IsInvisible(char c) =>
        c < ' ' || c is >= '\u007F' and <= '\u009F' or '\u00AD' or '\u200B' or '\u2060' or '\uFEFF';
}
