namespace Anlauf.Intake.Documents;

/// <summary>Sizes beyond which a document is refused instead of read, so that no upload can occupy the server. Far above anything minutes need.</summary>
public static class DocumentLimits
{
    /// <summary>Largest file of any kind, in bytes (scans with many pages are the largest honest ones).</summary>
    public const int FileBytes = 100 * Megabyte;

    /// <summary>Largest plain text or Markdown file, in bytes, and largest text taken out of any document, in characters.</summary>
    public const int TextLength = 20 * Megabyte;

    /// <summary>Largest single stream of a PDF after unpacking, in bytes.</summary>
    public const int PartBytes = 48 * Megabyte;

    /// <summary>Largest XML part of a DOCX or ODT after unpacking, in bytes; a thousand pages stay below it.</summary>
    public const int XmlPartBytes = 24 * Megabyte;

    /// <summary>Most that all parts of one document may unpack to, in bytes.</summary>
    public const int TotalPartBytes = 192 * Megabyte;

    /// <summary>Above this size a part that unpacks to more than <see cref="PackingRatio"/> times its packed size is taken for a bomb.</summary>
    public const int RatioMattersFrom = 8 * Megabyte;

    /// <summary>Largest honest relation of unpacked to packed size; office documents stay below 60.</summary>
    public const int PackingRatio = 300;

    /// <summary>Most characters on one page of a PDF; a dense page has 10,000.</summary>
    public const int PageCharacters = 200_000;

    /// <summary>Deepest nesting of elements or objects; tables in text boxes in tables stay below 60.</summary>
    public const int NestingDepth = 256;

    internal const int Megabyte = 1024 * 1024;
}
