namespace Anlauf.Platform.Documents.Papers;

/// <summary>Sets a <see cref="Paper"/> on A4 pages as PDF.</summary>
public static class PdfPaper
{
    // points: 2.4 cm at the sides, lines of 1.35 times the size
    private const double Left = 68, Right = PdfFile.PageWidth - 68, Top = 64, Bottom = PdfFile.PageHeight - 70, LabelWidth = 118, Leading = 1.35;

    private readonly record struct Style(TrueTypeFont Font, double Size, double Grey = 0)
    {
        public static Style Sans(double size, double grey = 0) => new(TrueTypeFont.Sans, size, grey);
        public static Style Bold(double size) => new(TrueTypeFont.SansBold, size);
        public double Width(string text) => Font.Width(text, Size);
    }

    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(Paper paper)
    {
        var sheet = new Sheet(new PdfFile(paper.Title, paper.Organisation));
        if (paper.Stamp is { } stamp) sheet.Stamp(stamp, Style.Bold(9));
        sheet.Text(paper.Organisation, Style.Bold(13));
        sheet.Text(paper.Body, Style.Sans(10));
        sheet.Rule(8, 1.4);
        sheet.Space(18);
        sheet.Text(paper.Title, Style.Bold(16));
        sheet.Space(10);
        foreach (var (label, value) in paper.Facts) sheet.Labelled(label, string.IsNullOrWhiteSpace(value) ? "–" : value, Style.Sans(10));
        foreach (var section in paper.Sections)
        {
            sheet.Space(14);
            sheet.Heading(section.Heading, Style.Bold(10));
            foreach (var paragraph in section.Printed)
            {
                sheet.Text(paragraph, section.IsWording ? new(TrueTypeFont.Serif, 12) : Style.Sans(10));
                sheet.Space(4);
            }
        }
        if (paper.Signature is { } signature) sheet.Signature(signature.Place, signature.Name, Style.Sans(9.5));
        return sheet.Finish(paper.Footer, Style.Sans(8.5, 0.35));
    }

    /// <summary>Where the next line goes; begins a new page when this one is full.</summary>
    private sealed class Sheet
    {
        private readonly PdfFile pdf;
        private double y;

        public Sheet(PdfFile pdf)
        {
            this.pdf = pdf;
            NextPage();
        }

        private void NextPage()
        {
            pdf.AddPage();
            y = Top;
        }

        public void Space(double points) => y += points;

        public void Rule(double above, double width)
        {
            y += above;
            pdf.Line(Left, y, Right, y, width);
        }

        public void Stamp(string text, Style style)
        {
            pdf.Frame(Right - style.Width(text) - 16, Top - 4, style.Width(text) + 16, 20);
            pdf.Text(text, style.Font, style.Size, Right - style.Width(text) - 8, Top + 9.5);
        }

        // a heading never stands alone at the foot of a page
        public void Heading(string text, Style style)
        {
            if (y + 48 > Bottom) NextPage();
            Text(text, style);
            y += 2;
        }

        public void Text(string text, Style style)
        {
            foreach (var line in Wrap(text, style, Right - Left)) Line(line, style, Left);
        }

        public void Labelled(string label, string value, Style style)
        {
            if (y + style.Size * Leading > Bottom) NextPage();
            pdf.Text(label, style.Font, style.Size, Left, y + style.Size, 0.35);
            foreach (var line in Wrap(value, style, Right - Left - LabelWidth)) Line(line, style, Left + LabelWidth);
            y += 2;
        }

        public void Signature(string place, string? name, Style style)
        {
            y += 34;
            if (y + 40 > Bottom) NextPage();
            pdf.Text("F. d. R.", style.Font, style.Size, Left, y);
            pdf.Text(place, style.Font, style.Size, Left, y + 14);
            pdf.Line(Right - 180, y + 2, Right, y + 2, 0.8);
            if (name is not null) pdf.Text(name, style.Font, style.Size, Right - 180, y + 14);
            y += 20;
        }

        public byte[] Finish(string source, Style style)
        {
            for (var page = 0; page < pdf.PageCount; page++)
            {
                var number = $"Seite {page + 1} von {pdf.PageCount}";
                pdf.Line(Left, Bottom + 14, Right, Bottom + 14, 0.5, page);
                pdf.Text(source, style.Font, style.Size, Left, Bottom + 28, style.Grey, page);
                pdf.Text(number, style.Font, style.Size, Right - style.Width(number), Bottom + 28, style.Grey, page);
            }
            return pdf.Save();
        }

        private void Line(string line, Style style, double x)
        {
            if (y + style.Size * Leading > Bottom) NextPage();
            pdf.Text(line, style.Font, style.Size, x, y + style.Size, style.Grey);
            y += style.Size * Leading;
        }

        // words that are wider than the line (addresses) are cut where they must
        private static List<string> Wrap(string text, Style style, double width)
        {
            var lines = new List<string>();
            var line = "";
            foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var longer = line.Length == 0 ? word : line + " " + word;
                if (style.Width(longer) <= width)
                {
                    line = longer;
                    continue;
                }
                if (line.Length > 0) lines.Add(line);
                line = word;
                while (style.Width(line) > width)
                {
                    var fits = line.Length - 1;
                    while (fits > 1 && style.Width(line[..fits]) > width) fits--;
                    lines.Add(line[..fits]);
                    line = line[fits..];
                }
            }
            if (line.Length > 0) lines.Add(line);
            return lines;
        }
    }
}
