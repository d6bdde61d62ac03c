using System.Xml.Linq;

namespace Anlauf.Intake.Documents.Odt;

/// <summary>Reads OpenDocument texts (ODT): headings, lists with their numbers, tables, notes at the end; deletions under change tracking are left out.</summary>
internal sealed class OdtReader
{
    private readonly BlockWriter writer;
    private readonly OdtLists lists;
    private readonly List<string> notes = [];

    private OdtReader(string fileName, OdtLists lists) => (writer, this.lists) = (new BlockWriter(fileName), lists);

    public static SourceText Read(string fileName, OfficePackage package)
    {
        if (package.Xml("META-INF/manifest.xml")?.Descendants().Any(element => element.Name() == "encryption-data") == true)
            throw Unreadable.Protected(fileName);
        var content = package.Xml("content.xml");
        var body = content.Child("body") ?? throw Unreadable.Damaged(fileName, "ODT");
        if (body.Child("spreadsheet") is not null) throw Unreadable.Spreadsheet(fileName);
        if (body.Child("presentation") is not null) throw Unreadable.Presentation(fileName);
        if (body.Child("text") is not { } text) throw Unreadable.NotText(fileName);
        var reader = new OdtReader(fileName, new OdtLists(content, package.Xml("styles.xml")));
        reader.Blocks(text);
        foreach (var note in reader.notes) reader.writer.Paragraph(note);
        var result = reader.writer.Finish();
        if (string.IsNullOrWhiteSpace(result)) throw Unreadable.NotText(fileName);
        return new SourceText(fileName, SourceFormat.Odt, result);
    }

    private void Blocks(XElement container)
    {
        foreach (var element in container.Elements())
        {
            switch (element.Name())
            {
                case "tracked-changes" or "sequence-decls" or "variable-decls" or "user-field-decls" or "forms" or "annotation": break;
                case "h":
                    var level = OfficeXml.Int(element.Attr("outline-level")) ?? 1;
                    var (heading, headingBoxes) = Inline(element);
                    if (!string.IsNullOrWhiteSpace(heading))
                    {
                        var marker = element.Attr("is-list-header") == "true" ? "" : lists.NextHeading(level);
                        writer.Heading(level, marker.Length > 0 ? $"{marker} {heading}" : heading);
                    }
                    headingBoxes.ForEach(Blocks);
                    break;
                case "p":
                    var (paragraph, boxes) = Inline(element);
                    writer.Paragraph(paragraph);
                    boxes.ForEach(Blocks);
                    break;
                case "list": List(element, lists.Enter(element)); break;
                case "table": Table(element); break;
                default: Blocks(element); break;
            }
        }
    }

    private void List(XElement list, OdtLists.Place place)
    {
        foreach (var item in list.Elements().Where(element => element.Name() is "list-item" or "list-header"))
        {
            // an item counts when it shows text; empty ones only hold a deeper list
            string? marker = item.Name() == "list-header" ? "" : null;
            foreach (var element in item.Elements())
            {
                switch (element.Name())
                {
                    case "p" or "h":
                        var (text, boxes) = Inline(element);
                        if (!string.IsNullOrWhiteSpace(text))
                        {
                            var first = marker is null;
                            marker ??= lists.Next(place, OfficeXml.Int(item.Attr("start-value")));
                            if (element.Name() == "h") writer.Heading(OfficeXml.Int(element.Attr("outline-level")) ?? 1, first && marker is not ("" or "-") ? $"{marker} {text}" : text);
                            else writer.Item(place.Level, first ? marker : "", text);
                        }
                        boxes.ForEach(Blocks);
                        break;
                    case "list": List(element, lists.EnterBelow(element, place, marker is null)); break;
                }
            }
        }
        if (place.Level == 0) lists.Leave(list, place);
    }

    private void Table(XElement table)
    {
        var rows = Rows(table).Select(row => row.Elements().Where(cell => cell.Name() is "table-cell" or "covered-table-cell").ToList()).ToList();
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
        "table-row" => [element],
        "table-header-rows" or "table-rows" or "table-row-group" => Rows(element),
        _ => (IEnumerable<XElement>)[],
    });

    private string CellText(XElement cell)
    {
        var texts = new List<string>();
        CollectCell(cell, texts);
        return string.Join(' ', texts.Where(text => !string.IsNullOrWhiteSpace(text)));
    }

    private void CollectCell(XElement container, List<string> texts)
    {
        foreach (var element in container.Elements())
        {
            if (element.Name() is "p" or "h") texts.Add(Inline(element).Text);
            else if (element.Name() is not ("annotation" or "tracked-changes")) CollectCell(element, texts);
        }
    }

    private (string Text, List<XElement> Boxes) Inline(XElement paragraph)
    {
        var inline = new OdtInline(notes);
        inline.Collect(paragraph);
        return (inline.Text, inline.TextBoxes);
    }
}
