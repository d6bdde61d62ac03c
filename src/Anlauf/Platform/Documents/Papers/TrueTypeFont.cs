using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace Anlauf.Platform.Documents.Papers;

/// <summary>
/// What a PDF needs to know of a TrueType font: the glyph of each character and its width (OpenType specification 1.9, tables head, hhea, hmtx, cmap).
/// The house's fonts are embedded by the build; they have all letters of German and Sorbian.
/// </summary>
internal sealed class TrueTypeFont
{
    private readonly FrozenDictionary<int, ushort> glyphs;
    private readonly ushort[] widths;

    private TrueTypeFont(string name, byte[] file)
    {
        (Name, File) = (name, file);
        var (head, hhea, hmtx) = (Table("head"), Table("hhea"), Table("hmtx"));
        var unitsPerEm = Word(head + 18);
        double Scaled(int units) => units * 1000.0 / unitsPerEm;
        Box = [.. Enumerable.Range(0, 4).Select(i => (int)Scaled((short)Word(head + 36 + 2 * i)))];
        (Ascent, Descent) = ((int)Scaled((short)Word(hhea + 4)), (int)Scaled((short)Word(hhea + 6)));
        widths = [.. Enumerable.Range(0, Word(hhea + 34)).Select(i => (ushort)Math.Round(Scaled(Word(hmtx + 4 * i))))];
        glyphs = ReadCharacterMap().ToFrozenDictionary();
    }

    /// <summary>Name in the PDF.</summary>
    public string Name { get; }
    public byte[] File { get; }
    /// <summary>Bounding box, ascent and descent in thousandths of the size.</summary>
    public int[] Box { get; }
    public int Ascent { get; }
    public int Descent { get; }

    public static TrueTypeFont Sans { get; } = Load("print-sans");
    public static TrueTypeFont SansBold { get; } = Load("print-sans-bold");
    public static TrueTypeFont Serif { get; } = Load("print-serif");

    /// <summary>Glyph of a character; 0, the empty box, where the font has none.</summary>
    public ushort Glyph(Rune character) => glyphs.GetValueOrDefault(character.Value);

    /// <summary>Advance width of a glyph in thousandths of the size.</summary>
    public int Width(ushort glyph) => widths[Math.Min(glyph, widths.Length - 1)];

    /// <summary>Width of a text in points.</summary>
    public double Width(string text, double size) => text.EnumerateRunes().Sum(r => Width(Glyph(r))) * size / 1000;

    private static TrueTypeFont Load(string name)
    {
        using var stream = typeof(TrueTypeFont).Assembly.GetManifestResourceStream($"assets/{name}.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(name, bytes);
    }

    private int Table(string tag)
    {
        for (var i = 0; i < Word(4); i++)
            if (Encoding.ASCII.GetString(File, 12 + 16 * i, 4) == tag) return Long(12 + 16 * i + 8);
        throw new InvalidDataException($"the font {Name} has no table {tag}");
    }

    // format 4 covers the first 65,536 characters, which is all that a German text needs
    private Dictionary<int, ushort> ReadCharacterMap()
    {
        var cmap = Table("cmap");
        var start = Enumerable.Range(0, Word(cmap + 2)).Select(i => cmap + Long(cmap + 4 + 8 * i + 4)).First(at => Word(at) == 4);
        var segments = Word(start + 6) / 2;
        var map = new Dictionary<int, ushort>();
        for (var s = 0; s < segments; s++)
        {
            var (last, first) = (Word(start + 14 + 2 * s), Word(start + 16 + 2 * (segments + s)));
            var (delta, offsetAt) = (Word(start + 16 + 2 * (2 * segments + s)), start + 16 + 2 * (3 * segments + s));
            for (int c = first; c <= last && c < 0xFFFF; c++)
            {
                var glyph = Word(offsetAt) == 0 ? (ushort)(c + delta) : Word(offsetAt + Word(offsetAt) + 2 * (c - first)) is var g and > 0 ? (ushort)(g + delta) : (ushort)0;
                if (glyph > 0) map[c] = glyph;
            }
        }
        return map;
    }

    private ushort Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(File.AsSpan(at));
    private int Long(int at) => (int)BinaryPrimitives.ReadUInt32BigEndian(File.AsSpan(at));
}
