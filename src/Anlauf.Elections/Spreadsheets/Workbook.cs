using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Anlauf.Elections.Spreadsheets;

/// <summary>
/// Reads the cells of an .xlsx file as text, row by row, without keeping the sheet in memory.
/// Source of the format: ECMA-376, SpreadsheetML. Macros, formulas and styles are not looked at; document types are refused.
/// </summary>
public sealed class Workbook : IDisposable
{
    /// <summary>Unpacked bytes one file may yield; the largest official table so far needs 30 MB.</summary>
    public const long MaxUnpackedBytes = 400L * 1024 * 1024;

    private const int MaxEntries = 2_000;
    private const int MaxColumns = 16_384;
    private const string NotAWorkbook = "Die Datei ist keine lesbare Excel-Arbeitsmappe (.xlsx). Bitte speichern Sie sie in Excel oder LibreOffice als .xlsx und versuchen Sie es erneut.";
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly ZipArchive archive;
    private readonly ByteBudget budget = new(MaxUnpackedBytes);
    private readonly Dictionary<string, string> partOfSheet = new(StringComparer.Ordinal);
    private readonly List<string> sheetNames = [];
    private List<string>? sharedStrings;

    private Workbook(ZipArchive archive) => this.archive = archive;

    /// <summary>Names of the sheets in the order of the file.</summary>
    public IReadOnlyList<string> SheetNames => sheetNames;

    /// <summary>Opens the workbook. The stream must stay open and be seekable until the workbook is disposed.</summary>
    /// <exception cref="UnreadableFileException">The file is no .xlsx, is damaged or unfolds beyond all measure.</exception>
    public static Workbook Open(Stream stream)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MaxEntries) throw new InvalidDataException("too many entries");
            var workbook = new Workbook(archive);
            workbook.ReadSheetList();
            return workbook;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException)
        {
            archive?.Dispose();
            throw new UnreadableFileException(NotAWorkbook, e);
        }
    }

    /// <summary>The rows of a sheet in file order; rows that are absent in the file are left out.</summary>
    /// <exception cref="UnreadableFileException">The sheet is damaged or there is none of that name.</exception>
    public IEnumerable<SheetRow> Rows(string sheet)
    {
        if (!partOfSheet.TryGetValue(sheet, out var part))
            throw new UnreadableFileException($"Die Arbeitsmappe hat kein Blatt „{sheet}“.");
        var strings = SharedStrings();
        using var reader = OpenPart(part);
        var previous = 0;
        while (ReadRow(reader, strings, ref previous) is { } row)
            yield return row;
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private void ReadSheetList()
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var relations = OpenPart("xl/_rels/workbook.xml.rels"))
            while (relations.Read())
                if (relations is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                    && relations.GetAttribute("Id") is { } id && relations.GetAttribute("Target") is { } target)
                    targets[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
        using var book = OpenPart("xl/workbook.xml");
        while (book.Read())
        {
            if (book is not { NodeType: XmlNodeType.Element, LocalName: "sheet" } || book.GetAttribute("name") is not { } name) continue;
            var id = book.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
            if (id is null || !targets.TryGetValue(id, out var part) || !partOfSheet.TryAdd(name, part)) continue;
            sheetNames.Add(name);
        }
    }

    private List<string> SharedStrings()
    {
        if (sharedStrings is not null) return sharedStrings;
        var strings = new List<string>();
        if (archive.GetEntry("xl/sharedStrings.xml") is not null)
            Guarded(() =>
            {
                using var reader = OpenPart("xl/sharedStrings.xml");
                while (reader.Read())
                    if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
                        strings.Add(ReadText(reader));
            });
        return sharedStrings = strings;
    }

    private XmlReader OpenPart(string part)
    {
        var entry = archive.GetEntry(part) ?? throw new UnreadableFileException(NotAWorkbook);
        return XmlReader.Create(new LimitedStream(entry.Open(), budget), Settings);
    }

    private static SheetRow? ReadRow(XmlReader reader, List<string> strings, ref int previous)
    {
        SheetRow? row = null;
        var number = previous;
        Guarded(() =>
        {
            while (reader.Read())
            {
                if (reader is not { NodeType: XmlNodeType.Element, LocalName: "row" }) continue;
                number = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : number + 1;
                row = new SheetRow(number, ReadCells(reader, strings));
                return;
            }
        });
        previous = number;
        return row;
    }

    private static List<string> ReadCells(XmlReader reader, List<string> strings)
    {
        var cells = new List<string>();
        if (reader.IsEmptyElement) return cells;
        var depth = reader.Depth;
        var next = 0;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "c" }) continue;
            var column = ColumnOf(reader.GetAttribute("r")) ?? next;
            if (column >= MaxColumns) throw new InvalidDataException("column out of range");
            while (cells.Count <= column) cells.Add("");
            cells[column] = ReadCell(reader, strings);
            next = column + 1;
        }
        return cells;
    }

    private static string ReadCell(XmlReader reader, List<string> strings)
    {
        var type = reader.GetAttribute("t");
        if (reader.IsEmptyElement) return "";
        var depth = reader.Depth;
        var value = "";
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "is") value = ReadText(reader);
            else if (reader.LocalName == "v") value = ReadText(reader, anyText: true);
        }
        if (type == "s" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            value = index < strings.Count ? strings[index] : throw new InvalidDataException("shared string missing");
        return value.Trim();
    }

    /// <summary>Joins the text runs of a string element, leaving out phonetic hints; ends on its closing tag.</summary>
    private static string ReadText(XmlReader reader, bool anyText = false)
    {
        if (reader.IsEmptyElement) return "";
        var depth = reader.Depth;
        var text = "";
        var inRun = anyText;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (reader.LocalName == "rPh") SkipContent(reader);
                inRun = anyText || reader.LocalName == "t";
            }
            else if (inRun && reader.NodeType is (XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA))
                text += reader.Value;
        }
        return text;
    }

    private static void SkipContent(XmlReader reader)
    {
        var depth = reader.Depth;
        if (reader.IsEmptyElement) return;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth)) { }
    }

    private static int? ColumnOf(string? reference)
    {
        if (string.IsNullOrEmpty(reference)) return null;
        var column = 0;
        foreach (var c in reference)
        {
            if (c is < 'A' or > 'Z') break;
            column = column * 26 + (c - 'A' + 1);
            if (column > MaxColumns) throw new InvalidDataException("column out of range");
        }
        return column == 0 ? null : column - 1;
    }

    private static void Guarded(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException)
        {
            throw new UnreadableFileException("Die Arbeitsmappe ist beschädigt und lässt sich nicht vollständig lesen. Bitte laden Sie sie noch einmal von der Quelle.", e);
        }
    }
}
