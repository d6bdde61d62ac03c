using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>Names of persons in lists: titles, roles, times and remarks are removed, groups and functions are refused.</summary>
internal static partial class Names
{
    /// <summary>Names of one region (inline list, one bullet or several lines), in reading order.</summary>
    public static List<Found<string>> In(DocumentLayout layout, Span region)
    {
        var names = new List<Found<string>>();
        foreach (var piece in Pieces(layout.Shadow, region))
            if (Person(layout.Shadow, piece) is { } name) names.Add(name);
        return names;
    }

    /// <summary>The person a piece of text names, or null for a group, a function or a remark.</summary>
    public static Found<string>? Person(string shadow, Span piece)
    {
        int start = piece.Start, end = piece.End;
        var head = TextOf(shadow, start, end);
        for (var match = Prefix().Match(head); match.Success && match.Length > 0; match = Prefix().Match(head))
        {
            start += match.Length;
            head = TextOf(shadow, start, end);
        }
        var tail = Suffix().Match(head);
        if (tail.Success) { end = start + tail.Index; head = TextOf(shadow, start, end); }
        var generation = Generation().Match(shadow, start, end - start);
        if (generation.Success) end = generation.Index + generation.Length;
        while (start < end && !char.IsLetterOrDigit(shadow[start])) start++;
        while (end > start && !(char.IsLetterOrDigit(shadow[end - 1]) || (shadow[end - 1] == '.' && (generation.Success || EndsWithInitial(shadow, start, end))))) end--;
        if (end - start is < 2 or > 60) return null;
        var value = Shadow.Value(shadow, Span.Between(start, end));
        return LooksLikePerson(value) ? new(value, Span.Between(start, end)) : null;
    }

    public static bool LooksLikePerson(string value)
    {
        // „Thomas Müller jun.": father and son are two persons
        if (Generation().Match(value) is { Success: true, Index: > 0 } generation) value = value[..generation.Index];
        var tokens = value.Split(' ');
        if (tokens.Length > 5) return false;
        var capitals = 0;
        foreach (var token in tokens)
        {
            if (!Token().IsMatch(token) || Group().IsMatch(token)) return false;
            if (char.IsUpper(token[0])) capitals++;
            else if (!Particle().IsMatch(token) && tokens.Length > 1) return false;
        }
        return capitals > 0 ? !char.IsLower(tokens[^1][0]) : tokens.Length == 1 && value.Length >= 4 && !StopWord().IsMatch(value);
    }

    /// <summary>The same person, whatever titles or order: equal words, or one a part of the other when both have two or more words.</summary>
    public static bool Same(string a, string b)
    {
        var x = Words(a);
        var y = Words(b);
        return x.SetEquals(y) || (Math.Min(x.Count, y.Count) >= 2 && (x.IsSubsetOf(y) || y.IsSubsetOf(x)));
    }

    private static HashSet<string> Words(string name) =>
        [.. name.ToLowerInvariant().Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Cuts a region at commas, semicolons, „und" and line ends, but not inside brackets; brackets themselves are cut away.</summary>
    public static List<Span> Pieces(string shadow, Span region)
    {
        var pieces = new List<Span>();
        var oneByLine = TextOf(shadow, region.Start, region.End).AsSpan().IndexOfAny(',', ';') < 0;
        int start = region.Start, depth = 0;
        var bracket = -1;
        void Cut(int end)
        {
            var stop = bracket >= start ? bracket : end;
            if (stop > start) pieces.Add(Span.Between(start, stop));
            bracket = -1;
        }
        for (var i = region.Start; i < region.End; i++)
        {
            var c = shadow[i];
            if (c is '(' or '[') { if (depth++ == 0 && bracket < start) bracket = i; }
            else if (c is ')' or ']') { if (depth > 0 && --depth == 0 && bracket == start) { start = i + 1; bracket = -1; } }
            else if (depth == 0 && Separator(shadow, i, region.End, oneByLine) is var width and > 0)
            {
                Cut(i);
                start = i + width;
                i = start - 1;
            }
            else if (c == '\n' && depth > 0 && i - Math.Max(bracket, 0) > 200) depth = 0;
        }
        Cut(region.End);
        return pieces;
    }

    private static int Separator(string shadow, int i, int end, bool oneByLine)
    {
        var c = shadow[i];
        if (c is ',' or ';' or '•' or '+' or '|') return 1;
        if (c == '\n') return oneByLine || (i + 1 < end && shadow[i + 1] is '-' or '*') ? 1 : 0;
        if (c == '/' && i > 0 && shadow[i - 1] == ' ') return 1;
        if (!char.IsWhiteSpace(c)) return 0;
        foreach (var word in (ReadOnlySpan<string>)["und ", "sowie ", "u. ", "& ", "und\n"])
            if (i + 1 + word.Length <= end && string.CompareOrdinal(shadow, i + 1, word, 0, word.Length) == 0) return 1 + word.Length;
        return 0;
    }

    private static string TextOf(string shadow, int start, int end) => shadow[start..Math.Min(end, start + 4000)];

    private static bool EndsWithInitial(string shadow, int start, int end) => end - 2 >= start && char.IsUpper(shadow[end - 2]) && (end - 3 < start || shadow[end - 3] is ' ' or '.');

    [GeneratedRegex(@"^(?:\s+|[-*•–—]\s+|(?:ab|bis|seit|von|ca\.)\s+\d{1,2}(?:[:.]\d\d)?(?:\s*Uhr)?\b|(?:Herrn?|Frau|Fr\.|Hr\.|Dr\.|Prof\.|Dipl\.?-?\s?\w+\.?|med\.|phil\.|jur\.|rer\.|nat\.|pol\.|h\.\s?c\.|Mag\.|M\.?A\.|B\.?A\.|RA|StR|GR|KTA|MdL|MdB|MdEP|MdA|gez\.|Gez\.|Pfr\.|Pfrn\.|Pfarrer(?:in)?|Pastor(?:in)?|Gen\.|Genn\.|Genoss(?:e|in|en|innen)|(?:(?:Erste[rn]?|Zweite[rn]?|Dritte[rn]?|[123]\.)\s+)?(?:Ober|Alt|Orts)?[Bb]ürgermeister(?:in)?|(?:Verwaltungs|Regierungs|Amts|Studien|Oberverwaltungs)(?:rat|rätin|inspektor(?:in)?|angestellter?|fachwirt(?:in)?|direktor(?:in)?)|Amt(?:mann|frau)|[Kk]ämmerer(?:in)?|Kämmerin|Stadtkämmerer|(?:Haupt|Bau|Ordnungs|Kultur|Sozial)amtsleiter(?:in)?|Geschäftsleiter(?:in)?|Bgm\.|Bgm'in|Landrat|Landrätin|(?:Ober)?[Ss]tadtr(?:at|ätin)|Gemeinder(?:at|ätin)|Kreisr(?:at|ätin)|Ortsvorsteher(?:in)?|(?:(?:1|2|3|erste[rn]?|zweite[rn]?|stellv(?:ertretende[rn]?|\.)?|stv\.)\.?\s*)*(?:[KLO]\w+)?[Vv]orsitzende[rn]?|Kassenwart(?:in)?|Kassierer(?:in)?|Schatzmeister(?:in)?|Schriftführer(?:in)?|Beisitzer(?:in)?|Geschäftsführer(?:in)?|Gast|Gäste|anwesend|ferner|außerdem|zeitweise|sowie|und|die|der|den)(?=\s|:)\s*:?|[\p{L} .*-]{3,45}:\s)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\s+(?:[-–—]\s|als\s|ab\s+\d|bis\s+\d|bis\s+TOP|ab\s+TOP|von\s+(?:der|dem|\d)|vom\s|für\s|in\s+Vertretung|i\.\s?V\.|i\.\s?A\.|entschuldigt|unentschuldigt|anwesend|online|per\s|via\s|digital|virtuell|telefonisch|siehe|MdL|MdB|MdEP|MdA|zu\s+TOP|\d)|\t(?!\p{Lu}[\p{L}-]+\s*$)|\s[-–]$|:", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^(?:\p{L}[\p{L}'’´.-]*|\p{L}[\p{L}\d_-]{3,})$")]
    private static partial Regex Token();

    [GeneratedRegex(@"\s(?:sen|jun|senior|junior|Sen|Jun|sr|jr)\.?\s*$")]
    private static partial Regex Generation();
    [GeneratedRegex(@"^(?:von|vom|van|de|der|den|dem|zu|zum|zur|da|di|del|la|le|el|al|bin|ten|ter|y|und)$")]
    private static partial Regex Particle();

    [GeneratedRegex(@"^(?:keine?[rsn]?|niemand|entfällt|siehe|liste|laut|alle[rs]?|nicht|sind|waren|wird|wurde|wurden|haben|fehlt|fehlen|sowie|auch|noch|weitere[rn]?|anwesend|entschuldigt|unentschuldigt|unbekannt|gemäß|diverse|mehrere|einige|zeitweise|online|ohne|offen)$", RegexOptions.IgnoreCase)]
    private static partial Regex StopWord();

    /// <summary>Words that name a group, a function or a place of paper, never a person.</summary>
    [GeneratedRegex(@"^(?:[Ee]s|Er|Sie|Wir|Ich|Ihr|Man|Der|Die|Das|Eine?|Dies\w*|keine?[rsn]?|niemand|entfällt|siehe|liste|laut|lt\.?|alle[rs]?|nicht|sind|waren|wird|wurde|wurden|haben|fehlt|fehlen|\w*[Mm]itglieder[ns]?|Mitglied|\w*[Mm]itarbeiter\w*|\w*gäste|Gast|\w*[Vv]orstand[s]?|\w*[Vv]orstände[n]?|\w*[Vv]orstandschaft|\w*[Vv]orsitz(?:ende[rnm]?)?|\w*[Vv]erb[aä]nde?[ns]?|\w*[Vv]erein[es]?|\w*[Aa]usschuss(?:es)?|\w*[Ff]raktion(?:en)?|\w*[Dd]elegierte[rn]?|\w*[Vv]ertreter(?:in|innen)?|\w*[Vv]ertretung|Person(?:en)?|\w*[Ss]timmberechtigte?[rn]?|\w*[Tt]eilnehme(?:r|nde)[nr]?|\w*[Gg]eschäftsführ\w*|\w*[Ss]precher(?:in|innen)?|\w*[Ll]eiter(?:in)?|\w*[Ll]eitung|[Pp]rotokoll\w*|\w*[Ss]chriftführ\w*|\w*[Kk]assenwart\w*|[Kk]assier\w*|\w*[Ss]chatzmeister\w*|[Bb]eisitz\w*|Presse|\w*[Öö]ffentlichkeit|[Bb]ürger(?:innen)?|[Zz]uhörer\w*|\w*[Vv]erwaltung|Uhr|weitere[rn]?|verschiedene|[Ii]nteressierte\w*|\w*[Bb]eschluss\w*|\w*[Ss]itzung(?:en)?|\w*[Vv]ersammlung|[Aa]nwesen\w*|[Aa]bwesen\w*|[Ee]ntschuldig\w*|[Uu]nentschuldig\w*|[Tt]agesordnung\w*|TOP|Ort|Datum|Beginn|Ende|Zeit|Dauer|Anlage\w*|gegeben|Jusos|Partei|Herren?|Damen|Frauen|Ja|Nein|Enthaltung\w*|Online|Zoom|[Pp]arteilos|[Rr]est|Andere|Sonstige|Unterschrift\w*|\w*[Kk]andidat\w*|\w*[Kk]asse|\w*[Pp]rüfer(?:in|innen)?|\w*[Rr]eferent(?:in|innen)?|\w*[Mm]anager(?:in)?|\w*[Kk]oordinat\w*|\w*[Gg]ruppe[n]?|\w*[Bb]eirat|GmbH|e\.V\.?|\w*[Ss]tiftung|\w*[Uu]niversität|SPD|CDU|FDP|AfD|GRÜNE|LINKE|\w*[Zz]eitung|\w*[Kk]reis|Landes\w+|Kreis(?:vorsitz|geschäfts|verband|tag)\w*|Bundes\w+|Stadt|Gemeinde|Ortsverein|\w*[Bb]üro|Vorname|Nachname|Name|Funktion|Moderation|Vereins\w*|ff|usw\.?|etc\.?|bzw\.?)$", RegexOptions.None)]
    private static partial Regex Group();
}
