using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Anlauf.Intake.Documents;
using Anlauf.Testing;

namespace Anlauf.Intake.Tests;

/// <summary>Real public documents beside the checkout: nothing fails, nothing is invented, every value stands where its span says.</summary>
public class CorpusTests
{
    [SkippableFact]
    public void No_value_of_the_real_minutes_is_invented()
    {
        var files = Directory.GetFiles(SharedData.PathTo("minutes")).Where(f => !f.EndsWith("SOURCES.md", StringComparison.Ordinal) && !f.EndsWith(".scan.pdf", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(40);
        foreach (var file in files) NothingInvented(IntakeReader.Read(DocumentReader.Read(file, File.ReadAllBytes(file))));
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
            var passage = Passage(record, decision.Span) + Passage(record, decision.Outcome) + Passage(record, decision.Votes.Span);
            foreach (var number in new[] { decision.Votes.Yes, decision.Votes.No, decision.Votes.Abstain })
                if (number is { } n) Stated(passage, n).ShouldBeTrue($"{record.Source.FileName}: {n} in „{passage}“");
        }
        foreach (var task in record.Tasks.Where(t => t.Due is { Length: 10 } && t.DueBasis is null))
            record.Source.Text.ShouldContain(int.Parse(task.Due![8..], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), Case.Sensitive, record.Source.FileName);
        if (record.Date is { Span.Length: 0 } named) string.Concat(record.Source.FileName.Where(char.IsAsciiDigit)).ShouldContain(named.Value[..4]);
        else if (record.Date is { } date) record.Source.Text.Substring(date.Span.Start, date.Span.Length).ShouldContain(date.Value[2..4]);
    }

    private static string Passage(DocumentRecord record, Span? span) => span is { } s ? record.Source.Text.Substring(s.Start, s.Length) + "\n" : "";

    /// <summary>True where the number stands in the passage, in figures or in words („keine", „eine", „ohne").</summary>
    private static bool Stated(string passage, int number) =>
        Regex.IsMatch(passage, $@"(?<!\d)0*{number}(?!\d)") || (number < Words.Length && Regex.IsMatch(passage, @"(?<!\p{L})(?:" + Words[number] + ")", RegexOptions.IgnoreCase));

    private static readonly string[] Words = ["kein|ohne|null|[-–]", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];

    private static string Squeeze(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
