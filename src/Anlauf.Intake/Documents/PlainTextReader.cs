using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Anlauf.Intake.Documents;

/// <summary>Reads text and Markdown files of any usual encoding: UTF-8 with or without mark, UTF-16 with mark, otherwise Windows-1252 (which contains Latin-1).</summary>
internal static class PlainTextReader
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static SourceText Read(string fileName, ReadOnlySpan<byte> content)
    {
        if (content.Length > DocumentLimits.TextLength)
            throw Unreadable.TooLarge(fileName, content.Length, DocumentLimits.TextLength);
        var text = Decode(fileName, content);
        if (string.IsNullOrWhiteSpace(text)) throw Unreadable.Empty(fileName);
        RefuseBinary(fileName, text);
        var format = Path.GetExtension(fileName).ToLowerInvariant() is ".md" or ".markdown" ? SourceFormat.Markdown : SourceFormat.PlainText;
        return new SourceText(fileName, format, TextCleaning.Clean(text));
    }

    private static string Decode(string fileName, ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(Encoding.UTF8.Preamble)) return Encoding.UTF8.GetString(content[3..]);
        if (content.StartsWith(Encoding.Unicode.Preamble)) return Encoding.Unicode.GetString(content[2..]);
        if (content.StartsWith(Encoding.BigEndianUnicode.Preamble)) return Encoding.BigEndianUnicode.GetString(content[2..]);
        if (content.Contains((byte)0)) throw Unreadable.NotText(fileName);
        return LooksLikeUtf8(content) ? Encoding.UTF8.GetString(content) : Windows1252.GetString(content);
    }

    /// <summary>Valid UTF-8, or UTF-8 with a few broken places (a cut last character, one pasted line): far more whole sequences than broken ones.</summary>
    private static bool LooksLikeUtf8(ReadOnlySpan<byte> content)
    {
        if (Utf8.IsValid(content)) return true;
        int whole = 0, broken = 0;
        for (var i = 0; i < content.Length;)
        {
            if (content[i] < 0x80) { i++; continue; }
            var status = Rune.DecodeFromUtf8(content[i..], out _, out var consumed);
            // a character cut off by the end of the file speaks neither way
            if (status == OperationStatus.NeedMoreData) break;
            if (status == OperationStatus.Done) whole++;
            else broken++;
            i += Math.Max(1, consumed);
        }
        return whole > 4 * broken;
    }

    private static void RefuseBinary(string fileName, string text)
    {
        var controls = 0;
        foreach (var c in text)
        {
            if (c == '\0') throw Unreadable.NotText(fileName);
            if (c < ' ' && c is not ('\n' or '\r' or '\t' or '\f' or '\v')) controls++;
        }
        if (controls * 100L > text.Length) throw Unreadable.NotText(fileName);
    }
}
