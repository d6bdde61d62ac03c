namespace Anlauf.Intake.Documents.Pdf;

/// <summary>Puts lines in reading order where running text is set in two columns: first the left column, then the right one. Tables and forms, whose lines are short, stay row by row.</summary>
internal static class PdfColumns
{
    private const int FewestLines = 8;

    /// <summary>A column of running text fills at least this part of its width in most of its lines.</summary>
    private const double Filled = 0.75;

    /// <summary>Joined lines of a page, as if it had one column, when no columns are found.</summary>
    /// <param name="runs">Pieces of lines that are not interrupted by a wide gap, top to bottom.</param>
    /// <param name="extent">Left and right end of a piece.</param>
    /// <param name="join">Makes lines of pieces that stand side by side.</param>
    public static IReadOnlyList<PdfLine> InReadingOrder<T>(IReadOnlyList<T> runs, Func<T, (double X, double End)> extent, Func<IEnumerable<T>, IEnumerable<PdfLine>> join)
    {
        if (Gutter(runs, extent) is not { } gutter) return [.. join(runs)];
        var lines = new List<PdfLine>();
        List<T> left = [], right = [];
        foreach (var run in runs)
        {
            var (x, end) = extent(run);
            if (x < gutter && end > gutter)
            {
                // what reaches across both columns closes what stands above it
                Flush();
                lines.AddRange(join([run]));
            }
            else (end <= gutter ? left : right).Add(run);
        }
        Flush();
        return lines;

        void Flush()
        {
            lines.AddRange(join(left));
            lines.AddRange(join(right));
            left.Clear();
            right.Clear();
        }
    }

    /// <summary>A place near the middle that hardly any run crosses, with running text on both sides.</summary>
    private static double? Gutter<T>(IReadOnlyList<T> runs, Func<T, (double X, double End)> extent)
    {
        if (runs.Count < 2 * FewestLines) return null;
        var (first, last) = (runs.Min(run => extent(run).X), runs.Max(run => extent(run).End));
        var width = last - first;
        var fewest = int.MaxValue;
        var candidates = new List<double>();
        for (var place = 0.4; place <= 0.6; place += 0.01)
        {
            var gutter = first + (width * place);
            var left = runs.Where(run => extent(run).End <= gutter).Select(extent).ToList();
            var right = runs.Where(run => extent(run).X >= gutter).Select(extent).ToList();
            var crossing = runs.Count - left.Count - right.Count;
            if (left.Count < FewestLines || right.Count < FewestLines || crossing > 0.15 * runs.Count || crossing > fewest || !IsRunningText(left) || !IsRunningText(right)) continue;
            if (crossing < fewest) candidates.Clear();
            fewest = crossing;
            candidates.Add(gutter);
        }
        return candidates.Count == 0 ? null : candidates[candidates.Count / 2];
    }

    private static bool IsRunningText(List<(double X, double End)> column)
    {
        var width = column.Max(run => run.End) - column.Min(run => run.X);
        return column.Count(run => run.End - run.X >= Filled * width) > 0.6 * column.Count;
    }
}
