using System.Text.RegularExpressions;
using Anlauf.Intake;
using Anlauf.Intake.Documents;
using Anlauf.Platform.Documents;
using Anlauf.Testing;

namespace Anlauf.Tests.Documents;

public sealed class TesseractOcrTests
{
    private static readonly TesseractOcr Ocr = new();

    [SkippableFact]
    public async Task A_scan_is_recognised_almost_word_for_word()
    {
        Skip.IfNot(Ocr.IsAvailable, "needs tesseract with deu, and poppler-utils");
        var scan = File.ReadAllBytes(SharedData.PathTo("minutes/makerspace-gt-mv-2018-04-11.scan.pdf"));
        var pages = new List<OcrProgress>();

        var recognised = await Ocr.RecogniseAsync("scan.pdf", scan, new Collector(pages));

        recognised.FromOcr.ShouldBeTrue();
        recognised.PageStarts!.Count.ShouldBe(2);
        pages.ShouldBe([new OcrProgress(1, 2), new OcrProgress(2, 2)]);
        var written = Words(DocumentReader.Read("a.pdf", File.ReadAllBytes(SharedData.PathTo("minutes/makerspace-gt-mv-2018-04-11.pdf"))).Text);
        var found = Words(recognised.Text).ToHashSet();
        (written.Count(found.Contains) / (double)written.Length).ShouldBeGreaterThan(0.95);
    }

    [SkippableFact]
    public async Task A_file_that_cannot_be_drawn_names_the_remedy()
    {
        Skip.IfNot(Ocr.IsAvailable, "needs tesseract with deu, and poppler-utils");
        var refusal = await Should.ThrowAsync<UnreadableDocumentException>(() => Ocr.RecogniseAsync("kaputt.pdf", "kein PDF"u8.ToArray()));
        refusal.Message.ShouldContain("„kaputt.pdf“ lassen sich nicht darstellen");
    }

    [SkippableFact]
    public async Task Without_the_programs_the_message_says_what_is_missing()
    {
        Skip.If(Ocr.IsAvailable, "the programs are installed here");
        var refusal = await Should.ThrowAsync<UnreadableDocumentException>(() => Ocr.RecogniseAsync("scan.pdf", new byte[1]));
        refusal.Message.ShouldContain("keine Texterkennung eingerichtet");
    }

    [SkippableFact]
    public async Task Recognition_ends_when_it_is_called_off()
    {
        Skip.IfNot(Ocr.IsAvailable, "needs tesseract with deu, and poppler-utils");
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Ocr.RecogniseAsync("scan.pdf", new byte[10], null, cancel.Token));
    }

    private static string[] Words(string text) => [.. Regex.Matches(text, @"[\p{L}\p{N}]+").Select(match => match.Value)];

    private sealed class Collector(List<OcrProgress> seen) : IProgress<OcrProgress>
    {
        public void Report(OcrProgress value) => seen.Add(value);
    }
}
