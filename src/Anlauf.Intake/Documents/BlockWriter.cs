using System.Text;

namespace Anlauf.Intake.Documents;

/// <summary>Writes the blocks of an office document as light Markdown: <c># heading</c>, <c>- item</c>, <c>1. item</c>, <c>| cell |</c>. Items and rows follow line by line, other blocks are set apart by an empty line.</summary>
internal sealed class BlockWriter(string fileName)
{
    private enum Block { None, Paragraph, Item, Row }

    /// <summary>Blanks per list level; three, so that Markdown nests below "1. " as well as below "- ".</summary>
    private const int Indent = 3;

    private readonly StringBuilder text = new();
    private Block last;

    public void Heading(int level, string content)
    {
        var line = OneLine(content);
        if (line.Length == 0) return;
        Start(Block.Paragraph);
        text.Append('#', Math.Clamp(level, 1, 6)).Append(' ').Append(line);
    }

    public void Paragraph(string content)
    {
        if (Trimmed(content) is not { Length: > 0 } lines) return;
        Start(Block.Paragraph);
        text.Append(lines);
    }

    /// <summary>A list item; an empty marker makes it a further paragraph of the item before.</summary>
    /// <param name="level">0 for the outermost list.</param>
    /// <param name="marker">"-", "1.", "a)" or empty.</param>
    /// <param name="content">Text of the item; further lines are indented below it.</param>
    public void Item(int level, string marker, string content)
    {
        if (Trimmed(content) is not { Length: > 0 } lines) return;
        Start(Block.Item);
        var margin = Math.Clamp(level, 0, 8) * Indent;
        text.Append(' ', marker.Length > 0 ? margin : margin + Indent);
        if (marker.Length > 0) text.Append(marker).Append(' ');
        text.Append(lines.Replace("\n", "\n" + new string(' ', margin + Indent), StringComparison.Ordinal));
    }

    public void Row(IReadOnlyList<string> cells)
    {
        if (cells.All(string.IsNullOrWhiteSpace)) return;
        Start(Block.Row);
        text.Append('|');
        foreach (var cell in cells) text.Append(' ').Append(OneLine(cell).Replace("|", "\\|", StringComparison.Ordinal)).Append(" |");
    }

    /// <summary>Ends a table or list, so that the next one does not continue it.</summary>
    public void Break() => last = last == Block.None ? Block.None : Block.Paragraph;

    public string Finish()
    {
        text.Append('\n');
        return TextCleaning.Clean(text.ToString());
    }

    private void Start(Block next)
    {
        if (text.Length > DocumentLimits.TextLength) throw Unreadable.TooMuchText(fileName);
        if (last != Block.None) text.Append(last == next && next != Block.Paragraph ? "\n" : "\n\n");
        last = next;
    }

    private static string Trimmed(string content) =>
        string.Join('\n', content.Split('\n').Select(line => line.Trim(' ', '\t'))).Trim('\n', ' ', '\t');

    private static string OneLine(string content) =>
        string.Join(' ', content.Split(['\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
}
