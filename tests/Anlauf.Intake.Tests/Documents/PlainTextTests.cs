using System.Text;
using Anlauf.Intake.Documents;

namespace Anlauf.Intake.Tests.Documents;

public sealed class PlainTextTests
{
    private const string Minutes = "# Protokoll\n\nÄnderung der Geschäftsordnung – „beschlossen“ für 300 €\n";

    static PlainTextTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("windows-1252", false)]
    public void Every_usual_encoding_gives_the_same_text(string encodingName, bool withMark)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        byte[] content = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Minutes)];
        DocumentReader.Read("protokoll.txt", content).Text.ShouldBe(Minutes);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_become_LF(string lineEnd) =>
        DocumentReader.Read("a.md", Encoding.UTF8.GetBytes(Minutes.Replace("\n", lineEnd))).Text.ShouldBe(Minutes);

    [Fact]
    public void The_ending_tells_Markdown_from_plain_text()
    {
        DocumentReader.Read("a.md", Encoding.UTF8.GetBytes(Minutes)).Format.ShouldBe(SourceFormat.Markdown);
        DocumentReader.Read("a.textile", Encoding.UTF8.GetBytes(Minutes)).Format.ShouldBe(SourceFormat.PlainText);
    }

    [Fact]
    public void A_character_cut_off_at_the_end_does_not_turn_umlauts_into_rubbish() =>
        DocumentReader.Read("a.txt", Encoding.UTF8.GetBytes("Die Änderung für Köln und Düsseldorf ist beschlossen ü")[..^1]).Text.ShouldStartWith("Die Änderung für Köln und Düsseldorf");

    [Fact]
    public void Umlauts_typed_on_a_Mac_are_composed() =>
        DocumentReader.Read("a.txt", Encoding.UTF8.GetBytes("Beschlu\u00DF u\u0308ber A\u0308nderung")).Text.ShouldBe("Beschluß über Änderung");

    [Fact]
    public void Front_matter_is_kept() =>
        DocumentReader.Read("antrag.md", "---\nstatus: angenommen\n---\nText"u8.ToArray()).Text.ShouldBe("---\nstatus: angenommen\n---\nText");

    [SkippableFact]
    public void Real_Markdown_minutes_come_through_unchanged()
    {
        foreach (var path in Directory.GetFiles(Anlauf.Testing.SharedData.PathTo("minutes"), "*.md"))
        {
            var written = File.ReadAllText(path).ReplaceLineEndings("\n").Normalize().Replace("\u00AD", "").Replace("\u200B", "").Replace("\uFEFF", "");
            DocumentReader.Read(path, File.ReadAllBytes(path)).Text.ShouldBe(written, path);
        }
    }

    [Fact]
    public void A_file_with_zero_bytes_inside_is_no_text() =>
        Should.Throw<UnreadableDocumentException>(() => DocumentReader.Read("a.txt", "Prot\0okoll"u8.ToArray())).Message.ShouldContain("„a.txt“ enthält keinen lesbaren Text");

    [Fact]
    public void Fifty_megabytes_of_text_are_refused_with_size_and_remedy()
    {
        var content = new byte[50 * 1024 * 1024];
        Array.Fill(content, (byte)'a');
        var message = Should.Throw<UnreadableDocumentException>(() => DocumentReader.Read("lang.txt", content)).Message;
        message.ShouldContain("50 MB");
        message.ShouldContain("höchstens 20 MB");
        message.ShouldContain("Teilen Sie das Dokument");
    }
}
