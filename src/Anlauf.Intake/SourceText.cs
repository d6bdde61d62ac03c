namespace Anlauf.Intake;

/// <summary>Kind of file a text was taken from.</summary>
public enum SourceFormat { PlainText, Markdown, Docx, Odt, Pdf }

/// <summary>
/// Text of a document with light Markdown structure kept or restored (<c>#</c> headings, <c>- </c> and <c>1. </c> bullets,
/// <c>|</c> table rows), line ends LF. All spans of a record are offsets into <paramref name="Text"/>.
/// </summary>
/// <param name="FileName">Name or path as given by the caller.</param>
/// <param name="Format">Where the text came from.</param>
/// <param name="Text">The text itself.</param>
/// <param name="IsScan">The file held page images instead of text.</param>
/// <param name="FromOcr">The text was recognised from images and may contain reading errors.</param>
/// <param name="PageStarts">Offset of the first character of every page, ascending, where the format has pages.</param>
public sealed record SourceText(
    string FileName,
    SourceFormat Format,
    string Text,
    bool IsScan = false,
    bool FromOcr = false,
    IReadOnlyList<int>? PageStarts = null);

/// <summary>A document cannot be read; the message is German, for people, and names the remedy.</summary>
public sealed class UnreadableDocumentException(string germanMessage) : Exception(germanMessage);
