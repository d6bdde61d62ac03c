namespace Anlauf.Intake.Tests;

/// <summary>Reads a piece of text as a document.</summary>
internal static class Texts
{
    public static DocumentRecord Read(string text) => IntakeReader.Read(new("test.md", SourceFormat.Markdown, text.ReplaceLineEndings("\n")));
}
