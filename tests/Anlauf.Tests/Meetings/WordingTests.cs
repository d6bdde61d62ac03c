using Anlauf.Intake;
using Anlauf.Platform.Identity;
using Anlauf.Rooms.Meetings.Resolutions;
using Anlauf.Rooms.Meetings.Review;
using Anlauf.Testing;

namespace Anlauf.Tests.Meetings;

public sealed class WordingTests
{
    [Fact]
    public void The_header_names_session_term_date_and_place() =>
        ResolutionHeader.Text("Landesparteitages", 9, 1, "der Partei DIE LINKE. Sachsen-Anhalt", new DateOnly(2023, 6, 3), "Aschersleben")
            .ShouldBe("Beschluss der 1. Tagung des 9. Landesparteitages der Partei DIE LINKE. Sachsen-Anhalt am 3. Juni 2023 in Aschersleben");

    [Theory]
    [InlineData("adopted", null, null, 2, null, "Bei 2 Enthaltungen beschlossen")]
    [InlineData("adopted", null, null, null, true, "Einstimmig beschlossen")]
    [InlineData("adopted", null, null, 1, true, "Einstimmig bei einer Enthaltung beschlossen")]
    [InlineData("adopted", 12, 3, 1, null, "Mit 12 Ja-Stimmen, 3 Nein-Stimmen und einer Enthaltung beschlossen")]
    [InlineData("rejected", 1, 9, null, null, "Mit einer Ja-Stimme und 9 Nein-Stimmen abgelehnt")]
    [InlineData("referred", null, null, null, null, "Überwiesen")]
    public void A_result_is_said_in_words(string result, int? yes, int? no, int? abstain, bool? unanimous, string sentence) =>
        ResultWording.Sentence(result, yes, no, abstain, unanimous).ShouldBe(sentence);

    [SkippableFact]
    public void A_resolution_in_the_usual_form_falls_into_its_sections()
    {
        var text = File.ReadAllText(Directory.GetFiles(SharedData.PathTo("seeds"), "002_*").Single());
        var sections = ResolutionSections.Read(text);
        sections.Wording.ShouldBe("Der Landesvorstand beschließt den Zeitplan zur Erarbeitung eines Mitgliederarbeitskonzeptes.");
        sections.Publicity.ShouldNotBeNull().ShouldStartWith("Veröffentlichung im Internet");
        sections.FurtherMeasures.ShouldBe("Entsprechend der Zeitplanung");
        sections.Finances.ShouldBeNull("a dash stands for nothing");
        sections.CoordinatedWith.ShouldBeNull();
    }

    [Fact]
    public void Spaces_and_dashes_do_not_make_another_paper()
    {
        PaperReference.Parse("DS 6–013.1 (Teil 3)").ShouldBe(new PaperReference("DS", 6, 13, 1, 3));
        PaperReference.Parse("B 5 – 164 – 2").ShouldBe(PaperReference.Parse("B 5 – 164-2"));
    }

    [Fact]
    public void An_item_treated_with_another_is_recognised() =>
        JointTreatment.Read("TOP 1 Lage\n\nText\n\nTOP 2 Anträge\n\n- wurde bei TOP mit 1 mitbehandelt\n").ShouldBe([("2", "1")]);

    [Theory]
    [InlineData("/lage", "/lage")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData(null, "/")]
    public void Signing_in_never_leads_elsewhere(string? asked, string goes) => LocalUrl.OrHome(asked).ShouldBe(goes);
}
