using System.Text;
using Anlauf.Intake.Documents;

namespace Anlauf.Intake.Tests.Documents;

public sealed class RefusalTests
{
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0, 0];

    private static string Refusal(string name, byte[] content) => Should.Throw<UnreadableDocumentException>(() => DocumentReader.Read(name, content)).Message;

    [Fact]
    public void An_empty_file_is_named() => Refusal("leer.docx", []).ShouldBe("Die Datei „leer.docx“ ist leer. Prüfen Sie, ob sie vollständig gespeichert wurde, und laden Sie sie noch einmal hoch.");

    [Fact]
    public void A_picture_called_DOCX_is_recognised() => Refusal("scan.docx", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]).ShouldContain("heißt wie eine DOCX-Datei, ist aber ein Bild");

    [Fact]
    public void A_photograph_is_to_be_scanned_as_PDF() => Refusal("protokoll.jpg", [0xFF, 0xD8, 0xFF, 0xE0]).ShouldContain("Laden Sie eingescannte Seiten als PDF hoch");

    [Fact]
    public void A_spreadsheet_is_no_text_document() => Refusal("kasse.xlsx", Packages.Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"))).ShouldContain("ist eine Tabelle");

    [Fact]
    public void A_presentation_is_to_be_exported() => Refusal("folien.pptx", Packages.Zip(("ppt/presentation.xml", "<p/>"))).ShouldContain("Exportieren Sie sie als PDF");

    [Fact]
    public void An_old_Word_document_is_to_be_saved_as_DOCX() => Refusal("alt.doc", Ole).ShouldContain("speichern Sie sie als DOCX");

    [Fact]
    public void A_protected_Word_document_asks_for_a_copy_without_password() =>
        Refusal("geheim.docx", [.. Ole, .. Encoding.Unicode.GetBytes("EncryptedPackage")]).ShouldContain("ist mit einem Kennwort geschützt");

    [Fact]
    public void A_protected_ODT_asks_for_a_copy_without_password() =>
        Refusal("geheim.odt", Packages.Zip(("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>"), ("content.xml", "x"))).ShouldContain("ist mit einem Kennwort geschützt");

    [Fact]
    public void Rich_text_is_to_be_saved_as_DOCX() => Refusal("alt.rtf", "{\\rtf1 Hallo}"u8.ToArray()).ShouldContain("ist ein RTF-Dokument");

    [Fact]
    public void An_archive_of_documents_is_to_be_unpacked() => Refusal("alle.zip", Packages.Zip(("a.txt", "A"))).ShouldContain("Entpacken Sie es");

    [Fact]
    public void A_web_page_is_to_be_printed() => Refusal("seite.html", "<!DOCTYPE html><html></html>"u8.ToArray()).ShouldContain("als PDF");

    [Fact]
    public void A_cut_off_Word_document_is_called_damaged()
    {
        var whole = Packages.Docx("<w:p><w:r><w:t>Text</w:t></w:r></w:p>");
        Refusal("halb.docx", whole[..(whole.Length / 2)]).ShouldContain("ist beschädigt oder unvollständig");
        Refusal("text.docx", "kein Archiv"u8.ToArray()).ShouldContain("ist beschädigt oder unvollständig");
    }

    [Fact]
    public void A_document_that_unpacks_without_end_is_not_read()
    {
        var bomb = Packages.Zip(("word/document.xml", "<a>" + new string('x', 60 * 1024 * 1024)));
        bomb.Length.ShouldBeLessThan(100_000);
        Refusal("bombe.docx", bomb).ShouldContain("wird beim Entpacken ungewöhnlich groß");
    }

    [Fact]
    public void Entities_that_multiply_are_not_expanded() =>
        Refusal("lol.docx", Packages.Zip(("word/document.xml", "<!DOCTYPE a [<!ENTITY x \"lol\"><!ENTITY y \"&x;&x;&x;\">]><a>&y;</a>"))).ShouldContain("eingebettete Dokumenttyp-Definition");

    [Fact]
    public void Endless_nesting_is_refused()
    {
        const int Depth = 200_000;
        var body = string.Concat(Enumerable.Repeat("<w:ins>", Depth)) + "<w:p/>" + string.Concat(Enumerable.Repeat("</w:ins>", Depth));
        Refusal("tief.docx", Packages.Docx(body)).ShouldContain("zu tief verschachtelt");
    }

    [Fact]
    public void A_document_without_text_says_so() => Refusal("leer.docx", Packages.Docx("<w:p/>")).ShouldContain("enthält keinen lesbaren Text");
}
