using System.Text.RegularExpressions;

namespace Anlauf.Intake.Layout;

/// <summary>A sentence or a heading: the smallest passage rules judge.</summary>
internal sealed record Statement(int Index, Span Span, string Text, int Line, LineKind Kind, int Block);

/// <summary>A labelled value: „Anwesend: A, B", a heading with a list below it, or a two-column table row.</summary>
internal sealed record Field(string Label, Line Line, bool Inline, IReadOnlyList<Span> Values);

/// <summary>Outer structure of one document: front matter, lines, sentences and labelled fields, all with offsets into the source.</summary>
internal sealed partial class DocumentLayout
{
    private const int LongestStatement = 2400;

    public SourceText Source { get; }
    public string Shadow { get; }
    public IReadOnlyDictionary<string, Found<string>> FrontMatter { get; }
    public int BodyStart { get; }
    public List<Line> Lines { get; }
    public List<Statement> Statements { get; } = [];
    public List<Field> Fields { get; }

    public DocumentLayout(SourceText source)
    {
        Source = source;
        FrontMatter = Layout.FrontMatter.Read(source.Text, out var start);
        BodyStart = start;
        Shadow = Layout.Shadow.Of(source.Text);
        Lines = Layout.Lines.Of(source.Text, Shadow, start);
        BuildStatements();
        Fields = FieldReader.Read(this);
    }

    public string Value(Span span) => Layout.Shadow.Value(Shadow, span);

    /// <summary>Index of the line that holds an offset of the body.</summary>
    public int LineAt(int offset)
    {
        int low = 0, high = Lines.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Lines[middle].Start <= offset) low = middle; else high = middle - 1;
        }
        return low;
    }

    private void BuildStatements()
    {
        var block = 0;
        for (var i = 0; i < Lines.Count; i++)
        {
            var line = Lines[i];
            if (line.IsBlank) continue;
            var last = i;
            if (line.Kind is LineKind.Text or LineKind.Bullet)
                while (last + 1 < Lines.Count && Continues(line, Lines[last], Lines[last + 1])) last++;
            var span = Span.Between(line.ContentStart, Lines[last].End);
            if (line.Kind is LineKind.Heading or LineKind.Table) Add(span, line, block);
            else foreach (var sentence in Sentences.Of(Shadow, span)) Add(sentence, line, block);
            block++;
            i = last;
        }
    }

    private void Add(Span span, Line line, int block)
    {
        if (span.Length > LongestStatement) span = new(span.Start, LongestStatement);
        Statements.Add(new(Statements.Count, span, Value(span), LineAt(span.Start), line.Kind, block));
    }

    /// <summary>True for a line such as „TOP 3 …", which opens a new entry.</summary>
    public static bool OpensItem(Line line) => AgendaLine().IsMatch(line.Content);

    /// <summary>True where a line goes on with the sentence of the line above (hard-wrapped text) instead of opening a new entry.</summary>
    private bool Continues(Line first, Line above, Line next)
    {
        if (next.Kind != LineKind.Text || FieldReader.IsLabel(next) || AgendaLine().IsMatch(next.Content)) return false;
        if (HasHardBreak(above)) return false;
        var begin = next.Content[0];
        if (first.Kind == LineKind.Bullet && next.Indent > first.Indent && (char.IsLower(begin) || above.End - above.Start >= 45)) return true;
        if (char.IsLower(begin) || begin is '(' or ',' || next.Content.StartsWith("[.", StringComparison.Ordinal) || next.Content.StartsWith("[…", StringComparison.Ordinal)) return true;
        if (above.End - above.Start >= 15 && Dangling().IsMatch(above.Content.AsSpan(Math.Max(0, above.Content.Length - 12)))) return true;
        return above.End - above.Start >= 45 && above.Content[^1] is not ('.' or ':' or ';' or '!' or '?');
    }

    /// <summary>True where the source breaks the line on purpose: two blanks, a backslash or a break tag at its end.</summary>
    public bool HasHardBreak(Line line)
    {
        var end = Source.Text.IndexOf('\n', line.End);
        if (end < 0) end = Source.Text.Length;
        var tail = Source.Text.AsSpan(line.End, Math.Min(end - line.End, 40));
        return tail.EndsWith("  ") || tail.TrimEnd().EndsWith(">") || tail.Contains('\\');
    }

    /// <summary>The cells of a <c>| a | b |</c> row, without surrounding blanks.</summary>
    public List<Span> Cells(Line row)
    {
        var cells = new List<Span>();
        var start = row.ContentStart + 1;
        for (var i = start; i <= row.End; i++)
        {
            if (i < row.End && Shadow[i] != '|') continue;
            if (i == row.End && start >= row.End) break;
            int from = start, to = i;
            while (from < to && char.IsWhiteSpace(Shadow[from])) from++;
            while (to > from && char.IsWhiteSpace(Shadow[to - 1])) to--;
            cells.Add(Span.Between(from, to));
            start = i + 1;
        }
        return cells;
    }

    /// <summary>A line that ends with an article, a preposition or a conjunction goes on.</summary>
    [GeneratedRegex(@"(?:^|\s)(?:der|die|das|dem|den|des|eine[rmns]?|ein|mit|und|oder|sowie|für|von|vom|zu[rm]?|in|im|an|am|auf|bei|beim|durch|über|unter|nach|vor|als|dass|wird|wurde|werden|sich|nicht|ohne|gegen|zwei|drei|vier|fünf|keine[rmn]?|(?<![:=]\s{0,3})\d+)$")]
    private static partial Regex Dangling();

    /// <summary>„TOP 3 …", „Zu 4.": opens a new entry wherever it stands.</summary>
    [GeneratedRegex(@"^(?:(?:zu|Zu)\s+)?(?:TOP|Top|Tagesordnungspunkt|Punkt)\s*\d|^(?:zu|Zu)\s+\d{1,2}(?:\.\d+)*[.:)]?\s*$")]
    private static partial Regex AgendaLine();
}
