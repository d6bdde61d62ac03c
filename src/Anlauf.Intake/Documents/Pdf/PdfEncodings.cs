using System.Text;

namespace Anlauf.Intake.Documents.Pdf;

/// <summary>The predefined encodings of simple fonts (ISO 32000-1, annex D) and characters of symbol fonts.</summary>
internal static class PdfEncodings
{
    private static readonly string[] WinAnsi = FromCodePage(1252);
    private static readonly string[] MacRoman = FromCodePage(10000);
    private static readonly string[] Standard = FromStandard();

    /// <summary>Text of the 256 codes; empty where a code stands for nothing. The array must not be changed.</summary>
    public static string[] Named(string? name) => name switch
    {
        "WinAnsiEncoding" => WinAnsi,
        "MacRomanEncoding" => MacRoman,
        _ => Standard,
    };

    /// <summary>Ligatures in their letters; private characters of Symbol and Wingdings by what they show; a missing mapping (U+FFFD or NUL) as empty.</summary>
    public static string Readable(string text)
    {
        if (text.Length == 1 && text[0] is >= ' ' and < '\uE000') return text;
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (c)
            {
                case '\uFB00': result.Append("ff"); break;
                case '\uFB01': result.Append("fi"); break;
                case '\uFB02': result.Append("fl"); break;
                case '\uFB03': result.Append("ffi"); break;
                case '\uFB04': result.Append("ffl"); break;
                case '\uFB05' or '\uFB06': result.Append("st"); break;
                case '\uF0B7' or '\uF06C' or '\uF09F' or '\uF0A0': result.Append('•'); break;
                case '\uF0A7' or '\uF06E': result.Append('▪'); break;
                case '\uF0D8' or '\uF0C4': result.Append('➢'); break;
                case '\uF0FC': result.Append('✓'); break;
                case '\uF0FE' or '\uF0FD' or '\uF053': result.Append('☒'); break;
                case '\uF0A8' or '\uF06F' or '\uF071': result.Append('☐'); break;
                case '\uF0E0' or '\uF0E8': result.Append('→'); break;
                case '\uF02D': result.Append('–'); break;
                case '\t' or '\n' or '\r': result.Append(' '); break;
                case >= '\uE000' and <= '\uF8FF': result.Append('•'); break;
                case < ' ' or '\uFFFD': break;
                default: result.Append(c); break;
            }
        }
        return result.ToString();
    }

    private static string[] FromCodePage(int codePage)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
        var texts = new string[256];
        for (var i = 0; i < 256; i++)
        {
            var text = i < 32 ? "" : encoding.GetString([(byte)i]);
            texts[i] = text.Length > 0 && char.IsControl(text[0]) ? "" : text;
        }
        // what WinAnsi leaves open shows a bullet
        if (codePage == 1252)
            foreach (var open in (ReadOnlySpan<int>)[0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D]) texts[open] = "•";
        return texts;
    }

    private static string[] FromStandard()
    {
        var texts = new string[256];
        Array.Fill(texts, "");
        for (var i = 32; i < 127; i++) texts[i] = ((char)i).ToString();
        (texts[0x27], texts[0x60]) = ("’", "‘");
        const string FromA1 = "¡¢£⁄¥ƒ§¤'“«‹›\uFB01\uFB02\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—";
        for (var i = 0; i < FromA1.Length; i++)
            if (FromA1[i] != '\0') texts[0xA1 + i] = FromA1[i].ToString();
        foreach (var (code, text) in ((int, string)[])[(0xE1, "Æ"), (0xE3, "ª"), (0xE8, "Ł"), (0xE9, "Ø"), (0xEA, "Œ"), (0xEB, "º"), (0xF1, "æ"), (0xF5, "ı"), (0xF8, "ł"), (0xF9, "ø"), (0xFA, "œ"), (0xFB, "ß")]) texts[code] = text;
        return texts;
    }
}
