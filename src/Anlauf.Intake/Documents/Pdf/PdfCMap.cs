using System.Text;

namespace Anlauf.Intake.Documents.Pdf;

/// <summary>A character map: how the bytes of a string fall into codes, and what text (ToUnicode) or glyph number (encoding) a code stands for (ISO 32000-1, 9.7.5 and 9.10.3).</summary>
internal sealed class PdfCMap
{
    private const int MostOperands = 70_000;
    private const int MostCodeSpaces = 20;
    private int mappingsLeft = 200_000;
    private readonly Dictionary<int, string> texts = [];
    private readonly Dictionary<int, int> glyphs = [];
    private readonly List<(int Length, int First, int Last)> codeSpaces = [];

    public static PdfCMap Parse(byte[] data)
    {
        var map = new PdfCMap();
        var lexer = new PdfLexer(data, readReferences: false);
        var operands = new List<object?>();
        while (true)
        {
            var item = lexer.Read();
            if (item is not PdfKeyword word)
            {
                if (operands.Count < MostOperands) operands.Add(item);
                continue;
            }
            if (ReferenceEquals(word, PdfKeyword.End)) return map;
            map.Take(word.Value, operands);
            operands.Clear();
        }
    }

    public bool HasText => texts.Count > 0;

    public string? Text(int code) => texts.GetValueOrDefault(code);

    public int Glyph(int code) => glyphs.GetValueOrDefault(code);

    /// <summary>The next code of a string: the shortest code space that fits, two bytes where none is declared.</summary>
    public (int Code, int Length) Next(ReadOnlySpan<byte> bytes)
    {
        var code = 0;
        for (var length = 1; length <= Math.Min(4, bytes.Length); length++)
        {
            code = (code << 8) | bytes[length - 1];
            foreach (var (size, first, last) in codeSpaces)
                if (size == length && code >= first && code <= last) return (code, length);
        }
        var width = Math.Min(bytes.Length, codeSpaces.Count > 0 ? codeSpaces.Min(space => space.Length) : 2);
        return (width == 2 ? (bytes[0] << 8) | bytes[1] : bytes[0], width);
    }

    private void Take(string keyword, List<object?> operands)
    {
        switch (keyword)
        {
            case "endcodespacerange":
                for (var i = 0; i + 1 < operands.Count && codeSpaces.Count < MostCodeSpaces; i += 2)
                    if (operands[i] is PdfString low && operands[i + 1] is PdfString high) codeSpaces.Add((low.Bytes.Length, Code(low), Code(high)));
                break;
            case "endbfchar":
                for (var i = 0; i + 1 < operands.Count; i += 2)
                    if (operands[i] is PdfString code && operands[i + 1] is PdfString text) texts[Code(code)] = Utf16(text.Bytes);
                break;
            case "endbfrange":
                for (var i = 0; i + 2 < operands.Count; i += 3)
                    if (operands[i] is PdfString first && operands[i + 1] is PdfString last) AddRange(Code(first), Code(last), operands[i + 2]);
                break;
            case "endcidrange":
                for (var i = 0; i + 2 < operands.Count; i += 3)
                    if (operands[i] is PdfString first && operands[i + 1] is PdfString last && operands[i + 2] is double glyph) AddGlyphs(Code(first), Code(last), (int)glyph);
                break;
            case "endcidchar":
                for (var i = 0; i + 1 < operands.Count; i += 2)
                    if (operands[i] is PdfString code && operands[i + 1] is double glyph) AddGlyphs(Code(code), Code(code), (int)glyph);
                break;
        }
    }

    private void AddRange(int first, int last, object? target)
    {
        if (last < first || last - first > 0xFFFF || (mappingsLeft -= last - first + 1) < 0) return;
        if (target is List<object?> list)
        {
            for (var i = 0; i < list.Count && first + i <= last; i++)
                if (list[i] is PdfString each) texts[first + i] = Utf16(each.Bytes);
        }
        else if (target is PdfString start && Utf16(start.Bytes) is { Length: > 0 } text)
        {
            // the last character counts up
            for (var code = first; code <= last; code++) texts[code] = text[..^1] + (char)(text[^1] + code - first);
        }
    }

    private void AddGlyphs(int first, int last, int glyph)
    {
        if (last < first || last - first > 0xFFFF || (mappingsLeft -= last - first + 1) < 0) return;
        for (var code = first; code <= last; code++) glyphs[code] = glyph + code - first;
    }

    private static int Code(PdfString text)
    {
        var code = 0;
        foreach (var b in text.Bytes) code = (code << 8) | b;
        return code;
    }

    private static string Utf16(byte[] bytes) => bytes.Length == 1 ? ((char)bytes[0]).ToString() : Encoding.BigEndianUnicode.GetString(bytes);
}
