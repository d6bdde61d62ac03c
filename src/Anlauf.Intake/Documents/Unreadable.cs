using System.Globalization;

namespace Anlauf.Intake.Documents;

/// <summary>Every reason a document cannot be read, with its German sentence: what is wrong with which file, and what to do.</summary>
internal static class Unreadable
{
    private const string SaveAgain = "Öffnen Sie sie in Ihrem Schreibprogramm, speichern Sie sie neu als DOCX, ODT oder PDF und laden Sie sie noch einmal hoch.";

    public static UnreadableDocumentException Empty(string file) =>
        new($"Die Datei „{file}“ ist leer. Prüfen Sie, ob sie vollständig gespeichert wurde, und laden Sie sie noch einmal hoch.");

    public static UnreadableDocumentException TooLarge(string file, long bytes, long limit) =>
        new($"Die Datei „{file}“ ist mit {Megabytes(bytes)} zu groß; höchstens {Megabytes(limit)} sind möglich. Teilen Sie das Dokument oder verkleinern Sie die Bilder darin.");

    public static UnreadableDocumentException TooMuchText(string file) =>
        new($"Die Datei „{file}“ enthält mehr als {Megabytes(DocumentLimits.TextLength)} Text. Teilen Sie das Dokument in mehrere Dateien.");

    public static UnreadableDocumentException UnpacksTooFar(string file) =>
        new($"Die Datei „{file}“ wird beim Entpacken ungewöhnlich groß und wurde deshalb nicht gelesen. {SaveAgain}");

    public static UnreadableDocumentException Damaged(string file, string kind) =>
        new($"Die Datei „{file}“ ist beschädigt oder unvollständig und lässt sich nicht als {kind} lesen. {SaveAgain}");

    public static UnreadableDocumentException NotWhatItsNameSays(string file, string claimed, string actual) =>
        new($"Die Datei „{file}“ heißt wie eine {claimed}-Datei, ist aber {actual}. {SaveAgain}");

    public static UnreadableDocumentException ForbiddenXml(string file) =>
        new($"Die Datei „{file}“ enthält eine eingebettete Dokumenttyp-Definition. Diese ist in Textdokumenten unüblich und wird aus Sicherheitsgründen nicht gelesen. {SaveAgain}");

    public static UnreadableDocumentException NestedTooDeep(string file) =>
        new($"Die Datei „{file}“ ist zu tief verschachtelt und wurde deshalb nicht gelesen. {SaveAgain}");

    public static UnreadableDocumentException Protected(string file) =>
        new($"Die Datei „{file}“ ist mit einem Kennwort geschützt. Öffnen Sie sie mit dem Kennwort, speichern Sie sie ohne Schutz und laden Sie sie noch einmal hoch.");

    public static UnreadableDocumentException OldWord(string file) =>
        new($"Die Datei „{file}“ ist ein altes Word-Dokument (DOC). Öffnen Sie sie in Word oder LibreOffice und speichern Sie sie als DOCX.");

    public static UnreadableDocumentException RichText(string file) =>
        new($"Die Datei „{file}“ ist ein RTF-Dokument. Öffnen Sie sie in Word oder LibreOffice und speichern Sie sie als DOCX.");

    public static UnreadableDocumentException Spreadsheet(string file) =>
        new($"Die Datei „{file}“ ist eine Tabelle. Hier werden Textdokumente gelesen: Kopieren Sie den Inhalt in ein Textdokument und speichern Sie es als DOCX oder ODT.");

    public static UnreadableDocumentException Presentation(string file) =>
        new($"Die Datei „{file}“ ist eine Präsentation. Exportieren Sie sie als PDF und laden Sie dieses hoch.");

    public static UnreadableDocumentException Picture(string file) =>
        new($"Die Datei „{file}“ ist ein Bild. Laden Sie eingescannte Seiten als PDF hoch; dann kann der Text erkannt werden.");

    public static UnreadableDocumentException WebPage(string file) =>
        new($"Die Datei „{file}“ ist eine Webseite. Drucken Sie sie im Browser als PDF und laden Sie dieses hoch.");

    public static UnreadableDocumentException Archive(string file) =>
        new($"Die Datei „{file}“ ist ein Archiv und kein einzelnes Textdokument. Entpacken Sie es und laden Sie die Dokumente einzeln hoch.");

    public static UnreadableDocumentException NotText(string file) =>
        new($"Die Datei „{file}“ enthält keinen lesbaren Text. Gelesen werden DOCX, ODT, PDF, Markdown und reine Textdateien; speichern Sie das Dokument in einem dieser Formate.");

    private static string Megabytes(long bytes) =>
        (bytes / (double)DocumentLimits.Megabyte).ToString("0.#", CultureInfo.GetCultureInfo("de-DE")) + " MB";
}
