namespace Anlauf.Intake.Documents.Pdf;

internal static class PdfReader
{
    public static SourceText Read(string fileName, ReadOnlyMemory<byte> content) => throw Unreadable.Damaged(fileName, content.Length > 0 ? "PDF" : "");
}
