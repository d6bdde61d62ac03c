using System.Text.RegularExpressions;

namespace Anlauf.Intake.Layout;

/// <summary>Splits running German text into sentences; knows abbreviations, ordinals, dates and initials.</summary>
internal static partial class Sentences
{
    public static List<Span> Of(string shadow, Span passage)
    {
        var sentences = new List<Span>();
        var start = passage.Start;
        for (var i = passage.Start; i < passage.End; i++)
        {
            if (shadow[i] is not ('.' or '!' or '?' or '…')) continue;
            var after = i + 1;
            while (after < passage.End && shadow[after] is '"' or '“' or '”' or '‘' or '«' or '»' or ')' or '\'' or '!' or '?') after++;
            if (after < passage.End && !char.IsWhiteSpace(shadow[after])) continue;
            var next = after;
            while (next < passage.End && char.IsWhiteSpace(shadow[next])) next++;
            if (next < passage.End && !Ends(shadow, start, i, next)) continue;
            Add(sentences, shadow, start, after);
            start = next;
            i = next - 1;
        }
        Add(sentences, shadow, start, passage.End);
        return sentences;
    }

    private static void Add(List<Span> sentences, string shadow, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(shadow[start])) start++;
        while (end > start && char.IsWhiteSpace(shadow[end - 1])) end--;
        for (var i = start; i < end; i++)
            if (char.IsLetterOrDigit(shadow[i])) { sentences.Add(Span.Between(start, end)); return; }
    }

    private static bool Ends(string shadow, int start, int dot, int next)
    {
        if (char.IsLower(shadow[next]) || shadow[next] is ',' or ';' or ')' or '/' or '–') return false;
        if (shadow[dot] != '.') return true;
        var wordStart = dot;
        while (wordStart > start && (char.IsLetterOrDigit(shadow[wordStart - 1]) || shadow[wordStart - 1] == '.')) wordStart--;
        var word = shadow[wordStart..dot];
        if (word.Length == 0) return true;
        if (word is "V" && wordStart >= start + 2 && shadow.AsSpan(start, wordStart - start).TrimEnd().EndsWith("e.")) return StartsSentence(shadow, next);
        if (word is "LINKE" or "Linke" && LandName().IsMatch(shadow.AsSpan(next, Math.Min(24, shadow.Length - next)))) return false;
        if (word is "e.V" or "e.v") return StartsSentence(shadow, next);
        if (word.Length == 1 && char.IsLetter(word[0])) return false;
        if (word.Length <= 2 && word.All(char.IsDigit)) return EndsWithTime(shadow, start, wordStart);
        return !Abbreviation().IsMatch(word);
    }

    /// <summary>Behind „e. V." only a word that opens sentences shows that a new one begins.</summary>
    private static bool StartsSentence(string shadow, int next) => Opener().IsMatch(shadow.AsSpan(next, Math.Min(12, shadow.Length - next)));

    /// <summary>„DIE LINKE. Sachsen" is one name.</summary>
    [GeneratedRegex(@"^(?:Sachsen|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg|Niedersachsen|Nordrhein|NRW|Rheinland|Saarland|Schleswig|Thüringen|Baden)")]
    private static partial Regex LandName();

    [GeneratedRegex(@"^(?:Der|Die|Das|Ein|Eine|Es|Er|Sie|Wir|Am|Im|In|Als|Dies\w*|Damit|Hier\w*|Nach|Bei|Zu[rm]?|Auf)\s")]
    private static partial Regex Opener();

    /// <summary>„19.55. Danach …" ends a sentence, „am 3. Oktober" does not.</summary>
    private static bool EndsWithTime(string shadow, int start, int wordStart) =>
        wordStart - 2 >= start && shadow[wordStart - 1] == ':' && char.IsDigit(shadow[wordStart - 2]);

    [GeneratedRegex(@"^(?:[A-Za-zÄÖÜ]|z\.B|u\.a|d\.h|i\.d\.R|i\.H\.v|e\.[Vv]|o\.ä|s\.o|s\.u|v\.a|usf|Nr|Art|Abs|Ziff|bzw|ca|ggf|evtl|inkl|incl|exkl|zzgl|Dr|Prof|Dipl|Ing|Hr|Fr|St|Str|Tel|vgl|lt|gem|geb|max|min|Verantw|verantw|stellv|Stv|stv|Vors|lfd|Mio|Mrd|Tsd|sog|tlw|Kap|Bd|Jh|Jan|Feb|Febr|Mär|Apr|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez|bspw|insb|sen|jun|Drs|Gen|Genn|lfd|Vorg|Bgm|Kreisvors|Abt|\d{1,2}\.\d{1,2}|\d{1,2})$")]
    private static partial Regex Abbreviation();
}
