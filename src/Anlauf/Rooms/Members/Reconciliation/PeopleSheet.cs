using Anlauf.Elections;
using Anlauf.Elections.Spreadsheets;
using Anlauf.Rooms.Territory.Registers;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>A file of people as cells: a header and rows with the line each stands in.</summary>
/// <param name="Form">„CSV“ or „Excel“.</param>
public sealed record PeopleSheet(string Form, IReadOnlyList<string> Columns, IReadOnlyList<PeopleSheet.Line> Lines)
{
    /// <summary>One row.</summary>
    public sealed record Line(int Number, IReadOnlyList<string> Cells);

    /// <summary>Largest file that is taken.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads .csv (comma or semicolon, UTF-8 or Windows-1252) or .xlsx (first sheet).</summary>
    /// <exception cref="UnreadableFileException">The file is neither.</exception>
    public static PeopleSheet Read(byte[] content)
    {
        if (content.Length > MaxBytes) throw new UnreadableFileException($"Die Datei ist größer als {MaxBytes / 1024 / 1024} MB. Bitte teilen Sie sie.");
        // the form of Excel before 2007, and of every workbook with a password
        if (content is [0xD0, 0xCF, 0x11, 0xE0, ..]) throw new UnreadableFileException("Das ist eine alte Excel-Datei (.xls) oder eine mit Kennwort. Bitte speichern Sie sie in Excel ohne Kennwort als .xlsx oder CSV, und laden Sie sie noch einmal hoch.");
        return content is [(byte)'P', (byte)'K', ..] ? Excel(content) : Csv(content);
    }

    private static PeopleSheet Csv(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        var table = CsvTable.Read(OfficialText.Read(stream));
        return Checked(new("CSV", table.Columns, [.. table.Rows.Select(r => new Line(r.Line, r.Cells))]));
    }

    private static PeopleSheet Excel(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        using var book = Workbook.Open(stream);
        var rows = book.Rows(book.SheetNames[0]).Where(r => !r.IsBlank).ToList();
        if (rows.Count == 0) return Checked(new("Excel", [], []));
        List<string> Cells(SheetRow row) => [.. Enumerable.Range(0, rows[0].Width).Select(i => row[i])];
        return Checked(new("Excel", Cells(rows[0]), [.. rows.Skip(1).Select(r => new Line(r.Number, Cells(r)))]));
    }

    private static PeopleSheet Checked(PeopleSheet sheet) => sheet.Lines.Count > 0 ? sheet : throw new UnreadableFileException("Die Datei hat keine Zeile mit Personen. Erwartet werden eine Kopfzeile und darunter je Person eine Zeile.");
}
