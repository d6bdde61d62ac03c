using System.Text;

namespace Anlauf.Planning.Instances;

/// <summary>
/// Text files as they come: UTF-8, with or without a mark at the beginning. Other encodings are refused by line and place, because
/// damaged umlauts would otherwise end up in plans unnoticed.
/// </summary>
internal static class TextFile
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text of the file.</summary>
    /// <exception cref="PlanInputException">the file cannot be read, is empty, binary or not UTF-8</exception>
    public static string Read(string path)
    {
        var bytes = Bytes(path);
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF], text = bytes;
        if (text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new PlanInputException(path, null, null, "Die Datei ist in UTF-16 geschrieben. Bitte als UTF-8 speichern.");
        if (text.StartsWith(mark)) text = text[mark.Length..];
        if (text.Trim(" \t\r\n"u8).IsEmpty) throw new PlanInputException(path, null, null, "Die Datei ist leer. Bitte prüfen, ob sie vollständig gespeichert wurde.");
        if (text.IndexOf((byte)0) is var zero and >= 0) throw new PlanInputException(path, Line(text, zero), null, "Das ist keine Textdatei. Bitte prüfen, ob der Pfad stimmt.");
        try
        {
            return s_strict.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            var at = Invalid(text);
            throw new PlanInputException(path, Line(text, at), null, $"Das Zeichen {Place(text, at)} ist nicht in UTF-8 geschrieben (Umlaute aus Latin-1 oder Windows?). Bitte die Datei als UTF-8 speichern.");
        }
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new PlanInputException(path, null, null, "Die Datei lässt sich nicht lesen. Bitte Pfad und Rechte prüfen.");
        }
    }

    private static int Line(ReadOnlySpan<byte> text, int at) => text[..at].Count((byte)'\n') + 1;

    private static int Place(ReadOnlySpan<byte> text, int at) => s_strict.GetCharCount(text[(text[..at].LastIndexOf((byte)'\n') + 1)..at]) + 1;

    /// <summary>Where the first byte stands that belongs to no character.</summary>
    private static int Invalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }
}
