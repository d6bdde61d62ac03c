using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Anlauf.Platform.Documents.Papers;

/// <summary>Writes a <see cref="Paper"/> as DOCX, with real headings, so that a word processor shows its outline.</summary>
public static class DocxPaper
{
    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(Paper paper)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            file.PackageProperties.Title = paper.Title;
            file.PackageProperties.Creator = paper.Organisation;
            file.PackageProperties.Language = "de-DE";
            var main = file.AddMainDocumentPart();
            var body = new Body();
            main.Document = new Document(body);
            AddStyles(main);
            Add(body, paper.Organisation, "Heading3");
            Add(body, paper.Body + (paper.Stamp is null ? "" : $" · {paper.Stamp}"));
            Add(body, paper.Title, "Heading1");
            body.Append(Facts(paper.Facts));
            foreach (var section in paper.Sections)
            {
                Add(body, section.Heading, "Heading2");
                foreach (var paragraph in section.Printed) Add(body, paragraph, section.IsWording ? "Wording" : null);
            }
            if (paper.Signature is { } signature)
            {
                Add(body, "");
                Add(body, "F. d. R.");
                Add(body, signature.Place + (signature.Name is null ? "" : ", " + signature.Name));
            }
            Add(body, paper.Footer, "Source");
        }
        return stream.ToArray();
    }

    private static void Add(Body body, string text, string? style = null) => body.Append(Line(text, style));

    private static Paragraph Line(string text, string? style = null)
    {
        var paragraph = new Paragraph(new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
        if (style is not null) paragraph.PrependChild(new ParagraphProperties(new ParagraphStyleId { Val = style }));
        return paragraph;
    }

    private static Table Facts(IReadOnlyList<(string Label, string? Value)> facts)
    {
        var table = new Table(new TableProperties(new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }), new TableGrid(new GridColumn { Width = "2200" }, new GridColumn { Width = "7000" }));
        foreach (var (label, value) in facts)
            table.Append(new TableRow(new TableCell(Line(label)), new TableCell(Line(string.IsNullOrWhiteSpace(value) ? "–" : value))));
        return table;
    }

    private static void AddStyles(MainDocumentPart main)
    {
        var part = main.AddNewPart<StyleDefinitionsPart>();
        part.Styles = new Styles(
            new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri" }, new FontSize { Val = "21" }, new Languages { Val = "de-DE" })),
                new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "80", Line = "276", LineRule = LineSpacingRuleValues.Auto }))),
            Heading("Heading1", "heading 1", 0, "32"), Heading("Heading2", "heading 2", 1, "22"), Heading("Heading3", "heading 3", 2, "26"),
            new Style(new StyleName { Val = "Wortlaut" }, new StyleRunProperties(new RunFonts { Ascii = "Georgia", HighAnsi = "Georgia" }, new FontSize { Val = "24" })) { Type = StyleValues.Paragraph, StyleId = "Wording" },
            new Style(new StyleName { Val = "Quelle" }, new StyleParagraphProperties(new SpacingBetweenLines { Before = "400" }), new StyleRunProperties(new FontSize { Val = "17" })) { Type = StyleValues.Paragraph, StyleId = "Source" });
    }

    private static Style Heading(string id, string name, int level, string size) => new(new StyleName { Val = name },
        new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "240", After = "60" }, new OutlineLevel { Val = level }),
        new StyleRunProperties(new Bold(), new FontSize { Val = size }))
    { Type = StyleValues.Paragraph, StyleId = id };
}
