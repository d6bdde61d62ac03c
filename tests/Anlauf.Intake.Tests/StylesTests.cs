using System.Text.Json;
using Anlauf.Intake.Documents;

namespace Anlauf.Intake.Tests;

/// <summary>
/// Documents of our own in many hands and forms (all names are invented), each with its expected record beside it: boards, councils,
/// parliamentary groups, student bodies, clubs, congresses, tables, scribbled notes, text from a scan.
/// </summary>
public class StylesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Styles");

    public static TheoryData<string> Documents => [.. Directory.GetFiles(Folder).Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_of_any_style_is_read_as_annotated(string name)
    {
        var path = Path.Combine(Folder, name);
        var record = IntakeReader.Read(DocumentReader.Read(name, File.ReadAllBytes(path)));
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(path, ".json")));
        using var actual = JsonDocument.Parse(RecordJson.Write(record, name));
        Annotations.Differences(expected.RootElement, actual.RootElement).ShouldBeEmpty();
        CorpusTests.NothingInvented(record);
    }

    [Fact]
    public void A_wrong_reading_is_noticed()
    {
        using var expected = JsonDocument.Parse("""{"date":"2024-05-07","present":["Ada Stein"],"decisions":[{"text":"Der Vorstand beschließt den Haushalt.","result":"adopted","yes":4,"no":null}]}""");
        using var actual = JsonDocument.Parse("""{"date":"2024-05-08","present":["Ada Stein","Cem Sand"],"decisions":[{"text":"Der Vorstand beschließt den Haushalt.","result":"adopted","yes":4,"no":1}]}""");
        Annotations.Differences(expected.RootElement, actual.RootElement).Select(d => d.Split(':')[0]).ShouldBe(["date", "present", "decisions"]);
    }
}
