using Anlauf.Intake.Documents;

namespace Anlauf.Intake.Tests.Documents;

public sealed class OdtTests
{
    private static string Read(byte[] content) => DocumentReader.Read("protokoll.odt", content).Text;

    private static string NumberLevel(int level, string format, string suffix, int shown = 1) =>
        $"<text:list-level-style-number text:level=\"{level}\" style:num-format=\"{format}\" style:num-suffix=\"{suffix}\" text:display-levels=\"{shown}\"/>";

    private static string List(string items, string attributes = "text:style-name=\"L1\"") => $"<text:list {attributes}>{items}</text:list>";

    private static string Item(string text, string below = "") => $"<text:list-item><text:p>{text}</text:p>{below}</text:list-item>";

    [SkippableFact]
    public void A_real_document_keeps_headings_numbers_and_continued_lists()
    {
        var text = Read(File.ReadAllBytes(Anlauf.Testing.SharedData.PathTo("minutes/makerspace-gt-mv-2025-02-22.odt")));
        text.ShouldContain("### Anwesende Mitglieder\n\nFelix Kupferschmidt (bis 11:55 Uhr; ab 14:55 Uhr)");
        text.ShouldContain("## 1. Begrüßung durch den Vorstand\n");
        text.ShouldContain("1. Begrüßung (Sarah)\n   1. Begrüßung der Anwesenden\n   2. Vorstellung der Tagesordnung\n2. Formalitäten (Martin)\n");
        text.ShouldContain("\n3. Bericht des Vorstands\n   1. Raumsuche (Sarah)\n");
    }

    [SkippableFact]
    public void References_inside_a_real_document_fit_the_counted_numbers()
    {
        // the text itself speaks of "2.1.a", which is the item below 2), 1., a)
        var text = Read(File.ReadAllBytes(Anlauf.Testing.SharedData.PathTo("minutes/makerspace-gt-planung-2018-09-12.odt")));
        text.ShouldContain("2) Spendenanfrage\n   1. Anschreiben\n      a) Es wurde eine Spendenanfrage (siehe Anhang) vorgestellt");
        text.ShouldContain("\n3) Vereinskasse\n   1. Status Kontoeröffnung\n");
    }

    [Fact]
    public void Numbers_with_several_levels_and_continued_lists_are_counted()
    {
        var styles = $"<text:list-style style:name=\"L1\">{NumberLevel(1, "1", ".")}{NumberLevel(2, "1", ".", 2)}{NumberLevel(3, "a", ")")}</text:list-style>";
        var body = List(Item("Eins") + Item("Zwei", List(Item("Haushalt", List(Item("x") + Item("y"), "")) + Item("Satzung"), ""))) + "<text:p>Text</text:p>" + List(Item("Drei"), "text:style-name=\"L1\" text:continue-numbering=\"true\"") + "<text:p>Neu</text:p>" + List(Item("Eins"));
        Read(Packages.Odt(body, styles)).ShouldBe("1. Eins\n2. Zwei\n   2.1. Haushalt\n      a) x\n      b) y\n   2.2. Satzung\n\nText\n\n3. Drei\n\nNeu\n\n1. Eins\n");
    }

    [Fact]
    public void Blanks_tabs_and_line_breaks_are_those_of_the_document() =>
        Read(Packages.Odt("<text:p>Ja:<text:s text:c=\"3\"/>7\n   Nein:<text:tab/>2<text:line-break/>Enthaltung: <text:span>0</text:span></text:p>")).ShouldBe("Ja:   7 Nein:\t2\nEnthaltung: 0\n");

    [Fact]
    public void Deletions_and_comments_are_left_out() =>
        Read(Packages.Odt("<text:tracked-changes><text:changed-region><text:deletion><text:p>abgelehnt</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Der Antrag ist <text:change/>angenommen<office:annotation><text:p>prüfen</text:p></office:annotation>.</text:p>"))
            .ShouldBe("Der Antrag ist angenommen.\n");

    [Fact]
    public void Tables_notes_and_text_boxes_are_read()
    {
        const string Table = "<table:table><table:table-column/><table:table-header-rows><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell><text:p>Ja</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>Kim</text:p></table:table-cell><table:table-cell><text:p>7</text:p></table:table-cell></table:table-row></table:table>";
        Read(Packages.Odt(Table + "<text:p>Text<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Anlage</text:p></text:note-body></text:note><draw:frame><draw:text-box><text:p>Kasten</text:p></draw:text-box></draw:frame></text:p>"))
            .ShouldBe("| Name | Ja |\n| Kim | 7 |\n\nText[^1]\n\nKasten\n\n[^1]: Anlage\n");
    }
}
