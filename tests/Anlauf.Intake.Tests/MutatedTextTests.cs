using System.Text;
using Anlauf.Intake.Documents;

namespace Anlauf.Intake.Tests;

/// <summary>The documents of <see cref="StylesTests"/> as they arrive in practice: other encodings, other line ends, cut off, out of order.</summary>
public class MutatedTextTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Styles");

    private static IEnumerable<(string Name, string Text)> Documents => Directory.GetFiles(Folder)
        .Where(f => f.EndsWith(".md", StringComparison.Ordinal) || f.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .Select(f => (Path.GetFileName(f), File.ReadAllText(f).ReplaceLineEndings("\n")));

    static MutatedTextTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string> Disguises => ["CRLF", "byte order mark", "Windows-1252", "soft hyphens", "decomposed umlauts", "blanks at line ends"];

    [Theory]
    [MemberData(nameof(Disguises))]
    public void The_way_a_text_is_stored_does_not_change_what_is_read(string disguise)
    {
        foreach (var (name, text) in Documents)
        {
            byte[]? content = disguise switch
            {
                "CRLF" => Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)),
                "byte order mark" => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
                "Windows-1252" => Latin(text),
                "soft hyphens" => Encoding.UTF8.GetBytes(text.Replace("ung", "\u00ADung", StringComparison.Ordinal)),
                "decomposed umlauts" => Encoding.UTF8.GetBytes(text.Normalize(NormalizationForm.FormD)),
                _ => Encoding.UTF8.GetBytes(text.Replace("\n", " \n", StringComparison.Ordinal)),
            };
            if (content is null) continue;
            (Meaning(Read(name, content)) == Meaning(Read(name, Encoding.UTF8.GetBytes(text)))).ShouldBeTrue($"{name}: {Meaning(Read(name, content))}");
        }
    }

    [Fact]
    public void A_text_cut_off_anywhere_is_read_as_far_as_it_goes()
    {
        var random = new Random(1918);
        foreach (var (name, text) in Documents)
            for (var round = 0; round < 12; round++)
                Sound(name, text[..random.Next(40, text.Length)]);
    }

    [Fact]
    public void Lines_out_of_order_lead_to_nothing_that_is_not_there()
    {
        var random = new Random(1919);
        foreach (var (name, text) in Documents)
            for (var round = 0; round < 12; round++)
                Sound(name, string.Join('\n', text.Split('\n').OrderBy(_ => random.Next())));
    }

    [Fact]
    public void Stray_characters_lead_to_nothing_that_is_not_there()
    {
        var random = new Random(1949);
        const string Strays = "\f\v\t|*_`#>[](){}<&\\~=:;.-–—•→0123456789„“\"\u00A0\u200B";
        foreach (var (name, text) in Documents)
            for (var round = 0; round < 12; round++)
            {
                var mutated = new StringBuilder(text);
                for (var i = 0; i < 40; i++) mutated.Insert(random.Next(mutated.Length), Strays[random.Next(Strays.Length)]);
                Sound(name, mutated.ToString());
            }
    }

    [Fact]
    public void Two_documents_in_one_file_are_read_without_failing()
    {
        var all = Documents.ToList();
        for (var i = 1; i < all.Count; i++) Sound(all[i].Name, all[i - 1].Text + "\f\n" + all[i].Text);
    }

    private static void Sound(string name, string text)
    {
        try { CorpusTests.NothingInvented(Read(name, Encoding.UTF8.GetBytes(text))); }
        catch (UnreadableDocumentException refusal) { refusal.Message.ShouldContain(name); }
    }

    private static DocumentRecord Read(string name, byte[] content) => IntakeReader.Read(DocumentReader.Read(name, content));

    /// <summary>The bytes of the text in Windows-1252, or null where the encoding lacks a character.</summary>
    private static byte[]? Latin(string text)
    {
        var encoding = Encoding.GetEncoding(1252, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
        var bytes = encoding.GetBytes(text);
        return encoding.GetString(bytes) == text && bytes.Any(b => b > 127) ? bytes : null;
    }

    /// <summary>What was read, without the passages.</summary>
    private static string Meaning(DocumentRecord r)
    {
        static string List(IEnumerable<Found<string>> found) => string.Join(", ", found.Select(f => f.Value));
        return $"""
            {r.DocType} | {r.Organisation?.Value} | {r.Body?.Value} | {r.Date?.Value} | {r.StartTime?.Value} | {r.EndTime?.Value} | {r.Place?.Value}
            {List(r.Present)} | {List(r.Excused)} | {List(r.Guests)} | {List(r.Chair)} | {List(r.MinuteTaker)}
            {string.Join('\n', r.Agenda.Select(a => $"{a.Number} {a.Title}"))}
            {string.Join('\n', r.Decisions.Select(d => $"{d.Text} {d.Result} {d.Votes.Yes} {d.Votes.No} {d.Votes.Abstain} {d.Votes.Unanimous}"))}
            {string.Join('\n', r.Tasks.Select(t => $"{t.Text} {t.Due} {List(t.Responsible)} {t.Kind}"))}
            """;
    }
}
