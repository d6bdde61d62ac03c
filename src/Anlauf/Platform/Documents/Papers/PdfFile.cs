using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Anlauf.Platform.Documents.Papers;

/// <summary>
/// Writes a PDF 1.7 file (ISO 32000-1): pages of A4 with text in embedded fonts, lines and frames. Text can be searched and copied.
/// Coordinates are points from the upper left corner.
/// </summary>
internal sealed class PdfFile(string title, string author)
{
    public const double PageWidth = 595, PageHeight = 842;
    private readonly List<StringBuilder> pages = [];
    private readonly List<TrueTypeFont> fonts = [];
    private readonly Dictionary<TrueTypeFont, SortedDictionary<ushort, Rune>> used = [];

    public int PageCount => pages.Count;

    public void AddPage() => pages.Add(new());

    public void Text(string text, TrueTypeFont font, double size, double x, double y, double grey = 0, int? page = null)
    {
        if (!fonts.Contains(font))
        {
            fonts.Add(font);
            used[font] = [];
        }
        var hex = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = font.Glyph(rune);
            used[font].TryAdd(glyph, rune);
            hex.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
        }
        Write(page, $"{Number(grey)} g BT /F{fonts.IndexOf(font)} {Number(size)} Tf {Number(x)} {Number(PageHeight - y)} Td <{hex}> Tj ET");
    }

    public void Line(double x1, double y1, double x2, double y2, double width, int? page = null) =>
        Write(page, $"{Number(width)} w {Number(x1)} {Number(PageHeight - y1)} m {Number(x2)} {Number(PageHeight - y2)} l S");

    public void Frame(double x, double y, double width, double height) => Write(null, $"1.2 w {Number(x)} {Number(PageHeight - y - height)} {Number(width)} {Number(height)} re S");

    private void Write(int? page, string operation) => pages[page ?? pages.Count - 1].Append(operation).Append('\n');

    /// <summary>The bytes of the file.</summary>
    public byte[] Save()
    {
        using var stream = new MemoryStream();
        var offsets = new List<long>();
        void Raw(string text) => stream.Write(Encoding.Latin1.GetBytes(text));
        int Object(string content)
        {
            offsets.Add(stream.Position);
            Raw($"{offsets.Count} 0 obj\n{content}\nendobj\n");
            return offsets.Count;
        }
        int Stream(byte[] content, string more = "")
        {
            using var packed = new MemoryStream();
            using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(content);
            offsets.Add(stream.Position);
            Raw($"{offsets.Count} 0 obj\n<< /Length {packed.Length} /Filter /FlateDecode {more}>>\nstream\n");
            packed.WriteTo(stream);
            Raw("\nendstream\nendobj\n");
            return offsets.Count;
        }

        Raw("%PDF-1.7\n%âãÏÓ\n");
        var fontObjects = fonts.Select((font, i) => $"/F{i} {Font(font, Object, Stream)} 0 R").ToList();
        var contents = pages.Select(p => Stream(Encoding.Latin1.GetBytes(p.ToString()))).ToList();
        // the tree of pages follows its pages, whose numbers are known before they are written
        var tree = offsets.Count + pages.Count + 1;
        var leaves = contents.Select(c => Object($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {PageWidth} {PageHeight}] /Contents {c} 0 R /Resources << /Font << {string.Join(' ', fontObjects)} >> >> >>")).ToList();
        Object($"<< /Type /Pages /Count {leaves.Count} /Kids [{string.Join(' ', leaves.Select(l => $"{l} 0 R"))}] >>");
        var catalog = Object($"<< /Type /Catalog /Pages {tree} 0 R /Lang (de-DE) /ViewerPreferences << /DisplayDocTitle true >> >>");
        var info = Object($"<< /Title {Unicode(title)} /Author {Unicode(author)} /Producer (Anlauf) >>");
        var table = stream.Position;
        Raw($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n{string.Concat(offsets.Select(o => o.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n"))}");
        Raw($"trailer\n<< /Size {offsets.Count + 1} /Root {catalog} 0 R /Info {info} 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return stream.ToArray();
    }

    private int Font(TrueTypeFont font, Func<string, int> add, Func<byte[], string, int> addStream)
    {
        var file = addStream(font.File, $"/Length1 {font.File.Length} ");
        var descriptor = add($"<< /Type /FontDescriptor /FontName /{font.Name} /Flags 4 /FontBBox [{string.Join(' ', font.Box)}] /ItalicAngle 0 /Ascent {font.Ascent} /Descent {font.Descent} /CapHeight 700 /StemV 80 /FontFile2 {file} 0 R >>");
        var widths = string.Join(' ', used[font].Keys.Select(g => $"{g} [{font.Width(g)}]"));
        var descendant = add($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{font.Name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /W [{widths}] >>");
        // without this map text could be seen, but neither searched nor copied
        var lines = used[font].Select(u => $"<{u.Key:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(u.Value.ToString()))}>").Chunk(100).Select(c => $"{c.Length} beginbfchar\n{string.Join('\n', c)}\nendbfchar\n");
        var unicode = addStream(Encoding.ASCII.GetBytes("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            + string.Concat(lines) + "endcmap CMapName currentdict /CMap defineresource pop end end\n"), "");
        return add($"<< /Type /Font /Subtype /Type0 /BaseFont /{font.Name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>");
    }

    private static string Unicode(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
