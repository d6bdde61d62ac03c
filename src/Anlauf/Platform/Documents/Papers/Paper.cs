namespace Anlauf.Platform.Documents.Papers;

/// <summary>A text that leaves the house on paper or as a file: a resolution's official copy, minutes. Written as PDF and DOCX from one description.</summary>
/// <param name="Organisation">First line of the head.</param>
/// <param name="Body">Second line: division and body.</param>
/// <param name="Title">Heading, also the title of the file.</param>
/// <param name="Stamp">A word in a frame at the top („vorläufig“), or null.</param>
/// <param name="Facts">Labelled lines below the heading; an empty value prints „–“.</param>
/// <param name="Sections">Headed parts; one without text prints „–“.</param>
/// <param name="Signature">Place and date of the signature with whoever certifies, or null.</param>
/// <param name="Footer">Where the text lives („/sitzungen/beschluesse/…“).</param>
public sealed record Paper(string Organisation, string Body, string Title, string? Stamp, IReadOnlyList<(string Label, string? Value)> Facts, IReadOnlyList<PaperSection> Sections, (string Place, string? Name)? Signature, string Footer);

/// <param name="Heading">Heading of the part.</param>
/// <param name="Paragraphs">Its paragraphs.</param>
/// <param name="IsWording">True for text that was decided word for word: set in the serif.</param>
public sealed record PaperSection(string Heading, IReadOnlyList<string> Paragraphs, bool IsWording = false)
{
    /// <summary>The part from one text, a paragraph for each line.</summary>
    public static PaperSection Of(string heading, string? text, bool isWording = false) =>
        new(heading, (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), isWording);

    internal IReadOnlyList<string> Printed => Paragraphs.Count == 0 ? ["–"] : Paragraphs;
}
