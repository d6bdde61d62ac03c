using System.Text.RegularExpressions;

namespace Anlauf.Intake.Layout;

/// <summary>
/// Labelled values: „Anwesend: A, B", several labels on one line, a heading with a list below it, a two-column table row,
/// and a column of names set under the first one.
/// </summary>
internal sealed partial class FieldReader(DocumentLayout layout)
{
    private readonly List<Field> fields = [];

    public static List<Field> Read(DocumentLayout layout)
    {
        var reader = new FieldReader(layout);
        foreach (var line in layout.Lines)
            if (!line.IsBlank) reader.Read(line);
        return reader.fields;
    }

    /// <summary>True where a line opens with a label of its own and therefore does not go on with the line above.</summary>
    public static bool IsLabel(Line line) => line.Content.Length < 4000 && (LabelLine().IsMatch(line.Content) || KnownLabel().IsMatch(line.Content) || BareLabel().IsMatch(line.Content));

    private void Read(Line line)
    {
        if (line.Kind == LineKind.Table) { AddRow(line); return; }
        var head = layout.Shadow.Substring(line.ContentStart, Math.Min(140, line.End - line.ContentStart));
        var match = LabelLine().Match(head);
        if (!match.Success) match = KnownLabel().Match(head);
        if (match.Success)
        {
            var label = match.Groups["label"];
            var start = line.ContentStart + match.Length;
            if (start < line.End) Inline(Collapse(label.Value), line, start);
            else fields.Add(new(Collapse(label.Value), line, false, Below(line.Index)));
        }
        else if ((line.Kind == LineKind.Heading && line.Content.Length <= 90) || (line.Kind == LineKind.Text && BareLabel().IsMatch(line.Content)))
            fields.Add(new(line.Content, line, false, Below(line.Index)));
    }

    /// <summary>„Moderation: A, Protokoll: B" and „Beginn: 18 Uhr   Ende: 20 Uhr" are two fields each.</summary>
    private void Inline(string label, Line line, int start)
    {
        var column = Column(line, start);
        var end = column.Count > 1 ? column[0].End : InlineEnd(line);
        if (end - start < 600)
            for (var next = FurtherLabel().Match(layout.Shadow, start, end - start); next.Success; next = FurtherLabel().Match(layout.Shadow, start, end - start))
            {
                if (next.Index > start) fields.Add(new(label, line, true, [Span.Between(start, next.Index)]));
                label = Collapse(next.Groups["label"].Value);
                start = next.Index + next.Length;
            }
        if (start < end) fields.Add(new(label, line, true, column.Count > 1 ? [Span.Between(start, end), .. column.Skip(1)] : [Span.Between(start, end)]));
    }

    /// <summary>The value and the lines below it that are set into the same column.</summary>
    private List<Span> Column(Line line, int start)
    {
        var column = start - line.Start;
        var rows = new List<Span> { Span.Between(start, line.End) };
        if (column < 8) return rows;
        for (var i = line.Index + 1; i < layout.Lines.Count && layout.Lines[i] is { Kind: LineKind.Text } next && next.Indent >= 6 && Math.Abs(next.Indent - column) <= 2 && !IsLabel(next); i++)
            rows.Add(next.ContentSpan);
        return rows;
    }

    private static string Collapse(string label) => Whitespace().Replace(label, " ").Trim();

    private void AddRow(Line line)
    {
        var cells = layout.Cells(line);
        if (cells.Count == 2 && cells[0].Length > 0 && cells[1].Length > 0)
            fields.Add(new(layout.Value(cells[0]).TrimEnd(':'), line, true, [cells[1]]));
    }

    /// <summary>An inline value may be wrapped onto the next lines.</summary>
    private int InlineEnd(Line line)
    {
        var last = line;
        while (last.Index + 1 < layout.Lines.Count && layout.Lines[last.Index + 1] is { Kind: LineKind.Text } next && !IsLabel(next) && !DocumentLayout.OpensItem(next)
               && (last.Content[^1] is ',' or ';' || (!layout.HasHardBreak(last) && last.End - last.Start >= 55 && last.Content[^1] != '.')))
            last = next;
        return last.End;
    }

    private List<Span> Below(int index)
    {
        var values = new List<Span>();
        var lines = layout.Lines;
        var i = index + 1;
        for (var blanks = 0; i < lines.Count && lines[i].Kind == LineKind.Blank && blanks < 3; blanks++) i++;
        if (i >= lines.Count) return values;
        var first = lines[i];
        switch (first.Kind)
        {
            case LineKind.Text when !IsLabel(first):
                var last = first;
                while (last.Index + 1 < lines.Count && lines[last.Index + 1] is { Kind: LineKind.Text } next && !IsLabel(next)) last = next;
                values.Add(Span.Between(first.ContentStart, last.End));
                break;
            case LineKind.Bullet or LineKind.Table:
                for (; i < lines.Count; i++)
                {
                    // „* Anwesend:" is itself an entry of a list: only what lies below it belongs to it
                    if (lines[index].Kind == LineKind.Bullet && lines[i].Kind == LineKind.Bullet && lines[i].Indent <= lines[index].Indent) break;
                    if (lines[i].Kind == first.Kind) values.Add(lines[i].ContentSpan);
                    else if (lines[i].Kind == LineKind.Text && lines[i].Indent > first.Indent && values.Count > 0) values[^1] = values[^1].To(lines[i].ContentSpan);
                    else if (!(lines[i].Kind == LineKind.Blank && i + 1 < lines.Count && lines[i + 1].Kind == first.Kind)) break;
                }
                break;
        }
        return values;
    }

    [GeneratedRegex(@"^(?<label>(?:\d\.[ ])?[\p{Lu}fz](?:[^:\n]|:(?=\p{Ll})){0,70}?)[ \t]*:(?:[ \t]+|$|(?=\p{Lu}))")]
    private static partial Regex LabelLine();

    private const string Attendance = @"(?:(?:un)?entschuldigt|verantwortlich|zuständig|anwesend|abwesend|dabei|(?:nicht\s)?da|zu\sgast|gäste|gast|es\sfehl(?:t|en)|Anwesende?|Teilnehme(?:nde|r)|Entschuldigt|Unentschuldigt|Abwesend|Gäste|Gast|Moderation|Leitung|Sitzungsleitung|Versammlungsleitung|Diskussionsleitung|Redeleitung|Vorsitz|Protokoll(?:führung|führer(?:in)?|ant(?:in)?)?|Schriftführung|Beginn|Ende|Ort|Datum|Zeit|Uhrzeit)";

    /// <summary>Small-letter labels of scribbled minutes, and „Anwesend;" where recognition took the colon for a semicolon.</summary>
    [GeneratedRegex(@"^(?<label>" + Attendance + @")\s?[:;](?:[ \t]+|$)")]
    private static partial Regex KnownLabel();

    /// <summary>A second label on the same line, behind a comma, a bar or at least two blanks.</summary>
    [GeneratedRegex(@"(?:[,;.|/][ \t]*|[ \t]{2,}|(?<=\d\sUhr)[ \t]+)(?<label>" + Attendance + @"|entsch\.)[ \t]*[:;][ \t]+")]
    private static partial Regex FurtherLabel();

    /// <summary>Word processors often set the label as a line of its own, without colon.</summary>
    [GeneratedRegex(@"^(?:Anwesen(?:d|de)(?:\s\p{L}+)?|Teilnehm\p{L}+(?:[:*_.]?innen)?|Entschuldigt(?:e|\sfehlen|\sfehlten)?(?:\sMitglieder)?|Abwesen(?:d|de)(?:\s\p{L}+)?|Gäste|Gast|Protokoll(?:ant|führer|führung)(?:[.:*_/]?in)?|Sitzungsleitung|Versammlungsleitung|Tagesordnung(?:spunkte)?)$")]
    private static partial Regex BareLabel();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
