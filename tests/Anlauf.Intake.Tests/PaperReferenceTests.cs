namespace Anlauf.Intake.Tests;

public class PaperReferenceTests
{
    [Theory]
    [InlineData("DS 6 – 013.1 (Teil 3)", "DS", 6, 13, 1, 3, false)]
    [InlineData("B 5 – 164 – 2 (Auszug)", "B", 5, 164, 2, null, true)]
    [InlineData("B 5 – 164-2", "B", 5, 164, 2, null, false)]
    [InlineData("DS6-003", "DS", 6, 3, null, null, false)]
    [InlineData("ds 6 — 025", "DS", 6, 25, null, null, false)]
    public void A_paper_number_is_read_whatever_its_spaces_and_dashes(string text, string kind, int term, int number, int? sub, int? part, bool extract) =>
        PaperReference.Parse(text).ShouldBe(new PaperReference(kind, term, number, sub, part, extract));

    [Theory]
    [InlineData("Haushalt")]
    [InlineData("19. November 2017")]
    [InlineData("")]
    public void Other_text_is_no_paper_number(string text) => PaperReference.Parse(text).ShouldBeNull();

    [Fact]
    public void An_extract_is_the_same_paper() =>
        PaperReference.Parse("B 5 – 164 – 2 (Auszug)")!.SamePaper(PaperReference.Parse("B 5 – 164-2")!).ShouldBeTrue();

    [Fact]
    public void A_list_of_papers_sorts_by_term_and_number() =>
        new[] { "DS 6 – 014", "DS 6 – 013.1", "DS 6 – 003", "B 5 – 164" }.Select(t => PaperReference.Parse(t)!).Order().Select(p => p.ToString())
            .ShouldBe(["B 5 – 164", "DS 6 – 003", "DS 6 – 013.1", "DS 6 – 014"]);
}
