using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Anlauf.Intake.Tests.Documents;

/// <summary>Builds small PDF files in memory, whole or broken in a chosen place.</summary>
internal sealed class Pdfs
{
    public const string Catalogue = "<< /Type /Catalog /Pages 2 0 R >>";
    public const string Pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> >>";
    public const string Page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>";
    public const string Helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

    private readonly MemoryStream file = new();
    private readonly SortedDictionary<int, long> offsets = [];

    public Pdfs() => Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");

    public long Length => file.Length;

    public static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>One page whose content stream is given, with the font <c>/F</c>.</summary>
    public static byte[] WithContent(string content, string font = Helvetica, params (int Number, string Body)[] more) => WithStream(Latin(content), "", font, more);

    public static byte[] WithStream(byte[] content, string entries, string font = Helvetica, params (int Number, string Body)[] more)
    {
        var pdf = new Pdfs().Object(1, Catalogue).Object(2, Pages).Object(3, Page).Stream(4, entries, content).Object(5, font);
        foreach (var (number, body) in more) pdf.Object(number, body);
        return pdf.Finish();
    }

    /// <summary>Lines at the given places: "BT … (text) Tj ET".</summary>
    public static string Text(double x, double y, string text, double size = 11) =>
        string.Create(CultureInfo.InvariantCulture, $"BT /F {size} Tf {x} {y} Td ({text.Replace("\\", "\\\\").Replace("(", "\\(").Replace(")", "\\)")}) Tj ET\n");

    public Pdfs Object(int number, string body)
    {
        offsets[number] = file.Length;
        return Write($"{number} 0 obj\n{body}\nendobj\n");
    }

    public Pdfs Stream(int number, string entries, byte[] data)
    {
        offsets[number] = file.Length;
        Write($"{number} 0 obj\n<< {entries} /Length {data.Length} >>\nstream\n");
        file.Write(data);
        return Write("\nendstream\nendobj\n");
    }

    public Pdfs Write(string text)
    {
        file.Write(Latin(text));
        return this;
    }

    /// <summary>Closes with a classic table over the objects written since the last one.</summary>
    public Pdfs Table(string trailer = "/Root 1 0 R /Size 20")
    {
        var start = file.Length;
        Write("xref\n");
        foreach (var (number, offset) in offsets) Write(string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{offset:0000000000} 00000 n \n"));
        offsets.Clear();
        return Write($"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    }

    public byte[] Finish() => Table().ToArray();

    public byte[] ToArray() => file.ToArray();

    public long Offset(int number) => offsets[number];

    public static byte[] Deflate(byte[] data)
    {
        var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) stream.Write(data);
        return packed.ToArray();
    }
}
