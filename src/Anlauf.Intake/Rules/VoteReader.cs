using System.Globalization;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>Figures of a vote in German: „einstimmig", „Bei 2 Enthaltungen", „12 Ja, 3 Nein", „(4/0/0)", „Dafür 5".</summary>
internal static partial class VoteReader
{
    private static readonly string[] Numbers = ["null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];

    /// <summary>What a passage says about votes; <see cref="Votes.NotStated"/> where it says nothing.</summary>
    public static Votes In(string text, int offset)
    {
        if (text.Length > 2400) text = text[..2400];
        if (Triple().Match(text) is { Success: true } triple)
        {
            var aside = triple.Groups["a"].Success ? null : Figure().Matches(text).FirstOrDefault(m => m.Groups["abstain"].Success);
            var counted = Parse(triple.Groups["a"]) ?? (aside is null ? null : Parse(aside.Groups["before"].Success ? aside.Groups["before"] : aside.Groups["after"]));
            var passage = new Span(offset + triple.Index, triple.Length);
            return Complete(new(Parse(triple.Groups["y"]), Parse(triple.Groups["n"]), counted, null, aside is null ? passage : passage.To(new(offset + aside.Index, aside.Length))), text);
        }
        int? yes = null, no = null, abstain = null;
        Span? span = null;
        foreach (Match match in Figure().Matches(text))
        {
            var number = match.Groups["before"].Success ? Parse(match.Groups["before"]) : Parse(match.Groups["after"]);
            if (number is null) continue;
            if (match.Groups["yes"].Success) yes ??= number;
            else if (match.Groups["no"].Success) no ??= number;
            else if (match.Groups["abstain"].Success) abstain ??= number;
            else continue;
            var here = new Span(offset + match.Index, match.Length);
            span = span?.To(here) ?? here;
        }
        if (yes is null && Bare().Match(text) is { Success: true } bare && (no is not null || abstain is not null || text.Contains("einstimmig", StringComparison.OrdinalIgnoreCase)))
            yes = Parse(bare.Groups["n"]);
        return Complete(new(yes, no, abstain, null, span), text, offset);
    }

    private static Votes Complete(Votes votes, string text, int offset = 0)
    {
        var word = Unanimity().Match(text);
        if (word.Success) return votes with { Unanimous = !word.Groups["not"].Success, Span = votes.Span ?? new(offset + word.Index, word.Length) };
        if (votes.No > 0) return votes with { Unanimous = false };
        return votes is { Yes: > 0, No: 0 } ? votes with { Unanimous = true } : votes;
    }

    private static int? Parse(Group group)
    {
        var word = group.Value.ToLowerInvariant();
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        if (word.StartsWith("kein", StringComparison.Ordinal) || word is "ohne" or "-" or "–") return 0;
        if (word.StartsWith("ein", StringComparison.Ordinal)) return 1;
        for (var i = 0; i < Numbers.Length; i++)
            if (word == Numbers[i]) return i;
        return null;
    }

    private const string Number = @"\d{1,4}|keiner?n?|keine[rn]?|ohne|eine[rmn]?|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf";
    private const string YesWord = @"Ja-?\s?Stimmen?|JA-?\s?Stimmen?|Fürstimmen?|Für-Stimmen?|Pro-?Stimmen?|Zustimmungen|Stimmen\s(?:dafür|für|mit\sJa)|Ja|JA|dafür|Dafür";
    private const string NoWord = @"Nein-?\s?Stimmen?|NEIN-?\s?Stimmen?|Gegen-?\s?[Ss]timmen?|Contra-?Stimmen?|Ablehnungen|Stimmen\s(?:dagegen|gegen)|Nein|NEIN|dagegen|Dagegen";
    private const string AbstainWord = @"(?:Stimm)?[Ee]nth(?:altung|\.)(?:en)?|ENTHALTUNG(?:EN)?|Enthalten|enthalten";

    [GeneratedRegex(
        @"(?<![\p{L}\d./:])(?:(?<yes>[Ff]ür\s[^.;:\d]{3,80}\sstimm(?:en|ten|ts?e))\s(?<after>\d{1,4})\b(?!\s?[%.]\d?)|(?<abstain>(?:enthalten|enthielten)\ssich)\s(?<after>\d{1,4})\b|(?<before>\d{1,4})\s[Ss]timmen?:\s(?:(?<yes>Ja|[Dd]afür)|(?<no>Nein|[Dd]agegen)|(?<abstain>[Ee]nthaltung(?:en)?))(?!\p{L})|(?<before>" + Number + @")(?:x|×)?(?:-|\s)(?:\s?(?:x|mal)\s)?(?:Personen?\s|Mitglieder\s|Delegierte\s)?(?:(?<yes>" + YesWord + @")|(?<no>" + NoWord + @")|(?<abstain>" + AbstainWord + @"))(?!\p{L}|\s?:\s?\d)" +
        @"|(?:(?<yes>" + YesWord + @"|Für|Zustimmung|[Ff]ür\sden\s(?:Beschluss|Antrag|Vorschlag))|(?<no>" + NoWord + @"|Gegen|Ablehnung|[Gg]egen\sden\s(?:Beschluss|Antrag|Vorschlag))|(?<abstain>" + AbstainWord + @"))(?:\s*[:=]\s*(?<after>\d{1,4}|keine|–|-)(?![\p{L}\d]|\.\d)|\s+(?<after>\d{1,4}|keine)(?![\p{L}\d]|\.\d|\s?(?:Ja|Nein|Enth|Gegen|x\s))))",
        RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"\(\s*(?<y>\d{1,4})\s*[/:|]\s*(?<n>\d{1,4})\s*[/:|]\s*(?<a>\d{1,4})\s*\)|(?:Abstimmung\w*|Abst\.|Ergebnis|Votum|Stimmen(?:verhältnis)?|Beschluss|angenommen|beschlossen|abgelehnt|J/N/E|Ja/Nein/Enth\w*\.?)\s*(?:mit|:|\(J/N/E\):?)?\s*\(?(?<![\d.])(?<y>\d{1,4})\s?[/:|–-]\s?(?<n>\d{1,4})\s?[/:|–-]\s?(?<a>\d{1,4})(?![\d.])|\bmit\s(?<y>\d{1,4})\s?(?:zu|gegen|:)\s?(?<n>\d{1,4})(?:\s?(?:zu|:)\s?(?<a>\d{1,4}))?\sStimmen\b", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Triple();

    /// <summary>„einstimmig mit 24 Stimmen", „mit zwei Stimmen, einer Gegenstimme".</summary>
    [GeneratedRegex(@"\bmit\s(?<n>" + Number + @")\sStimmen(?!\s(?:dagegen|gegen|Enth))", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex(@"(?<not>nicht\seinstimmig|mehrheitlich|mit\s(?:großer\s|knapper\s|deutlicher\s|einfacher\s|\p{L}+er\s)?Mehrheit|gegen\s(?:eine|zwei|drei|die|\d+)\sStimmen?)|[Ee]instimmige?[rnms]?\b|[Ee]instimmung\sBeschluss|[Ee]inmütig|EINSTIMMIG", RegexOptions.CultureInvariant)]
    private static partial Regex Unanimity();
}
