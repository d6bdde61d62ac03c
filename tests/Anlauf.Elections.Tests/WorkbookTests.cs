using System.IO.Compression;
using System.Text;
using Anlauf.Elections.Spreadsheets;
using Anlauf.Testing;

namespace Anlauf.Elections.Tests;

public class WorkbookTests
{
    private const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    [Fact]
    public void Cells_keep_their_column_when_others_are_missing()
    {
        using var stream = Workbooks.Package("A", $"<worksheet {Main}><sheetData><row r=\"3\"><c r=\"B3\"><v>7</v></c><c r=\"AA3\" t=\"inlineStr\"><is><r><t>Jahna</t></r><r><t>tal</t></r><rPh><t>x</t></rPh></is></c></row></sheetData></worksheet>");
        using var book = Workbook.Open(stream);
        var row = book.Rows("A").Single();
        row.Number.ShouldBe(3);
        row[0].ShouldBe("");
        row[1].ShouldBe("7");
        row[26].ShouldBe("Jahnatal");
        SheetRow.ColumnName(26).ShouldBe("AA");
    }

    [Fact]
    public void A_text_file_is_refused_with_a_remedy()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("AGS;Name\n14511000;Chemnitz\n"));
        Should.Throw<UnreadableFileException>(() => Workbook.Open(stream)).Message.ShouldContain(".xlsx");
    }

    [Fact]
    public void A_small_file_that_unfolds_endlessly_is_stopped()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var inner = Workbooks.With("A", ["x"]))
            using (var source = new ZipArchive(inner))
                foreach (var entry in source.Entries.Where(e => !e.FullName.Contains("sheet1", StringComparison.Ordinal)))
                {
                    using var target = zip.CreateEntry(entry.FullName).Open();
                    using var from = entry.Open();
                    from.CopyTo(target);
                }
            using var bomb = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            bomb.Write(Encoding.UTF8.GetBytes($"<worksheet {Main}><sheetData>"));
            var row = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<row/>" + new string(' ', 1_000), 1_000)));
            for (long written = 0; written <= Workbook.MaxUnpackedBytes; written += row.Length) bomb.Write(row);
        }
        stream.Length.ShouldBeLessThan(8_000_000);
        stream.Position = 0;
        using var book = Workbook.Open(stream);
        Should.Throw<UnreadableFileException>(() => book.Rows("A").Count()).Message.ShouldContain("ungewöhnlich große");
    }

    [Fact]
    public void A_document_type_is_refused()
    {
        using var stream = Workbooks.Package("A", $"<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet {Main}><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>");
        using var book = Workbook.Open(stream);
        Should.Throw<UnreadableFileException>(() => book.Rows("A").ToList()).Message.ShouldContain("beschädigt");
    }

    [Fact]
    public void A_sheet_cut_off_in_the_middle_is_refused()
    {
        using var stream = Workbooks.Package("A", $"<worksheet {Main}><sheetData><row><c><v>1</v></c></row><row><c><v>2");
        using var book = Workbook.Open(stream);
        Should.Throw<UnreadableFileException>(() => book.Rows("A").ToList()).Message.ShouldContain("beschädigt");
    }
}
