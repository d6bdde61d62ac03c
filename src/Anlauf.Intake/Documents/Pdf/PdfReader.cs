namespace Anlauf.Intake.Documents.Pdf;

/// <summary>Reads the text of PDF files, page by page. A file made of pictures gives an empty text and <see cref="SourceText.IsScan"/>.</summary>
internal static class PdfReader
{
    /// <summary>With fewer letters per page than this, on pages with pictures, a file counts as a scan.</summary>
    private const int FewestCharactersPerPage = 10;

    public static SourceText Read(string fileName, ReadOnlyMemory<byte> content)
    {
        try
        {
            return Read(fileName, new PdfFile(content));
        }
        catch (PdfPasswordException)
        {
            throw Unreadable.Protected(fileName);
        }
        catch (PdfTooLargeException)
        {
            throw Unreadable.UnpacksTooFar(fileName);
        }
        catch (InvalidDataException)
        {
            throw Unreadable.Damaged(fileName, "PDF");
        }
    }

    private static SourceText Read(string fileName, PdfFile file)
    {
        var pages = PdfPages.Of(file);
        if (pages.Count == 0) throw Unreadable.Damaged(fileName, "PDF");
        var reader = new PdfContent(file);
        var lines = new List<IReadOnlyList<PdfLine>>();
        int known = 0, all = 0, invisible = 0;
        var hasPicture = false;
        foreach (var page in pages)
        {
            var found = reader.Run(page);
            known += found.Pieces.Count(piece => !string.IsNullOrWhiteSpace(piece.Text));
            all += found.Characters;
            invisible += found.Invisible;
            hasPicture |= found.HasPicture;
            lines.Add(PdfLines.Of(found.Pieces));
        }
        // letters drawn without telling which they are can only be recognised, like those of a picture
        var isUnreadable = known == 0 || known < all / 3;
        if (isUnreadable || (hasPicture && known < FewestCharactersPerPage * pages.Count)) return new SourceText(fileName, SourceFormat.Pdf, "", IsScan: true);
        var (text, starts) = PdfText.Write(fileName, lines);
        return new SourceText(fileName, SourceFormat.Pdf, text, FromOcr: invisible > all / 2, PageStarts: starts);
    }
}
