using System.IO.Compression;
using System.Text;

namespace Anlauf.Intake.Tests.Documents;

/// <summary>Builds small office documents in memory.</summary>
internal static class Packages
{
    private const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

    private const string Odf = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
        + "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\"";

    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return stream.ToArray();
    }

    public static byte[] Docx(string body, string? numbering = null, string? styles = null, string? footnotes = null)
    {
        List<(string, string)> parts = [("[Content_Types].xml", "<Types/>"), ("word/document.xml", $"<w:document {W}><w:body>{body}</w:body></w:document>")];
        if (numbering is not null) parts.Add(("word/numbering.xml", $"<w:numbering {W}>{numbering}</w:numbering>"));
        if (styles is not null) parts.Add(("word/styles.xml", $"<w:styles {W}>{styles}</w:styles>"));
        if (footnotes is not null) parts.Add(("word/footnotes.xml", $"<w:footnotes {W}>{footnotes}</w:footnotes>"));
        return Zip([.. parts]);
    }

    public static byte[] Odt(string body, string styles = "") => Zip(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", $"<office:document-content {Odf}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"));
}
