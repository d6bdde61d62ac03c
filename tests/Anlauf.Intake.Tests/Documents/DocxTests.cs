using Anlauf.Intake.Documents;

namespace Anlauf.Intake.Tests.Documents;

public sealed class DocxTests
{
    private static string Read(byte[] content) => DocumentReader.Read("protokoll.docx", content).Text;

    private static string P(string text, string properties = "") => $"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";

    private static string Item(string text, int list, int level = 0) => P(text, $"<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");

    private static string Level(int level, string format, string text, int start = 1) =>
        $"<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"{start}\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>";

    [SkippableTheory]
    [InlineData("fossgis-vorstand-2024-05-07")]
    [InlineData("makerspace-gt-mv-2019-02-27")]
    [InlineData("spd-berlin-antrag-189-I-2023")]
    public void Word_documents_say_the_same_as_their_Markdown_twins(string name)
    {
        var document = DocumentReader.Read(name + ".docx", File.ReadAllBytes(Anlauf.Testing.SharedData.PathTo($"minutes/{name}.docx")));
        var twin = File.ReadAllText(Anlauf.Testing.SharedData.PathTo($"minutes/{name}.md"));
        document.Format.ShouldBe(SourceFormat.Docx);
        var words = Tokens.Of(Tokens.WithoutMarkup(document.Text));
        // the motion's title stands only in the front matter of its twin
        if (name.StartsWith("spd")) words = words[Array.IndexOf(words, "AntragstellerInnen")..];
        words.ShouldBe(Tokens.Of(Tokens.WithoutMarkup(twin)));
    }

    [SkippableFact]
    public void Lists_and_headings_of_a_real_document_get_their_structure_back()
    {
        var text = Read(File.ReadAllBytes(Anlauf.Testing.SharedData.PathTo("minutes/makerspace-gt-mv-2019-02-27.docx")));
        text.ShouldStartWith("# Protokoll der ordentlichen Mitgliederversammlung");
        text.ShouldContain("\n### Anwesende Mitglieder\n");
        text.ShouldContain("1. Begrüßung durch den Vorstand\n2. Formalien\n   1. Wahl eines Versammlungsleiters\n   2. Wahl eines Protokollführers\n");
        text.ShouldContain("\n3. Berichte\n   1. Bericht des Vorstands\n");
        text.ShouldContain("\n- Leon Farchau begrüßte die Anwesenden herzlich.");
    }

    [Fact]
    public void Headings_are_known_by_built_in_name_and_by_outline_level()
    {
        const string Styles = "<w:style w:type=\"paragraph\" w:styleId=\"berschrift2\"><w:name w:val=\"heading 2\"/></w:style>"
            + "<w:style w:type=\"paragraph\" w:styleId=\"TOP\"><w:name w:val=\"Tagesordnungspunkt\"/><w:basedOn w:val=\"berschrift2\"/></w:style>"
            + "<w:style w:type=\"paragraph\" w:styleId=\"Kopf\"><w:name w:val=\"Kopf\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>";
        Read(Packages.Docx(P("Protokoll", "<w:pStyle w:val=\"Kopf\"/>") + P("Anträge", "<w:pStyle w:val=\"TOP\"/>") + P("Direkt", "<w:outlineLvl w:val=\"2\"/>") + P("Text"), styles: Styles))
            .ShouldBe("# Protokoll\n\n## Anträge\n\n### Direkt\n\nText\n");
    }

    [Fact]
    public void Multilevel_numbers_are_counted_as_Word_shows_them()
    {
        var numbering = $"<w:abstractNum w:abstractNumId=\"0\">{Level(0, "decimal", "TOP %1:")}{Level(1, "decimal", "%1.%2")}{Level(2, "lowerLetter", "%3)")}</w:abstractNum><w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/></w:num>";
        Read(Packages.Docx(Item("Begrüßung", 5) + Item("Anträge", 5) + Item("Haushalt", 5, 1) + Item("Plakate", 5, 2) + Item("Flyer", 5, 2) + Item("Satzung", 5, 1) + P("Zwischentext") + Item("Wahlen", 5), numbering))
            .ShouldBe("TOP 1: Begrüßung\nTOP 2: Anträge\n   2.1 Haushalt\n      a) Plakate\n      b) Flyer\n   2.2 Satzung\n\nZwischentext\n\nTOP 3: Wahlen\n");
    }

    [Fact]
    public void A_list_that_starts_over_counts_from_its_own_start()
    {
        var numbering = $"<w:abstractNum w:abstractNumId=\"0\">{Level(0, "upperRoman", "%1.")}</w:abstractNum>"
            + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/></w:lvlOverride></w:num>";
        Read(Packages.Docx(Item("a", 1) + Item("b", 1) + Item("c", 2) + Item("d", 2), numbering)).ShouldBe("I. a\nII. b\nIV. c\nV. d\n");
    }

    [Fact]
    public void A_style_may_bring_the_list_and_a_paragraph_may_switch_it_off()
    {
        var numbering = $"<w:abstractNum w:abstractNumId=\"0\">{Level(0, "bullet", "·")}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
        const string Styles = "<w:style w:type=\"paragraph\" w:styleId=\"L\"><w:name w:val=\"List Bullet\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
        Read(Packages.Docx(P("mit", "<w:pStyle w:val=\"L\"/>") + P("ohne", "<w:pStyle w:val=\"L\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>"), numbering, Styles)).ShouldBe("- mit\n\nohne\n");
    }

    [Fact]
    public void Deleted_text_is_left_out_and_inserted_text_kept() =>
        Read(Packages.Docx("<w:p><w:r><w:t xml:space=\"preserve\">Der Vorstand </w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>lehnt ab</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>stimmt zu</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>"))
            .ShouldBe("Der Vorstand stimmt zu.\n");

    [Fact]
    public void A_deleted_paragraph_end_joins_two_paragraphs() =>
        Read(Packages.Docx("<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">Der Antrag wird </w:t></w:r></w:p>" + P("angenommen."))).ShouldBe("Der Antrag wird angenommen.\n");

    [Fact]
    public void Tables_become_rows_and_layout_frames_become_paragraphs()
    {
        static string Cell(string text, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr>{P(text)}</w:tc>";
        var table = $"<w:tbl><w:tr>{Cell("Name")}{Cell("Ja|Nein")}</w:tr><w:tr>{Cell("Kim", "<w:vMerge w:val=\"restart\"/>")}{Cell("7")}</w:tr><w:tr>{Cell("doppelt", "<w:vMerge/>")}{Cell("8")}</w:tr></w:tbl>";
        Read(Packages.Docx(P("Wahl") + table + $"<w:tbl><w:tr>{Cell("Rahmen")}</w:tr></w:tbl>"))
            .ShouldBe("Wahl\n\n| Name | Ja\\|Nein |\n| Kim | 7 |\n|  | 8 |\n\nRahmen\n");
    }

    [Fact]
    public void Breaks_tabs_hyphens_links_and_hidden_text_read_as_on_paper() =>
        Read(Packages.Docx("<w:p><w:r><w:t>Beginn:</w:t><w:tab/><w:t>19 Uhr</w:t><w:br/><w:t>Frei</w:t><w:softHyphen/><w:t>tag, E</w:t><w:noBreakHyphen/><w:t>Mail</w:t></w:r>"
            + "<w:hyperlink><w:r><w:t xml:space=\"preserve\"> Netzseite</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"))
            .ShouldBe("Beginn:\t19 Uhr\nFreitag, E-Mail Netzseite\n");

    [Fact]
    public void Footnotes_follow_at_the_end() =>
        Read(Packages.Docx("<w:p><w:r><w:t>Beschluss</w:t></w:r><w:r><w:footnoteReference w:id=\"3\"/></w:r></w:p>" + P("Ende"), footnotes: $"<w:footnote w:id=\"3\">{P("siehe Anlage")}</w:footnote>"))
            .ShouldBe("Beschluss[^1]\n\nEnde\n\n[^1]: siehe Anlage\n");

    [Fact]
    public void A_text_box_is_read_once() =>
        Read(Packages.Docx($"<w:p><w:r><w:t>Vor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{P("Kasten")}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{P("Kasten")}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"))
            .ShouldBe("Vor\n\nKasten\n");
}
