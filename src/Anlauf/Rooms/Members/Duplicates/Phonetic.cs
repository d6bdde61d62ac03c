using System.Text;

namespace Anlauf.Rooms.Members.Duplicates;

/// <summary>Names as they sound and as they are typed: Cologne phonetics (Postel 1969) and a folding of umlauts.</summary>
public static class Phonetic
{
    /// <summary>Small letters only, ä ö ü ß written out, other accents dropped: „Müller-Lüdenscheidt“ → „muellerluedenscheidt“.</summary>
    public static string Fold(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name.ToLowerInvariant().Normalize(NormalizationForm.FormC))
        {
            switch (c)
            {
                case 'ä': text.Append("ae"); break;
                case 'ö': text.Append("oe"); break;
                case 'ü': text.Append("ue"); break;
                case 'ß': text.Append("ss"); break;
                default:
                    foreach (var d in char.IsAscii(c) ? c.ToString() : c.ToString().Normalize(NormalizationForm.FormD))
                        if (char.IsAsciiLetter(d)) text.Append(d);
                    break;
            }
        }
        return text.ToString();
    }

    /// <summary>Parts of a double name: „Kontur-Beispiel“ → kontur, beispiel.</summary>
    public static IReadOnlyList<string> Parts(string name) => [.. name.Split([' ', '-', '‐', '–', '/'], StringSplitOptions.RemoveEmptyEntries).Select(Fold).Where(p => p.Length > 0)];

    /// <summary>Cologne code of a folded name: equal for names that sound alike in German. „Meier“, „Mayr“ → 67; „Schmidt“, „Schmitt“ → 862.</summary>
    public static string Cologne(string folded)
    {
        var code = new StringBuilder(folded.Length);
        var last = '\0';
        for (var i = 0; i < folded.Length; i++)
        {
            var (before, c, after) = (i > 0 ? folded[i - 1] : '\0', folded[i], i + 1 < folded.Length ? folded[i + 1] : '\0');
            foreach (var digit in Digit(before, c, after, i == 0))
            {
                // a digit that repeats counts once; a vowel between two does separate them
                if (digit != last && (digit != '0' || code.Length == 0 && i == 0)) code.Append(digit);
                last = digit;
            }
        }
        return code.ToString();
    }

    private static string Digit(char before, char c, char after, bool first) => c switch
    {
        'a' or 'e' or 'i' or 'j' or 'o' or 'u' or 'y' => "0",
        'h' => "",
        'b' => "1",
        'p' => after == 'h' ? "3" : "1",
        'd' or 't' => after is 'c' or 's' or 'z' ? "8" : "2",
        'f' or 'v' or 'w' => "3",
        'g' or 'k' or 'q' => "4",
        'c' => first ? (after is 'a' or 'h' or 'k' or 'l' or 'o' or 'q' or 'r' or 'u' or 'x' ? "4" : "8") : before is 's' or 'z' ? "8" : after is 'a' or 'h' or 'k' or 'o' or 'q' or 'u' or 'x' ? "4" : "8",
        'x' => before is 'c' or 'k' or 'q' ? "8" : "48",
        'l' => "5",
        'm' or 'n' => "6",
        'r' => "7",
        _ => "8",
    };

    /// <summary>How alike two folded names are, 0 to 1: 1 − edit distance with neighbours swapped (Damerau–Levenshtein, optimal string alignment) over the longer length.</summary>
    public static double Alike(string a, string b)
    {
        if (a == b) return 1;
        if (a.Length == 0 || b.Length == 0) return 0;
        Span<int> beforeLast = stackalloc int[b.Length + 1], last = stackalloc int[b.Length + 1], now = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(now[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = Math.Min(now[j], beforeLast[j - 2] + 1);
            }
            last.CopyTo(beforeLast);
            now.CopyTo(last);
        }
        return 1 - (double)last[b.Length] / Math.Max(a.Length, b.Length);
    }
}
