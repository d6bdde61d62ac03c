using System.Diagnostics;

namespace Anlauf.Intake.Tests;

public class HostileTextTests
{
    [Fact]
    public void A_line_of_fifty_million_characters_is_refused_at_once()
    {
        var watch = Stopwatch.StartNew();
        Should.Throw<UnreadableDocumentException>(() => Texts.Read(new string('a', 50_000_000))).Message.ShouldContain("höchstens 5.000.000");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("Ja: 1 Nein: 2 ")]
    [InlineData("((((((((((")]
    [InlineData("Der Vorstand wird wird ")]
    [InlineData("1. 2. 3. 4. ")]
    [InlineData("Anwesend: A, B, ")]
    [InlineData("* * * * [")]
    [InlineData("Anna Anna Anna e ")]
    public void A_long_line_of_repeated_pieces_is_read_in_seconds(string piece)
    {
        var watch = Stopwatch.StartNew();
        Texts.Read("# Protokoll\n\n" + string.Concat(Enumerable.Repeat(piece, 150_000 / piece.Length)));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void An_empty_document_names_the_remedy() =>
        Should.Throw<UnreadableDocumentException>(() => Texts.Read(" \n ")).Message.ShouldContain("Texterkennung");
}
