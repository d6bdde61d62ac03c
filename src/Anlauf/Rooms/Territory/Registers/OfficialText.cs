using System.Text;
using System.Text.Unicode;
using Anlauf.Elections;

namespace Anlauf.Rooms.Territory.Registers;

/// <summary>Reads text files of authorities, whose encoding is UTF-8 in some years and Windows-1252 in others.</summary>
internal static class OfficialText
{
    /// <summary>Largest text file that is read; the directory of all Germany has 3.5 MB.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The whole text, with line ends as in the file.</summary>
    /// <exception cref="UnreadableFileException">The file is too large or binary.</exception>
    public static string Read(Stream stream)
    {
        var bytes = ReadBytes(stream, MaxBytes);
        var body = bytes.AsSpan();
        if (body.StartsWith(Encoding.UTF8.Preamble)) body = body[3..];
        if (body.Contains((byte)0)) throw new UnreadableFileException("Die Datei ist keine Textdatei. Bitte wählen Sie die unveränderte Datei der Quelle; gepackte Dateien (.zip) vorher entpacken.");
        // a file cut off inside a letter is still UTF-8, so only whole lines decide
        var whole = body[..(body.LastIndexOf((byte)'\n') + 1)];
        return (Utf8.IsValid(whole.IsEmpty ? body : whole) ? Encoding.UTF8 : Windows1252).GetString(body);
    }

    /// <summary>All bytes of the stream, refused beyond the limit.</summary>
    public static byte[] ReadBytes(Stream stream, int limit)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81_920];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > limit) throw new UnreadableFileException($"Die Datei ist größer als {limit / 1024 / 1024} MB und wurde deshalb nicht gelesen. Bitte prüfen Sie, ob es die richtige Datei ist.");
        }
        return buffer.ToArray();
    }
}
