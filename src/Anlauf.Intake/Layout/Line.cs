using System.Buffers;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Layout;

internal enum LineKind { Blank, Text, Heading, Bullet, Table, Rule }

/// <summary>One line of the source. <see cref="Content"/> is the clean text behind heading marks, bullets and numbers.</summary>
internal sealed record Line(int Index, LineKind Kind, int Start, int End, int ContentStart, int Indent, int Level, string? Number, string Content)
{
    public Span ContentSpan => Span.Between(ContentStart, End);
    public bool IsBlank => Kind is LineKind.Blank or LineKind.Rule;
}

/// <summary>Splits a shadow text into lines and recognises their outer form.</summary>
internal static partial class Lines
{
    private const int LongestRead = 4000;
    private static readonly SearchValues<char> RuleCharacters = SearchValues.Create(" -=*_–—");

    public static List<Line> Of(string text, string shadow, int from)
    {
        var lines = new List<Line>();
        for (var start = from; start <= text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            lines.Add(Read(text, shadow, lines.Count, start, end));
            if (lines[^1].Kind == LineKind.Rule && lines.Count > 1 && IsUnderline(text, lines[^1], lines[^2]))
                lines[^2] = lines[^2] with { Kind = LineKind.Heading, Level = text[lines[^1].Start] == '=' ? 1 : 2 };
            start = end + 1;
        }
        return lines;
    }

    private static Line Read(string text, string shadow, int index, int start, int end)
    {
        var content = start;
        while (content < end && char.IsWhiteSpace(shadow[content])) content++;
        var indent = 0;
        for (var i = start; i < end && text[i] is ' ' or '\t'; i++) { indent += text[i] == '\t' ? 4 : 1; if (i + 1 >= end) break; }
        if (indent == 0 && WikiBullet().Match(text, start, end - start) is { Success: true } nested) indent = nested.Length - 1;   // „** x" lies below „* x"
        var stop = end;
        while (stop > content && char.IsWhiteSpace(shadow[stop - 1])) stop--;
        Line Make(LineKind kind, int contentStart, int level = 0, string? number = null) =>
            new(index, kind, start, stop, contentStart, indent, level, number, Shadow.Value(shadow, Span.Between(contentStart, stop)));

        var raw = text.AsSpan(start, end - start).Trim();
        if (raw.Length >= 3 && raw.IndexOfAnyExcept(RuleCharacters) < 0) return Make(LineKind.Rule, content);
        if (content >= stop) return Make(LineKind.Blank, content);
        var head = shadow.Substring(content, Math.Min(LongestRead, stop - content));
        var heading = HeadingMark().Match(head);
        if (heading.Success)
            return Make(LineKind.Heading, content + heading.Length, heading.Value[0] == 'h' ? heading.Value[1] - '0' : heading.Value.TrimEnd().Length);
        if (head[0] == '|') return Make(LineKind.Table, content);
        if (raw.Length < 200 && raw.StartsWith("**") && !LabelWithValue().IsMatch(head) && raw.TrimEnd(":").EndsWith("**") && raw.Count("**") <= 4)
            return Make(LineKind.Heading, content, 5);
        var bullet = BulletMark().Match(head);
        if (bullet.Success && !DayOrOrdinal().IsMatch(head))
            return Make(LineKind.Bullet, content + bullet.Length, 0, bullet.Groups["n"].Success ? bullet.Groups["n"].Value.TrimEnd('.') : null);
        return Make(LineKind.Text, content);
    }

    private static bool IsUnderline(string text, Line rule, Line above) =>
        above.Kind == LineKind.Text && text[rule.Start] switch
        {
            '=' => true,
            '-' => rule.End - rule.Start >= 5 && Math.Abs(rule.End - rule.Start - (above.End - above.Start)) <= 3,
            _ => false,
        };

    [GeneratedRegex(@"^(?:(#{1,6})[ \t]+|h[1-6]\.[ \t]+|={1,6}[ \t]+(?=\S))")]
    private static partial Regex HeadingMark();

    /// <summary>Nested bullets of wikis: one star for every level.</summary>
    [GeneratedRegex(@"\G\*{2,4}(?=[ \t])")]
    private static partial Regex WikiBullet();

    [GeneratedRegex(@"^(?:[-*•·▪●◦➢➔+–—](?:\s+(?:o\s+)?|$)|o\s+(?=[a-zäöüA-ZÄÖÜ])|\(?(?<n>\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,3}(?=[.)]))[.)]{0,2}\s+|(?<n>[a-z])\)\s+|\[[ xX]\]\s+)(?:\[[ xX]\]\s+)?")]
    private static partial Regex BulletMark();

    /// <summary>„19. November", „1. Vorsitzender": a number with a dot that counts nothing; „19.01 Uhr": a time.</summary>
    [GeneratedRegex(@"^\d{1,2}\.\s?(?:(?:Jan|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\w*\.?\s|\d{1,2}\.|\d\d\s*Uhr|(?:(?:stellv\w*\.?\s)?(?:Vorsitz|Bürgermeister|Vorstand|Beigeordnet|Sprecher|Kassier|Schatz|Schriftf|Tagung|ordentlich|außerordentlich|Sitzung|Landesparteitag|Quartal|Halbjahr|OG\b)))")]
    private static partial Regex DayOrOrdinal();

    [GeneratedRegex(@"^(?!\s*\d{1,2}[:.]\d\d\b).*?:\s*\S.*$|^\s*(?:Ja|Nein|Enthaltung\w*|Dafür|Dagegen)\b")]
    private static partial Regex LabelWithValue();
}
