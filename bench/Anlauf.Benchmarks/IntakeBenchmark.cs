using System.Diagnostics;
using System.Text.Json;
using Anlauf.Intake;

namespace Anlauf.Benchmarks;

/// <summary>
/// Throughput and memory of the intake on one core. Input: a JSON-lines file with a text in <c>body</c>. With
/// <c>records</c> instead it prints the records of text files, for scoring without the whole program.
/// </summary>
internal static class IntakeBenchmark
{
    private const int Documents = 5000;

    public static int Measure(string path)
    {
        var texts = File.ReadLines(path).Where(l => l.Length > 0)
            .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("body").GetString()!).ToList();
        foreach (var text in texts) Read("warm-up", text);
        long before = Settled();
        var watch = Stopwatch.StartNew();
        long characters = 0;
        for (var i = 0; i < Documents; i++)
        {
            characters += texts[i % texts.Count].Length;
            Read("bulk", texts[i % texts.Count]);
        }
        watch.Stop();
        long after = Settled();
        Console.WriteLine($"{Documents} documents, {characters / 1e6:0.0} million characters, {watch.Elapsed.TotalSeconds:0.00} s: {Documents / watch.Elapsed.TotalSeconds:0} documents/s on one core");
        Console.WriteLine($"live memory before {before / 1e6:0.0} MB, after {after / 1e6:0.0} MB");
        return 0;
    }

    public static int Records(IEnumerable<string> files)
    {
        foreach (var file in files) Console.WriteLine(RecordJson.Write(IntakeReader.Read(Anlauf.Intake.Documents.DocumentReader.Read(file, File.ReadAllBytes(file))), file));
        return 0;
    }

    private static DocumentRecord Read(string name, string text) => IntakeReader.Read(new(name, SourceFormat.Markdown, text.ReplaceLineEndings("\n")));

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(true);
    }
}
