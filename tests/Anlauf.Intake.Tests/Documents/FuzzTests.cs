using System.Diagnostics;
using Anlauf.Intake.Documents;
using Anlauf.Testing;

namespace Anlauf.Intake.Tests.Documents;

public sealed class FuzzTests
{

    [SkippableTheory]
    [InlineData("makerspace-gt-mv-2018-04-11.pdf", 2018)]
    [InlineData("westwoodlabs-mv-2021-02-13-antraege-antragsgruen.pdf", 2021)]
    [InlineData("makerspace-gt-mv-2019-02-27.docx", 2019)]
    [InlineData("makerspace-gt-planung-2018-10-17.odt", 1710)]
    public void Damaged_bytes_never_cause_more_than_a_refusal(string name, int seed)
    {
        var whole = File.ReadAllBytes(SharedData.PathTo("minutes/" + name));
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var content = Mutate(whole, random);
            var watch = Stopwatch.StartNew();
            try
            {
                DocumentReader.Read(name, content).Text.ShouldNotBeNull();
            }
            catch (UnreadableDocumentException refusal)
            {
                refusal.Message.ShouldContain(name);
            }
            watch.Elapsed.ShouldBeLessThan(Quiet.Limit(5), $"round {round}");
        }
    }

    /// <summary>Changes single bytes, cuts, doubles or blanks a stretch.</summary>
    private static byte[] Mutate(byte[] whole, Random random)
    {
        var content = (byte[])whole.Clone();
        for (var i = random.Next(1, 40); i > 0; i--) content[random.Next(content.Length)] = (byte)random.Next(256);
        var at = random.Next(content.Length);
        var length = Math.Min(random.Next(1, 4000), content.Length - at);
        return random.Next(5) switch
        {
            0 => content[..at],
            1 => [.. content[..at], .. content[(at + length)..]],
            2 => [.. content[..at], .. content[at..(at + length)], .. content[at..]],
            3 => [.. content[..at], .. new byte[length], .. content[(at + length)..]],
            _ => content,
        };
    }
}
