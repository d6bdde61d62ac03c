using Anlauf.Platform;
using Anlauf.Rooms.Meetings.Resolutions;
using Anlauf.Rooms.Meetings.Review;
using Anlauf.Testing;

namespace Anlauf.Tests.Meetings;

/// <summary>The printed form of a resolution: header, sections, result.</summary>
public sealed class ResolutionFormTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private const string Seed = "seeds/002_c35183056a01bdb4.txt";

    [Fact]
    public void What_is_not_known_is_left_out_of_the_header()
    {
        ResolutionHeader.Text("Landesvorstandes", null, null, null, new DateOnly(2017, 12, 15), null).ShouldBe("Beschluss des Landesvorstandes am 15. Dezember 2017");
        ResolutionHeader.Text("Landesvorstandes", 6, null, " ", null, "").ShouldBe("Beschluss des 6. Landesvorstandes");
    }

    [Fact]
    public void Session_and_term_are_read_from_the_minutes()
    {
        ResolutionHeader.Numbers("Niederschrift der 2. Tagung des 9. Landesparteitages am 12. September 2026").ShouldBe((2, 9));
        ResolutionHeader.Numbers("Niederschrift der Sitzung am 6. November 2026").ShouldBe((null, null));
    }

    [Theory]
    [InlineData("adopted", null, null, 2, null, "Bei 2 Enthaltungen beschlossen")]
    [InlineData("adopted", null, null, 1, null, "Bei einer Enthaltung beschlossen")]
    [InlineData("adopted", null, null, null, true, "Einstimmig beschlossen")]
    [InlineData("adopted", null, null, 3, true, "Einstimmig bei 3 Enthaltungen beschlossen")]
    [InlineData("adopted", 12, 3, 1, false, "Mit 12 Ja-Stimmen, 3 Nein-Stimmen und einer Enthaltung beschlossen")]
    [InlineData("rejected", 1, 12, null, null, "Mit einer Ja-Stimme und 12 Nein-Stimmen abgelehnt")]
    [InlineData("adopted", 6, 0, 1, true, "Mit 6 Ja-Stimmen, keiner Nein-Stimme und einer Enthaltung beschlossen")]
    [InlineData("adopted", 9, null, null, null, "Mit 9 Ja-Stimmen beschlossen")]
    [InlineData("adjourned", null, null, null, null, "Vertagt")]
    [InlineData("proposed", null, null, null, null, "Noch nicht entschieden")]
    public void The_result_is_said_in_words(string result, int? yes, int? no, int? abstain, bool? unanimous, string sentence) =>
        ResultWording.Sentence(result, yes, no, abstain, unanimous).ShouldBe(sentence);

    [SkippableFact]
    public async Task The_sections_of_a_real_resolution_are_told_apart()
    {
        var sections = ResolutionSections.Read(await File.ReadAllTextAsync(SharedData.PathTo(Seed)));
        sections.ShouldBe(new ResolutionSections("Der Landesvorstand beschließt den Zeitplan zur Erarbeitung eines Mitgliederarbeitskonzeptes.", null,
            "Veröffentlichung im Internet (www.dielinke-sachsen.de)", "Entsprechend der Zeitplanung", null, null));
    }

    [SkippableFact]
    public async Task A_real_resolution_comes_into_the_register_with_sections_result_and_recipients()
    {
        var content = await File.ReadAllBytesAsync(SharedData.PathTo(Seed));
        var (saxony, board) = (await house.DivisionAsync("sachsen"), await house.BodyAsync("landesvorstand-sachsen"));
        var taken = await house.UseAsync<UploadDocument, Outcome<UploadDocument.Taken>>(house.MinuteTaker, u => u.HandleAsync(saxony, "beschluss.txt", content));
        var accepted = (await house.UseAsync<AcceptDocument, Outcome<AcceptDocument.Accepted>>(house.MinuteTaker, a => a.HandleAsync(new() { DocumentId = taken.Value!.DocumentId, BodyId = board }))).Value!;
        var resolution = (await house.UseAsync<ResolutionRegister, ResolutionRegister.Detail?>(house.MinuteTaker, r => r.FindAsync(accepted.ResolutionSlugs.Single())))!;
        resolution.ShouldSatisfyAllConditions(
            r => r.Title.ShouldBe("Vorschlag zur Entwicklung eines Konzepts zur Mitgliederarbeit"),
            r => ResultWording.Sentence(r.Result, r.Yes, r.No, r.Abstain, r.Unanimous).ShouldBe("Bei 2 Enthaltungen beschlossen"),
            r => r.Publicity.ShouldBe("Veröffentlichung im Internet (www.dielinke-sachsen.de)"),
            r => r.Finances.ShouldBeNull(),
            r => r.CertifiedBy.ShouldBe("Thomas Dudzak"),
            r => r.DecidedOn.ShouldBe(new DateOnly(2017, 12, 15)));
        (await house.UseAsync<ResolutionRegister, IReadOnlyList<string>>(house.MinuteTaker, r => r.RecipientsAsync(resolution.Id))).ShouldContain("Kreisvorsitzende");
    }
}
