using Anlauf.Intake;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>The source cut into lines and, within a line, into plain pieces and highlighted ones. Nothing is added, left out or altered.</summary>
public static class SourceLines
{
    /// <summary>A piece of a line; <paramref name="Finding"/> is null for plain text, <paramref name="First"/> marks the piece that carries the number and the anchor.</summary>
    public sealed record Piece(string Text, Finding? Finding, bool First);

    /// <summary>A line with its number, whether it is a heading, and its pieces.</summary>
    public sealed record Line(int Number, int Level, IReadOnlyList<Piece> Pieces);

    /// <summary>Lines that hold more than white space.</summary>
    public static IReadOnlyList<Line> Of(string text, IReadOnlyList<Finding> findings)
    {
        // contradictions lie on top, then the shorter passage: a name within a sentence stays visible
        var passages = findings.Where(f => f.Kind != FindingKind.Hint).SelectMany(f => f.Spans.Select(s => (Span: s, Finding: f)))
            .OrderBy(p => p.Finding.Kind != FindingKind.Contradiction).ThenBy(p => p.Span.Length).ToList();
        var owner = new Finding?[text.Length];
        foreach (var (span, finding) in passages)
            for (var i = Math.Max(0, span.Start); i < Math.Min(text.Length, span.End); i++) owner[i] ??= finding;

        var seen = new HashSet<string>();
        var lines = new List<Line>();
        var number = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            number++;
            if (!string.IsNullOrWhiteSpace(text[start..end])) lines.Add(new Line(number, LevelOf(text, start, end), Pieces(text, owner, seen, start, end)));
            start = end + 1;
        }
        return lines;
    }

    /// <summary>Number of the line in which a passage begins, from 1.</summary>
    public static int LineOf(string text, Span span) => text.AsSpan(0, Math.Clamp(span.Start, 0, text.Length)).Count('\n') + 1;

    private static int LevelOf(string text, int start, int end)
    {
        var level = 0;
        while (start + level < end && text[start + level] == '#') level++;
        return level;
    }

    private static List<Piece> Pieces(string text, Finding?[] owner, HashSet<string> seen, int start, int end)
    {
        var pieces = new List<Piece>();
        for (var i = start; i < end;)
        {
            var j = i + 1;
            while (j < end && ReferenceEquals(owner[j], owner[i])) j++;
            pieces.Add(new Piece(text[i..j], owner[i], owner[i] is { } f && seen.Add(f.Id)));
            i = j;
        }
        return pieces;
    }
}
