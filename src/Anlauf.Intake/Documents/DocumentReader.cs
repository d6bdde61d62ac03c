using Anlauf.Intake.Documents.Docx;
using Anlauf.Intake.Documents.Odt;
using Anlauf.Intake.Documents.Pdf;

namespace Anlauf.Intake.Documents;

/// <summary>Turns an uploaded file into text with light Markdown structure. Pure: no network, no other process, no files; safe on hostile input.</summary>
public static class DocumentReader
{
    /// <summary>Reads text, Markdown, DOCX, ODT and PDF. The kind is taken from the content first, then from the name.</summary>
    /// <param name="fileName">Name as uploaded; used for the ending and in messages.</param>
    /// <param name="content">The whole file.</param>
    /// <returns>The text; for a PDF made of pictures an empty text with <see cref="SourceText.IsScan"/>.</returns>
    /// <exception cref="UnreadableDocumentException">The file cannot be read; the German message names file and remedy.</exception>
    public static SourceText Read(string fileName, ReadOnlyMemory<byte> content)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (content.IsEmpty) throw Unreadable.Empty(fileName);
        if (content.Length > DocumentLimits.FileBytes) throw Unreadable.TooLarge(fileName, content.Length, DocumentLimits.FileBytes);
        return FileSignature.Of(content.Span) switch
        {
            FileKind.Pdf => PdfReader.Read(fileName, content),
            FileKind.Zip => ReadPackage(fileName, content),
            FileKind.OleDocument when FileSignature.MentionsEncryptedPackage(content.Span) => throw Unreadable.Protected(fileName),
            FileKind.OleDocument => throw Unreadable.OldWord(fileName),
            FileKind.RichText => throw Unreadable.RichText(fileName),
            FileKind.Picture => throw NotAPicture(fileName),
            FileKind.WebPage => throw Unreadable.WebPage(fileName),
            FileKind.Archive => throw Unreadable.Archive(fileName),
            _ when ClaimedKind(fileName) is { } claimed => throw Unreadable.Damaged(fileName, claimed),
            _ => PlainTextReader.Read(fileName, content.Span),
        };
    }

    private static SourceText ReadPackage(string fileName, ReadOnlyMemory<byte> content)
    {
        using var package = new OfficePackage(fileName, content);
        if (DocxReader.MainPart(package) is { } main) return DocxReader.Read(fileName, package, main);
        if (package.HasBelow("xl/")) throw Unreadable.Spreadsheet(fileName);
        if (package.HasBelow("ppt/")) throw Unreadable.Presentation(fileName);
        if (package.Has("content.xml")) return OdtReader.Read(fileName, package);
        if (ClaimedKind(fileName) is { } claimed) throw Unreadable.Damaged(fileName, claimed);
        throw Unreadable.Archive(fileName);
    }

    private static UnreadableDocumentException NotAPicture(string fileName) =>
        ClaimedKind(fileName) is { } claimed ? Unreadable.NotWhatItsNameSays(fileName, claimed, "ein Bild") : Unreadable.Picture(fileName);

    /// <summary>The document kind a name claims, where the content must then fit.</summary>
    private static string? ClaimedKind(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".docx" or ".docm" => "DOCX",
        ".odt" => "ODT",
        ".pdf" => "PDF",
        _ => null,
    };
}
