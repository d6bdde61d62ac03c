using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Anlauf.Intake;

namespace Anlauf.Platform.Documents;

/// <summary>How far the recognition of a scan has come.</summary>
/// <param name="Page">Pages done.</param>
/// <param name="Pages">Pages in all.</param>
public readonly record struct OcrProgress(int Page, int Pages);

/// <summary>Recognises the text of scanned PDF files with Tesseract (German) and pdftoppm, where both are installed on the server. Nothing leaves the machine.</summary>
public sealed partial class TesseractOcr
{
    /// <summary>Most pages of one scan; more are refused, so that one upload cannot occupy the server for hours.</summary>
    public const int MostPages = 200;

    /// <summary>Longer edge of the picture of a page in pixels: A4 at 300 dots per inch, whatever size the file claims.</summary>
    private const int PixelsOfLongEdge = 3508;

    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PerPage = TimeSpan.FromMinutes(2);
    private readonly Lazy<Task<bool>> available = new(LookForProgramsAsync);

    /// <summary>Whether Tesseract with German and the tools to draw PDF pages are installed; found out once.</summary>
    public bool IsAvailable => available.Value.GetAwaiter().GetResult();

    /// <summary>Draws every page and recognises its text.</summary>
    /// <param name="fileName">Name for the result and for messages.</param>
    /// <param name="pdf">The whole file.</param>
    /// <param name="progress">Told after every page.</param>
    /// <param name="ct">Ends the running programs.</param>
    /// <returns>The text with <see cref="SourceText.FromOcr"/> and the start of every page.</returns>
    /// <exception cref="UnreadableDocumentException">The programs are missing, the file cannot be drawn, has too many pages, or no text is found.</exception>
    public async Task<SourceText> RecogniseAsync(string fileName, ReadOnlyMemory<byte> pdf, IProgress<OcrProgress>? progress = null, CancellationToken ct = default)
    {
        if (!await available.Value) throw new UnreadableDocumentException(
            $"Die Datei „{fileName}“ besteht aus eingescannten Seiten, und auf diesem Server ist keine Texterkennung eingerichtet. Laden Sie das Dokument als DOCX, ODT oder PDF mit Text hoch, oder lassen Sie Tesseract mit deutscher Sprache und poppler-utils einrichten.");
        var folder = Directory.CreateTempSubdirectory("anlauf-scan-");
        try
        {
            var file = Path.Combine(folder.FullName, "scan.pdf");
            await File.WriteAllBytesAsync(file, pdf, ct);
            var pages = await CountPagesAsync(file, ct) ?? throw NotDrawn(fileName);
            if (pages > MostPages) throw new UnreadableDocumentException(
                $"Die Datei „{fileName}“ hat {pages} eingescannte Seiten; höchstens {MostPages} können auf einmal erkannt werden. Teilen Sie das Dokument.");
            return await RecognisePagesAsync(fileName, folder, file, pages, progress, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<SourceText> RecognisePagesAsync(string fileName, DirectoryInfo folder, string file, int pages, IProgress<OcrProgress>? progress, CancellationToken ct)
    {
        var text = new StringBuilder();
        var starts = new List<int>();
        for (var page = 1; page <= pages; page++)
        {
            var number = page.ToString(CultureInfo.InvariantCulture);
            var picture = Path.Combine(folder.FullName, "page");
            string[] draw = ["-f", number, "-l", number, "-singlefile", "-scale-to", PixelsOfLongEdge.ToString(CultureInfo.InvariantCulture), "-gray", "-png", file, picture];
            if (await ExternalProgram.RunAsync("pdftoppm", draw, PerPage, ct) is null) throw NotDrawn(fileName);
            var recognised = await ExternalProgram.RunAsync("tesseract", [picture + ".png", "stdout", "-l", "deu", "--dpi", "300"], PerPage, ct)
                ?? throw new UnreadableDocumentException($"Seite {page} der Datei „{fileName}“ konnte nicht erkannt werden. Scannen Sie sie mit 300 dpi in Schwarzweiß oder Grau neu ein.");
            if (text.Length > 0) text.Append("\n\n");
            starts.Add(text.Length);
            text.Append(recognised.ReplaceLineEndings("\n").Replace("\f", "", StringComparison.Ordinal).Trim().Normalize());
            progress?.Report(new OcrProgress(page, pages));
        }
        if (string.IsNullOrWhiteSpace(text.ToString())) throw new UnreadableDocumentException(
            $"Auf den Seiten der Datei „{fileName}“ wurde kein Text erkannt. Prüfen Sie, ob die Seiten richtig herum liegen, und scannen Sie sie mit 300 dpi neu ein.");
        return new SourceText(fileName, SourceFormat.Pdf, text.Append('\n').ToString(), IsScan: true, FromOcr: true, PageStarts: starts);
    }

    private static async Task<bool> LookForProgramsAsync()
    {
        var languages = await ExternalProgram.RunAsync("tesseract", ["--list-langs"], Brief, CancellationToken.None);
        return languages?.Split('\n').Any(line => line.Trim() == "deu") == true
            && await ExternalProgram.RunAsync("pdftoppm", ["-v"], Brief, CancellationToken.None) is not null
            && await ExternalProgram.RunAsync("pdfinfo", ["-v"], Brief, CancellationToken.None) is not null;
    }

    private static async Task<int?> CountPagesAsync(string file, CancellationToken ct) =>
        await ExternalProgram.RunAsync("pdfinfo", [file], Brief, ct) is { } info && PageCount().Match(info) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    private static UnreadableDocumentException NotDrawn(string fileName) =>
        new($"Die Seiten der Datei „{fileName}“ lassen sich nicht darstellen. Öffnen Sie sie in einem PDF-Programm, speichern Sie sie neu und laden Sie sie noch einmal hoch.");

    [GeneratedRegex(@"^Pages:\s+(\d{1,6})", RegexOptions.Multiline)]
    private static partial Regex PageCount();
}
