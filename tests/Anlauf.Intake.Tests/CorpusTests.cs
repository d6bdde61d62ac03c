using System.Text.Json;
using Anlauf.Testing;

namespace Anlauf.Intake.Tests;

/// <summary>Real public documents beside the checkout: nothing fails, nothing is invented, every value stands where its span says.</summary>
public class CorpusTests
{
    [SkippableFact]
    public void No_value_of_the_real_minutes_is_invented()
    {
        var files = Directory.GetFiles(SharedData.PathTo("minutes")).Where(f => f.EndsWith(".md", StringComparison.Ordinal) || f.EndsWith(".textile", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(20);
        foreach (var file in files.Where(f => !f.EndsWith("SOURCES.md", StringComparison.Ordinal)))
            NothingInvented(IntakeReader.Read(new(file, SourceFormat.Markdown, File.ReadAllText(file).ReplaceLineEndings("\n"))));
    }

    [SkippableFact]
    public void No_value_of_the_bulk_motions_is_invented()
    {
        var count = 0;
        foreach (var line in File.ReadLines(SharedData.PathTo("minutes/bulk/spd-berlin-antraege-2014-2021.jsonl")))
        {
            using var motion = JsonDocument.Parse(line);
            var text = motion.RootElement.GetProperty("body").GetString()!;
            NothingInvented(IntakeReader.Read(new(motion.RootElement.GetProperty("file").GetString()!, SourceFormat.Markdown, text)));
            count++;
        }
        count.ShouldBe(358);
    }

    internal static void NothingInvented(DocumentRecord record)
    {
        var text = Squeeze(record.Source.Text);
        foreach (var person in record.Present.Concat(record.Excused).Concat(record.Guests).Concat(record.Chair).Concat(record.MinuteTaker).Concat(record.Originators))
        {
            foreach (var word in person.Value.Split(' ')) text.ShouldContain(Squeeze(word), Case.Sensitive, record.Source.FileName);
            Squeeze(record.Source.Text.Substring(person.Span.Start, person.Span.Length)).ShouldContain(Squeeze(person.Value.Split(' ')[0]), Case.Sensitive, record.Source.FileName);
        }
        foreach (var decision in record.Decisions)
        {
            foreach (var word in decision.Text.Split(' ')) text.ShouldContain(Squeeze(word), Case.Sensitive, record.Source.FileName);
            if (!decision.Votes.Stated) continue;
            var passage = record.Source.Text.AsSpan(decision.Span.Start, decision.Span.Length).ToString() + (decision.Outcome is { } o ? record.Source.Text.Substring(o.Start, o.Length) : "") + (decision.Votes.Span is { } v ? record.Source.Text.Substring(v.Start, v.Length) : "");
            foreach (var number in new[] { decision.Votes.Yes, decision.Votes.No, decision.Votes.Abstain })
                if (number > 12) passage.ShouldContain(number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        if (record.Date is { Span.Length: 0 } named) string.Concat(record.Source.FileName.Where(char.IsAsciiDigit)).ShouldContain(named.Value[..4]);
        else if (record.Date is { } date) record.Source.Text.Substring(date.Span.Start, date.Span.Length).ShouldContain(date.Value[2..4]);
    }

    private static string Squeeze(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
