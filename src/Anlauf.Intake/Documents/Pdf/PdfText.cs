using System.Text;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Documents.Pdf;

/// <summary>Writes the lines of all pages as light Markdown: paragraphs by their distance, headings by their size, list items by their signs.</summary>
internal static partial class PdfText
{
    /// <summary>Type this much larger than the running text makes a heading.</summary>
    private const double HeadingFrom = 1.12;

    /// <summary>A distance this much larger than the usual one between lines makes a paragraph.</summary>
    private const double ParagraphFrom = 1.3;

    private const int LongestHeading = 160;
    private const int MostHeadingSizes = 6;
    private const int Indent = 3;

    public static (string Text, IReadOnlyList<int> PageStarts) Write(string fileName, IReadOnlyList<IReadOnlyList<PdfLine>> pages)
    {
        var body = BodySize(pages);
        var headings = HeadingSizes(pages, body);
        var margins = ListMargins(pages, headings);
        var text = new StringBuilder();
        var starts = new List<int>();
        foreach (var page in pages)
        {
            if (text.Length > 0) text.Append("\n\n");
            starts.Add(text.Length);
            text.Append(TextCleaning.Clean(Page(page, headings, margins)));
            if (text.Length > DocumentLimits.TextLength) throw Unreadable.TooMuchText(fileName);
        }
        return (text.Append('\n').ToString(), starts);
    }

    private static string Page(IReadOnlyList<PdfLine> lines, List<double> headings, List<double> margins)
    {
        var text = new StringBuilder();
        var pitch = UsualPitch(lines);
        PdfLine? before = null;
        var headingBefore = 0;
        foreach (var line in lines)
        {
            var heading = headings.IndexOf(line.Size) + 1;
            var distance = before is null ? 0 : before.Y - line.Y;
            // a heading set in several lines is one heading
            if (heading > 0 && heading == headingBefore && distance > 0 && distance < 1.6 * line.Size) text.Append(' ').Append(line.Text);
            else
            {
                var size = Math.Max(line.Size, before?.Size ?? 0);
                var isApart = heading > 0 || headingBefore > 0 || distance < -0.5 || distance > ParagraphFrom * Math.Max(pitch, size);
                if (before is not null) text.Append(isApart ? "\n\n" : "\n");
                text.Append(heading > 0 ? new string('#', Math.Min(heading, 3)) + " " + line.Text.Replace('\t', ' ') : Item(line, margins));
            }
            (before, headingBefore) = (line, heading);
        }
        return text.ToString();
    }

    /// <summary>The size most characters are set in.</summary>
    private static double BodySize(IEnumerable<IReadOnlyList<PdfLine>> pages) =>
        pages.SelectMany(page => page).GroupBy(line => line.Size).OrderByDescending(group => group.Sum(line => line.Text.Length)).Select(group => group.Key).FirstOrDefault();

    /// <summary>Sizes of headings, largest first; none where larger type is not the exception.</summary>
    private static List<double> HeadingSizes(IReadOnlyList<IReadOnlyList<PdfLine>> pages, double body)
    {
        var lines = pages.SelectMany(page => page).ToList();
        var larger = lines.Where(line => line.Size >= HeadingFrom * body).ToList();
        if (larger.Sum(line => line.Text.Length) > 0.25 * lines.Sum(line => line.Text.Length)) return [];
        return [.. larger.GroupBy(line => line.Size).Where(group => group.All(line => line.Text.Length <= LongestHeading) && group.Any(line => line.Text.Any(char.IsLetter)))
            .Select(group => group.Key).OrderDescending().Take(MostHeadingSizes)];
    }

    /// <summary>Left edges at which list items begin, outermost first.</summary>
    private static List<double> ListMargins(IEnumerable<IReadOnlyList<PdfLine>> pages, List<double> headings)
    {
        const double Apart = 8;
        var margins = new List<double>();
        foreach (var x in pages.SelectMany(page => page).Where(line => !headings.Contains(line.Size) && Marker().IsMatch(line.Text)).Select(line => line.X).Order())
            if (margins.Count == 0 || x - margins[^1] > Apart) margins.Add(x);
        return margins;
    }

    private static string Item(PdfLine line, List<double> margins)
    {
        if (Marker().Match(line.Text) is not { Success: true } marker) return line.Text;
        var depth = Math.Clamp(margins.FindLastIndex(margin => margin <= line.X + 0.01), 0, 5);
        var sign = marker.Groups["bullet"].Success ? "-" : marker.Groups["number"].Value;
        return new string(' ', depth * Indent) + sign + " " + line.Text[marker.Length..];
    }

    /// <summary>The distance between most lines of a page.</summary>
    private static double UsualPitch(IReadOnlyList<PdfLine> lines)
    {
        var distances = new List<double>();
        for (var i = 1; i < lines.Count; i++)
            if (lines[i - 1].Y - lines[i].Y is > 1 and var distance && distance < 3 * lines[i].Size) distances.Add(Math.Round(distance, 1));
        return distances.Count == 0 ? 0 : distances.GroupBy(distance => distance).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
    }

    [GeneratedRegex(@"^(?:(?<bullet>[•▪▫◦●○■□➢➤‣⁃∙◆✓·])|(?<number>(?:\d{1,2}|[a-z])[.)]))\s+(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}
