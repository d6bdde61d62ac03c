namespace Anlauf.Intake.Tests;

public class FindingsTests
{
    private const string Minutes = "# Protokoll der Vorstandssitzung vom 07.05.2024\n\nAnwesend: Ada Stein, Cem Sand\n\n## TOP 1 Haushalt\n\nDer Vorstand beschließt den Haushalt einstimmig.\n";

    [Fact]
    public void Findings_stand_in_text_order_and_name_their_passage()
    {
        var findings = Findings.Of(Texts.Read(Minutes));
        findings.Select(f => f.Span.Start).ShouldBeInOrder();
        findings.Select(f => f.Id).ShouldBeUnique();
        findings.ShouldContain(f => f.Summary == "Ada Stein: anwesend" && Minutes.Substring(f.Span.Start, f.Span.Length) == "Ada Stein");
    }

    [Fact]
    public void Reading_the_same_text_again_shows_no_difference() =>
        RecordDiff.Between(Texts.Read(Minutes), Texts.Read("\n\n" + Minutes)).ShouldBeEmpty();

    [Fact]
    public void An_edited_document_proposes_only_what_changed()
    {
        var differences = RecordDiff.Between(Texts.Read(Minutes), Texts.Read(Minutes.Replace("Cem Sand", "Eva Ton", StringComparison.Ordinal).Replace("Haushalt einstimmig", "Haushalt 2025 einstimmig", StringComparison.Ordinal)));
        differences.ShouldContain(d => d.Kind == DifferenceKind.Changed && d.Now!.Role == "decisions");
        differences.ShouldContain(d => d.Kind == DifferenceKind.Added && d.Now!.Summary == "Eva Ton: anwesend");
        differences.ShouldContain(d => d.Kind == DifferenceKind.Removed && d.Before!.Summary == "Cem Sand: anwesend");
        differences.Count.ShouldBe(3);
    }
}
