using System.Text;

namespace Anlauf.Intake.Layout;

/// <summary>
/// The text with markup replaced by blanks, character for character, so that every offset into the shadow is an offset into
/// the source. Rules read the shadow and never see emphasis, link targets or HTML.
/// </summary>
internal static class Shadow
{
    public static string Of(string text)
    {
        var shadow = text.ToCharArray();
        var openBracket = -1;
        for (var i = 0; i < shadow.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '\n': openBracket = -1; break;
                case '\u00A0' or '\u2007' or '\u202F' or '\u200B' or '\uFEFF' or '\r' or '\f' or '\v': shadow[i] = ' '; break;
                case '*' when !KeepsStar(text, i): shadow[i] = ' '; break;
                case '_' when !(IsWord(text, i - 1) && IsWord(text, i + 1)): shadow[i] = ' '; break;
                case '`': shadow[i] = ' '; break;
                case '=' when ClosesWikiHeading(text, i): shadow[i] = ' '; break;
                case '~' when At(text, i - 1) == '~' || At(text, i + 1) == '~': shadow[i] = ' '; break;
                case '\\' when i + 1 >= text.Length || text[i + 1] == '\n' || char.IsPunctuation(text[i + 1]) || char.IsSymbol(text[i + 1]): shadow[i] = ' '; break;
                case '<': i = Tag(text, shadow, i); break;
                case '&' when Matches(text, i, "&nbsp;"): Blank(shadow, i, 6); i += 5; break;
                case '[': openBracket = i; break;
                case ']' when openBracket >= 0 && At(text, i + 1) == '(':
                    var close = FindOnLine(text, i + 2, ')', 600);
                    if (close > 0)
                    {
                        shadow[openBracket] = ' ';
                        Blank(shadow, i, close - i + 1);
                        i = close;
                    }
                    openBracket = -1;
                    break;
            }
        }
        return new string(shadow);
    }

    /// <summary>Shadow text of a passage as a value for people: white space collapsed, soft and line-end hyphens joined.</summary>
    public static string Value(string shadow, Span span)
    {
        var value = new StringBuilder(span.Length);
        for (var i = span.Start; i < span.End; i++)
        {
            var c = shadow[i];
            if (c == '\u00AD') continue;
            if (!char.IsWhiteSpace(c)) { value.Append(c); continue; }
            var wraps = c == '\n';
            for (; i + 1 < span.End && char.IsWhiteSpace(shadow[i + 1]); i++) wraps |= shadow[i + 1] == '\n';
            var hyphenated = wraps && value.Length > 1 && value[^1] == '-' && char.IsLetter(value[^2]);
            if (hyphenated && i + 1 < span.End && char.IsLower(shadow[i + 1]) && !StartsWithConjunction(shadow, i + 1)) value.Length--;
            else if (value.Length > 0 && !(i + 1 < span.End && shadow[i + 1] == ',')) value.Append(' ');
        }
        return value.ToString().TrimEnd();
    }

    private static bool StartsWithConjunction(string text, int at) => Matches(text, at, "und ") || Matches(text, at, "oder ") || Matches(text, at, "bzw");

    private static bool KeepsStar(string text, int i)
    {
        if (IsWord(text, i - 1) && IsWord(text, i + 1)) return true;   // Genoss*innen
        if (At(text, i - 1) == '\\') return true;
        if (At(text, i + 1) is not (' ' or '\t')) return false;
        for (var before = i - 1; before >= 0 && text[before] != '\n'; before--)
            if (text[before] is not (' ' or '\t' or '*')) return false;
        return true;                                                    // a bullet, in wikis „** " on the second level
    }

    /// <summary>„== Haushalt ==": the marks behind a heading of a wiki.</summary>
    private static bool ClosesWikiHeading(string text, int i)
    {
        var start = i;
        while (start > 0 && text[start - 1] != '\n' && i - start < 300) start--;
        if (text[start] != '=') return false;
        var rest = i;
        while (At(text, rest) is '=') rest++;
        while (At(text, rest) is ' ' or '\t' or '\r') rest++;
        return At(text, rest) == '\n' && text.AsSpan(start, i - start).IndexOfAnyExcept('=', ' ') >= 0;
    }

    private static int Tag(string text, char[] shadow, int start)
    {
        if (!char.IsLetter(At(text, start + 1)) && At(text, start + 1) != '/') return start;
        var close = FindOnLine(text, start + 1, '>', 200);
        if (close < 0) return start;
        if (Matches(text, start + 1, "http") || Matches(text, start + 1, "mailto"))
        {
            shadow[start] = shadow[close] = ' ';
            return start;
        }
        if (text.AsSpan(start + 1, close - start - 1).Contains('@') || text.AsSpan(start, close - start).Contains("  ", StringComparison.Ordinal)) return start;
        Blank(shadow, start, close - start + 1);
        return close;
    }

    private static int FindOnLine(string text, int from, char wanted, int limit)
    {
        for (var i = from; i < text.Length && i < from + limit && text[i] != '\n'; i++)
            if (text[i] == wanted) return i;
        return -1;
    }

    private static void Blank(char[] shadow, int start, int length) => Array.Fill(shadow, ' ', start, length);
    private static char At(string text, int i) => i >= 0 && i < text.Length ? text[i] : '\n';
    private static bool IsWord(string text, int i) => char.IsLetterOrDigit(At(text, i));
    private static bool Matches(string text, int at, string word) => string.CompareOrdinal(text, at, word, 0, word.Length) == 0;
}
