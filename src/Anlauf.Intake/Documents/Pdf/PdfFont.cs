namespace Anlauf.Intake.Documents.Pdf;

/// <summary>One shown character: its text (empty where unknown) and width in thousandths of the font size.</summary>
internal readonly record struct PdfGlyph(string Text, double Width, bool IsSpaceCode, bool IsKnown);

/// <summary>A font: takes strings apart into characters with text and width.</summary>
internal sealed class PdfFont
{
    // Helvetica from space to tilde (Adobe font metrics), for the fonts that come without widths
    private static readonly short[] HelveticaWidths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private const int MostGlyphWidths = 200_000;
    private readonly bool isComposite;
    private readonly PdfCMap? toUnicode;
    private readonly PdfCMap? encoding;
    private readonly bool codesAreUnicode;
    private readonly Dictionary<int, double> widths = [];
    private readonly double defaultWidth;
    private readonly string[] texts = [];

    public PdfFont(PdfFile file, PdfDictionary font)
    {
        isComposite = file.Name(font, "Subtype") == "Type0";
        if (file.Get<PdfStream>(font, "ToUnicode") is { } map) toUnicode = PdfCMap.Parse(file.Data(map));
        if (toUnicode is { HasText: false }) toUnicode = null;
        if (isComposite)
        {
            var descendant = file.Get<List<object?>>(font, "DescendantFonts") is { Count: > 0 } list ? file.Resolve(list[0]) as PdfDictionary : null;
            if (file.Get<PdfStream>(font, "Encoding") is { } own) encoding = PdfCMap.Parse(file.Data(own));
            codesAreUnicode = file.Name(font, "Encoding") is { } name && (name.Contains("UCS2", StringComparison.Ordinal) || name.Contains("UTF16", StringComparison.Ordinal));
            defaultWidth = file.Number(descendant, "DW") ?? 1000;
            ReadGlyphWidths(file, file.Get<List<object?>>(descendant, "W"));
        }
        else
        {
            texts = SimpleTexts(file, font);
            defaultWidth = ReadSimpleWidths(file, font);
        }
    }

    public IEnumerable<PdfGlyph> Decode(byte[] text) => isComposite ? DecodeComposite(text) : DecodeSimple(text);

    private IEnumerable<PdfGlyph> DecodeSimple(byte[] text)
    {
        foreach (var code in text)
        {
            var shown = PdfEncodings.Readable(toUnicode?.Text(code) ?? texts[code]);
            yield return new PdfGlyph(shown, widths.TryGetValue(code, out var width) ? width : defaultWidth, code == 32, shown.Length > 0);
        }
    }

    private IEnumerable<PdfGlyph> DecodeComposite(byte[] text)
    {
        for (var at = 0; at < text.Length;)
        {
            var (code, length) = encoding?.Next(text.AsSpan(at)) ?? (at + 1 < text.Length ? ((text[at] << 8) | text[at + 1], 2) : (text[at], 1));
            at += Math.Max(1, length);
            var glyph = encoding?.Glyph(code) ?? code;
            var shown = PdfEncodings.Readable(toUnicode?.Text(code) ?? (codesAreUnicode ? ((char)code).ToString() : ""));
            yield return new PdfGlyph(shown, widths.TryGetValue(glyph, out var width) ? width : defaultWidth, length == 1 && code == 32, shown.Length > 0);
        }
    }

    private static string[] SimpleTexts(PdfFile file, PdfDictionary font)
    {
        var encoding = file.Resolve(font.GetValueOrDefault("Encoding"));
        var isTrueType = file.Name(font, "Subtype") == "TrueType";
        var baseName = (encoding as PdfName)?.Value ?? file.Name(encoding as PdfDictionary, "BaseEncoding") ?? (isTrueType ? "WinAnsiEncoding" : null);
        var texts = (string[])PdfEncodings.Named(baseName).Clone();
        if (encoding is null && file.Name(font, "BaseFont") is { } name && (name.Contains("Symbol", StringComparison.Ordinal) || name.Contains("Wingdings", StringComparison.Ordinal)))
            for (var i = 0x80; i < 256; i++) texts[i] = ((char)(0xF000 + i)).ToString();
        var code = 0;
        foreach (var item in file.Get<List<object?>>(encoding as PdfDictionary, "Differences") ?? [])
        {
            var value = file.Resolve(item);
            if (value is double number) code = (int)Math.Clamp(number, 0, 256);
            else if (value is PdfName glyph && code < 256) texts[code++] = GlyphNames.Text(glyph.Value) ?? "";
        }
        return texts;
    }

    private double ReadSimpleWidths(PdfFile file, PdfDictionary font)
    {
        // glyphs of Type 3 fonts have their own unit
        var scale = file.Name(font, "Subtype") == "Type3" && file.Numbers(font, "FontMatrix", 6) is { } matrix ? Math.Abs(matrix[0]) * 1000 : 1;
        if (file.Get<List<object?>>(font, "Widths") is { Count: > 0 } list)
        {
            var first = file.Int(font, "FirstChar") ?? 0;
            for (var i = 0; i < Math.Min(list.Count, 256); i++)
                if (file.Resolve(list[i]) is double width) widths[first + i] = width * scale;
            return (file.Number(file.Get<PdfDictionary>(font, "FontDescriptor"), "MissingWidth") ?? 0) * scale;
        }
        var name = file.Name(font, "BaseFont") ?? "";
        if (name.Contains("Courier", StringComparison.Ordinal)) return 600;
        var narrower = name.Contains("Times", StringComparison.Ordinal) ? 0.9 : 1;
        for (var i = 0; i < HelveticaWidths.Length; i++) widths[32 + i] = HelveticaWidths[i] * narrower;
        return 556 * narrower;
    }

    /// <summary>"c [w …]" and "first last w" (ISO 32000-1, 9.7.4.3).</summary>
    private void ReadGlyphWidths(PdfFile file, List<object?>? list)
    {
        var left = MostGlyphWidths;
        for (var i = 0; list is not null && i + 1 < list.Count;)
        {
            if (file.Resolve(list[i]) is not double first) return;
            var second = file.Resolve(list[i + 1]);
            if (second is List<object?> each)
            {
                for (var n = 0; n < each.Count; n++)
                    if (file.Resolve(each[n]) is double width) widths[(int)first + n] = width;
                i += 2;
            }
            else if (second is double last && i + 2 < list.Count && file.Resolve(list[i + 2]) is double width)
            {
                for (var glyph = (int)first; glyph <= Math.Min(last, 65535) && left-- > 0; glyph++) widths[glyph] = width;
                i += 3;
            }
            else return;
        }
    }
}
