using System.Xml.Linq;

namespace Anlauf.Intake.Documents.Docx;

/// <summary>Reads Word documents (DOCX): body text with headings, automatic list numbers and tables; inserted changes are kept, deleted ones left out; foot- and endnotes follow at the end; page headers and footers are left out.</summary>
internal sealed class DocxReader
{
    private const int LongestCarried = 100_000;
    private readonly WordStyles styles;
    private readonly WordNumbering numbering;
    private readonly BlockWriter writer;
    private readonly WordNotes notes;
    private string carried = "";

    private DocxReader(string fileName, WordStyles styles, WordNumbering numbering, WordNotes notes)
    {
        (this.styles, this.numbering, this.notes) = (styles, numbering, notes);
        writer = new BlockWriter(fileName);
    }

    /// <summary>Path of the main part, or null where the package is no Word document.</summary>
    public static string? MainPart(OfficePackage package)
    {
        if (package.Has("word/document.xml")) return "word/document.xml";
        if (!package.HasBelow("word/")) return null;
        var main = package.Xml("_rels/.rels").Children("Relationship")
            .FirstOrDefault(relation => relation.Attr("Type")?.EndsWith("/officeDocument", StringComparison.Ordinal) == true).Attr("Target")?.TrimStart('/');
        return main is not null && package.Has(main) ? main : null;
    }

    public static SourceText Read(string fileName, OfficePackage package, string mainPart)
    {
        var folder = mainPart[..(mainPart.LastIndexOf('/') + 1)];
        if (package.Xml(mainPart).Child("body") is not { } body) throw Unreadable.Damaged(fileName, "DOCX");
        var styles = new WordStyles(package.Xml(folder + "styles.xml"));
        var notes = new WordNotes(package.Xml(folder + "footnotes.xml"), package.Xml(folder + "endnotes.xml"));
        var reader = new DocxReader(fileName, styles, new WordNumbering(package.Xml(folder + "numbering.xml")), notes);
        reader.Blocks(body);
        reader.FlushCarried();
        foreach (var (marker, note) in notes.Used()) reader.writer.Paragraph($"{marker}: {note}");
        var text = reader.writer.Finish();
        if (string.IsNullOrWhiteSpace(text)) throw Unreadable.NotText(fileName);
        return new SourceText(fileName, SourceFormat.Docx, text);
    }

    private void Blocks(XElement container)
    {
        foreach (var element in container.Elements())
        {
            switch (element.Name())
            {
                case "p": Paragraph(element); break;
                case "tbl": Table(element); break;
                case "sdt" when element.Child("sdtContent") is { } content: Blocks(content); break;
                case "ins" or "moveTo" or "customXml" or "smartTag": Blocks(element); break;
                case "AlternateContent": Blocks(element.Child("Choice") ?? element.Child("Fallback") ?? element); break;
            }
        }
    }

    private void Paragraph(XElement paragraph)
    {
        var properties = paragraph.Child("pPr");
        var run = new WordRuns(notes);
        run.Collect(paragraph);
        var text = carried + run.Text;
        carried = "";
        // the end of this paragraph was deleted with tracking: it runs on into the next one
        if (properties.Child("rPr").Child("del") is not null && text.Length < LongestCarried)
        {
            carried = text;
            return;
        }
        Write(properties, text);
        foreach (var box in run.TextBoxes) Blocks(box);
    }

    private void Write(XElement? properties, string text)
    {
        var style = properties.ChildVal("pStyle");
        var direct = properties.ChildInt("outlineLvl");
        var heading = direct is >= 0 and <= 8 ? direct + 1 : styles.HeadingLevel(style);
        if (string.IsNullOrWhiteSpace(text)) return;
        var level = 0;
        var marker = Marker(properties, style, ref level);
        if (heading is { } rank) writer.Heading(rank, marker is null or "-" or "" ? text : $"{marker} {text}");
        else if (marker is not null) writer.Item(level, marker, text);
        else writer.Paragraph(text);
    }

    private string? Marker(XElement? properties, string? style, ref int level)
    {
        var own = properties.Child("numPr");
        var inherited = styles.NumberProperties(style);
        if ((own.ChildVal("numId") ?? inherited.ChildVal("numId")) is not { } list) return null;
        level = own.ChildInt("ilvl") ?? inherited.ChildInt("ilvl") ?? 0;
        return numbering.Next(list, level);
    }

    private void Table(XElement table)
    {
        FlushCarried();
        var rows = Rows(table).Where(row => row.Child("trPr").Child("del") is null).Select(row => Cells(row).ToList()).ToList();
        // a frame of one column is a layout aid, not a table
        if (rows.TrueForAll(row => row.Count <= 1))
        {
            foreach (var cell in rows.SelectMany(row => row)) Blocks(cell);
            return;
        }
        writer.Break();
        foreach (var row in rows) writer.Row([.. row.Select(CellText)]);
        writer.Break();
    }

    private static IEnumerable<XElement> Rows(XElement table) => table.Elements().SelectMany(element => element.Name() switch
    {
        "tr" => [element],
        "sdt" or "sdtContent" or "ins" or "customXml" => Rows(element),
        _ => (IEnumerable<XElement>)[],
    });

    private static IEnumerable<XElement> Cells(XElement row) => row.Elements().SelectMany(element => element.Name() switch
    {
        "tc" => [element],
        "sdt" or "sdtContent" or "customXml" => Cells(element),
        _ => (IEnumerable<XElement>)[],
    });

    private string CellText(XElement cell)
    {
        if (cell.Child("tcPr").Child("vMerge") is { } merge && merge.Attr("val") != "restart") return "";
        var texts = new List<string>();
        CollectCell(cell, texts);
        return string.Join(' ', texts.Where(text => !string.IsNullOrWhiteSpace(text)));
    }

    private void CollectCell(XElement container, List<string> texts)
    {
        foreach (var element in container.Elements())
        {
            if (element.Name() == "p")
            {
                var run = new WordRuns(notes);
                run.Collect(element);
                var level = 0;
                var properties = element.Child("pPr");
                var marker = string.IsNullOrWhiteSpace(run.Text) ? null : Marker(properties, properties.ChildVal("pStyle"), ref level);
                texts.Add(string.IsNullOrEmpty(marker) ? run.Text : $"{marker} {run.Text}");
            }
            else if (element.Name() is "tbl" or "tr" or "tc" or "sdt" or "sdtContent" or "ins" or "customXml") CollectCell(element, texts);
        }
    }

    private void FlushCarried()
    {
        writer.Paragraph(carried);
        carried = "";
    }
}
