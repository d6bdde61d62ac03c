using System.Text;

namespace Anlauf.Intake.Documents;

internal enum FileKind { Unknown, Pdf, Zip, OleDocument, RichText, Picture, WebPage, Archive }

/// <summary>What a file is by its first bytes, whatever its name says.</summary>
internal static class FileSignature
{
    public static FileKind Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("PK\x03\x04"u8) || content.StartsWith("PK\x05\x06"u8)) return FileKind.Zip;
        if (content.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) return FileKind.OleDocument;
        if (content.StartsWith("{\\rtf"u8)) return FileKind.RichText;
        if (IsPicture(content)) return FileKind.Picture;
        if (content.StartsWith<byte>([0x1F, 0x8B]) || content.StartsWith<byte>([(byte)'7', (byte)'z', 0xBC, 0xAF]) || content.StartsWith("Rar!"u8)) return FileKind.Archive;
        // readers accept rubbish before the header (mail gateways put it there); a text that speaks of PDF does not begin a line so
        if (content.StartsWith("%PDF-"u8) || HasPdfHeader(content[..Math.Min(content.Length, 1024)])) return FileKind.Pdf;
        return IsWebPage(content) ? FileKind.WebPage : FileKind.Unknown;
    }

    /// <summary>Word keeps a password-protected DOCX inside an old-style container with this stream name (UTF-16).</summary>
    public static bool MentionsEncryptedPackage(ReadOnlySpan<byte> content) =>
        content.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0;

    private static bool HasPdfHeader(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("%PDF-1."u8);
        return at >= 0 && (at == 0 || head[at - 1] is (byte)'\n' or (byte)'\r' || head[..at].Contains((byte)0));
    }

    private static bool IsPicture(ReadOnlySpan<byte> content) =>
        content.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G'])
        || content.StartsWith<byte>([0xFF, 0xD8, 0xFF])
        || content.StartsWith("GIF8"u8)
        || content.StartsWith("II*\0"u8) || content.StartsWith("MM\0*"u8)
        || (content.StartsWith("RIFF"u8) && content.Length > 12 && content[8..].StartsWith("WEBP"u8))
        || (content.Length > 12 && content[4..].StartsWith("ftyp"u8))
        || Head(content) is var head && (head.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) || (head.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && head.Contains("<svg", StringComparison.OrdinalIgnoreCase)));

    private static string Head(ReadOnlySpan<byte> content) => Encoding.Latin1.GetString(content[..Math.Min(content.Length, 256)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');

    private static bool IsWebPage(ReadOnlySpan<byte> content)
    {
        var head = Head(content);
        return head.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || head.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
