using System.Diagnostics;
using Anlauf.Testing;

namespace Anlauf.Intake.Tests;

public class HostileTextTests
{
    [Fact]
    public void A_line_of_fifty_million_characters_is_refused_at_once()
    {
        var watch = Stopwatch.StartNew();
        Should.Throw<UnreadableDocumentException>(() => Texts.Read(new string('a', 50_000_000))).Message.ShouldContain("höchstens 5.000.000");
        watch.Elapsed.ShouldBeLessThan(Quiet.Limit(3));
    }

    [Theory]
    [InlineData("Ja: 1 Nein: 2 ")]
    [InlineData("((((((((((")]
    [InlineData("Der Vorstand wird wird ")]
    [InlineData("1. 2. 3. 4. ")]
    [InlineData("Anwesend: A, B, ")]
    [InlineData("* * * * [")]
    [InlineData("Anna Anna Anna e ")]
    public void A_long_line_of_repeated_pieces_is_read_or_refused_in_seconds(string piece)
    {
        var watch = Stopwatch.StartNew();
        // on a busy machine the time limit of a rule may run out: then the answer is a refusal in words, never a hang
        try { Texts.Read("# Protokoll\n\n" + string.Concat(Enumerable.Repeat(piece, 150_000 / piece.Length))); }
        catch (UnreadableDocumentException e) { e.Message.ShouldContain("nicht in angemessener Zeit"); }
        watch.Elapsed.ShouldBeLessThan(Quiet.Limit(10));
    }

    [Fact]
    public void An_empty_document_names_the_remedy() =>
        Should.Throw<UnreadableDocumentException>(() => Texts.Read(" \n ")).Message.ShouldContain("Texterkennung");
}
