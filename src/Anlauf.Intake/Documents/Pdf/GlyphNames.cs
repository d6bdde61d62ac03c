using System.Globalization;

namespace Anlauf.Intake.Documents.Pdf;

/// <summary>What the names of glyphs stand for: the part of the Adobe Glyph List that European text uses, and its rules for composed names.</summary>
internal static class GlyphNames
{
    // letters with marks follow the rule "base letter + name of the mark"; all others are listed
    private const string Listed =
        "space=\u0020 exclam=! quotedbl=\" numbersign=# dollar=$ percent=% ampersand=& quotesingle=' parenleft=( parenright=) asterisk=* plus=+ comma=, hyphen=- minus=\u2212 period=. slash=/ "
        + "zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 colon=: semicolon=; less=< equal== greater=> question=? at=@ "
        + "bracketleft=[ backslash=\\ bracketright=] asciicircum=^ underscore=_ grave=` braceleft={ bar=| braceright=} asciitilde=~ "
        + "exclamdown=¡ cent=¢ sterling=£ currency=¤ yen=¥ brokenbar=¦ section=§ dieresis=¨ copyright=© ordfeminine=ª guillemotleft=« logicalnot=¬ softhyphen=\u00AD sfthyphen=\u00AD registered=® macron=¯ "
        + "degree=° plusminus=± twosuperior=² threesuperior=³ acute=´ mu=µ paragraph=¶ periodcentered=· middot=· cedilla=¸ onesuperior=¹ ordmasculine=º guillemotright=» "
        + "onequarter=¼ onehalf=½ threequarters=¾ questiondown=¿ AE=Æ ae=æ OE=Œ oe=œ Oslash=Ø oslash=ø Eth=Ð eth=ð Thorn=Þ thorn=þ germandbls=ß Germandbls=ẞ multiply=× divide=÷ "
        + "dotlessi=ı Lslash=Ł lslash=ł Dcroat=Đ dcroat=đ florin=ƒ circumflex=ˆ tilde=˜ caron=ˇ breve=˘ dotaccent=˙ ring=˚ ogonek=˛ hungarumlaut=˝ "
        + "endash=– emdash=— quoteleft=‘ quoteright=’ quotesinglbase=‚ quotedblleft=“ quotedblright=” quotedblbase=„ guilsinglleft=‹ guilsinglright=› dagger=† daggerdbl=‡ bullet=• ellipsis=… perthousand=‰ "
        + "fraction=⁄ Euro=€ trademark=™ fi=fi fl=fl ff=ff ffi=ffi ffl=ffl nbspace=\u00A0 nonbreakingspace=\u00A0 nonbreakinghyphen=\u2011 figuredash=\u2012 lessequal=≤ greaterequal=≥ notequal=≠ approxequal=≈ infinity=∞ summation=∑ "
        + "arrowright=→ arrowleft=← arrowup=↑ arrowdown=↓ arrowboth=↔ arrowdblright=⇒ filledbox=■ H22073=□ filledsquare=■ square=□ circle=○ blackcircle=● H18533=● lozenge=◊ checkmark=✓ openbullet=◦ "
        + "alpha=α beta=β gamma=γ delta=δ epsilon=ε lambda=λ pi=π sigma=σ tau=τ phi=φ omega=ω Delta=Δ Omega=Ω Sigma=Σ "
        + "a1=✁ a9=✠ a19=✓ a20=✔ a21=✕ a22=✖ a71=● a73=■ a74=❏ a75=❑ a76=▲ a77=▼ a78=◆ a161=→ a169=➝ a170=➞ a186=➤";

    private static readonly Dictionary<string, char> Marks = new(StringComparer.Ordinal)
    {
        ["grave"] = '\u0300',
        ["acute"] = '\u0301',
        ["circumflex"] = '\u0302',
        ["tilde"] = '\u0303',
        ["macron"] = '\u0304',
        ["breve"] = '\u0306',
        ["dotaccent"] = '\u0307',
        ["dieresis"] = '\u0308',
        ["ring"] = '\u030A',
        ["hungarumlaut"] = '\u030B',
        ["caron"] = '\u030C',
        ["commaaccent"] = '\u0327',
        ["cedilla"] = '\u0327',
        ["ogonek"] = '\u0328',
    };

    private static readonly Dictionary<string, string> Names = Read();

    /// <summary>The text a glyph name stands for, or null (also for names such as "g12", which carry no meaning).</summary>
    public static string? Text(string name)
    {
        var stem = name.IndexOf('.') is > 0 and var dot ? name[..dot] : name;
        if (Names.TryGetValue(stem, out var text)) return text;
        if (stem.Length == 1 && char.IsAsciiLetter(stem[0])) return stem;
        if (stem.Contains('_'))
        {
            var parts = stem.Split('_').Select(Text).ToList();
            return parts.Contains(null) ? null : string.Concat(parts);
        }
        if (stem.StartsWith("uni", StringComparison.Ordinal) && stem.Length >= 7 && Hex(stem[3..7]) is { } four) return four;
        if (stem.Length is >= 5 and <= 7 && stem[0] == 'u' && Hex(stem[1..]) is { } any) return any;
        return stem.Length > 1 && char.IsAsciiLetter(stem[0]) && Marks.TryGetValue(stem[1..], out var mark) ? $"{stem[0]}{mark}".Normalize() : null;
    }

    private static string? Hex(string digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code is > 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF) ? char.ConvertFromUtf32(code) : null;

    private static Dictionary<string, string> Read()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["space"] = " " };
        foreach (var entry in Listed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = entry.IndexOf('=');
            if (sign > 0 && sign < entry.Length - 1) names[entry[..sign]] = entry[(sign + 1)..];
        }
        return names;
    }
}
