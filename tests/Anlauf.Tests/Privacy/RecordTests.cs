using System.Text;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Rooms.Privacy.Keeping;

namespace Anlauf.Tests.Privacy;

/// <summary>Record of processing, notices and assessment come from the declarations alone.</summary>
public sealed class RecordTests(AssociationDatabase association) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public async Task The_record_names_every_declared_column_with_purpose_basis_and_period()
    {
        var officer = association.Persons["data-protection-officer"];
        var csv = Encoding.UTF8.GetString(await association.UseAsync<RecordOfProcessing, byte[]>(officer, r => r.CsvAsync()));
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + await association.AskAsync<int>("select count(*)::int from privacy.declared_column where data_class is not null"));
        csv.ShouldContain("\"Person\";\"Nachname\";\"P2\"");
        var people = (await association.UseAsync<RecordOfProcessing, IReadOnlyList<RecordOfProcessing.Activity>>(officer, r => r.ActivitiesAsync())).Single(a => a.Id == "people");
        people.Retention.ShouldContain(r => r.Contains("dann 3 Jahre"));
        people.Data.ShouldContain("Person: E-Mail");
    }

    [Fact]
    public async Task The_notices_name_the_responsible_association_to_everybody()
    {
        var officer = association.Persons["data-protection-officer"];
        await association.TellAsync("insert into privacy.controller values (@id, 'Kreisverband Probe', 'Markt 1, Freiberg', 'post@probe.example', 'schutz@probe.example')", new { id = await association.DivisionAsync("kreis-14522") }, officer);
        var seen = (await association.UseAsNobodyAsync<RecordOfProcessing, IReadOnlyList<RecordOfProcessing.Controller>>(r => r.ControllersAsync())).ShouldHaveSingleItem();
        (seen.Slug, seen.OfficerContact).ShouldBe(("kreis-14522", "schutz@probe.example"));
        (await association.UseAsNobodyAsync<RecordOfProcessing, IReadOnlyList<RecordOfProcessing.Activity>>(r => r.ActivitiesAsync())).Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task The_assessment_is_filled_in_as_far_as_the_program_knows()
    {
        var activities = await association.UseAsync<RecordOfProcessing, IReadOnlyList<RecordOfProcessing.Activity>>(null, r => r.ActivitiesAsync());
        var parts = RecordOfProcessing.AssessmentParts(activities);
        parts[0].Lines.ShouldContain(l => l.Contains("Sitzungen und Beschlüsse"));
        parts[^1].Lines.ShouldAllBe(l => l.Contains("____"));
        PdfPaper.Write(RecordOfProcessing.Assessment("Verband", activities, new DateOnly(2026, 11, 21), null)).Length.ShouldBeGreaterThan(5000);
    }
}
