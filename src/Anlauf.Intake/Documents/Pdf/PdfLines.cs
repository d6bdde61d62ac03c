using System.Text;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Documents.Pdf;

/// <summary>A line of a page: where it begins and ends, its baseline, the size of most of its type, its text. Wide gaps are tabs.</summary>
internal sealed record PdfLine(double X, double End, double Y, double Size, string Text);

/// <summary>Rebuilds lines from pieces of text by their places.</summary>
internal static partial class PdfLines
{
    /// <summary>Gaps in parts of the type size: from here on a blank, from there on a tab; below, a run goes on.</summary>
    private const double BlankFrom = 0.16;
    private const double TabFrom = 2.2;
    private const double RunGoesOn = 0.9;

    private sealed record Run(double X, double Y, double Size, StringBuilder Text)
    {
        public double End { get; set; }
    }

    /// <summary>All lines of a page in reading order; text turned sideways follows at the end.</summary>
    public static IReadOnlyList<PdfLine> Of(IReadOnlyList<PdfPiece> pieces)
    {
        var lines = new List<PdfLine>();
        foreach (var direction in pieces.GroupBy(piece => piece.Turns).OrderByDescending(group => group.Count()))
            lines.AddRange(PdfColumns.InReadingOrder([.. Runs(direction).OrderByDescending(run => run.Y)], run => (run.X, run.End), Lines));
        return lines;
    }

    /// <summary>Joins pieces that follow each other in the content and on the page.</summary>
    private static List<Run> Runs(IEnumerable<PdfPiece> pieces)
    {
        var runs = new List<Run>();
        Run? open = null;
        var lastX = 0.0;
        foreach (var piece in pieces)
        {
            var gap = open is null ? 0 : piece.X - open.End;
            if (open is null || Math.Abs(piece.Y - open.Y) > 0.1 * piece.Size || gap > RunGoesOn * piece.Size || gap < -0.5 * piece.Size || Math.Abs(piece.Size - open.Size) > 0.3 * open.Size)
            {
                open = new Run(piece.X, piece.Y, piece.Size, new StringBuilder(piece.Text)) { End = piece.End };
                runs.Add(open);
            }
            else
            {
                if (gap > BlankFrom * piece.Size && !EndsBlank(open.Text) && piece.Text[0] != ' ') open.Text.Append(' ');
                // bold imitated by printing twice
                if (Math.Abs(piece.X - lastX) > 0.1 * piece.Size || piece.Text[0] != open.Text[^1]) open.Text.Append(piece.Text);
                open.End = Math.Max(open.End, piece.End);
            }
            lastX = piece.X;
        }
        return runs;
    }

    /// <summary>Gathers runs of one baseline; small type a little above or below (raised figures) belongs to the line it touches.</summary>
    private static IEnumerable<PdfLine> Lines(IEnumerable<Run> runs)
    {
        var rows = new List<(double Y, double Size, List<Run> Runs)>();
        foreach (var run in runs.Where(run => !string.IsNullOrWhiteSpace(run.Text.ToString())).OrderByDescending(run => run.Y))
        {
            var at = rows.Count - 1;
            if (at >= 0 && rows[at].Y - run.Y <= Tolerance(rows[at].Size, run.Size))
            {
                rows[at].Runs.Add(run);
                // the larger type gives the baseline
                if (run.Size > rows[at].Size * 1.05) rows[at] = (run.Y, run.Size, rows[at].Runs);
            }
            else rows.Add((run.Y, run.Size, [run]));
        }
        foreach (var (y, _, row) in rows)
        {
            if (Line(y, [.. row.OrderBy(run => run.X)]) is { } line) yield return line;
        }
    }

    private static double Tolerance(double size, double other)
    {
        var (large, small) = size > other ? (size, other) : (other, size);
        return small < 0.8 * large ? 0.45 * large : 0.25 * small;
    }

    private static PdfLine? Line(double y, List<Run> runs)
    {
        var text = new StringBuilder();
        var end = double.NegativeInfinity;
        Run? before = null;
        foreach (var run in runs)
        {
            // the same words printed again on the same place (shadow, bold)
            if (before is not null && Math.Abs(run.X - before.X) < 0.15 * run.Size && run.Text.Equals(before.Text)) continue;
            var gap = (run.X - end) / run.Size;
            if (before is not null && gap > TabFrom)
            {
                TrimEnd(text);
                text.Append('\t');
            }
            else if (before is not null && gap > BlankFrom && !EndsBlank(text) && run.Text[0] != ' ') text.Append(' ');
            text.Append(run.Text);
            end = Math.Max(end, run.End);
            before = run;
        }
        var content = Blanks().Replace(text.ToString().Trim(), " ");
        if (content.Length == 0) return null;
        var size = runs.GroupBy(run => Math.Round(run.Size, 1)).OrderByDescending(group => group.Sum(run => run.Text.Length)).First().Key;
        return new PdfLine(runs[0].X, end, y, size, content);
    }

    private static bool EndsBlank(StringBuilder text) => text.Length > 0 && text[^1] is ' ' or '\u00A0' or '\t';

    private static void TrimEnd(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
