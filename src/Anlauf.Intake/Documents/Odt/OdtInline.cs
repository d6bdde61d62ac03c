using System.Text;
using System.Xml.Linq;

namespace Anlauf.Intake.Documents.Odt;

/// <summary>Collects the visible text of one ODT paragraph; text boxes are handed out apart, notes go to the end of the document.</summary>
internal sealed class OdtInline(List<string> notes)
{
    private const int MostBlanks = 200;
    private readonly StringBuilder text = new();

    public string Text => text.ToString();

    public List<XElement> TextBoxes { get; } = [];

    public void Collect(XElement container)
    {
        foreach (var node in container.Nodes())
        {
            if (node is XText characters) AppendCollapsed(characters.Value);
            else if (node is XElement element) Element(element);
        }
    }

    private void Element(XElement element)
    {
        switch (element.Name())
        {
            case "s": text.Append(' ', Math.Clamp(OfficeXml.Int(element.Attr("c")) ?? 1, 1, MostBlanks)); break;
            case "tab": text.Append('\t'); break;
            case "line-break": text.Append('\n'); break;
            case "note": Note(element); break;
            case "text-box": TextBoxes.Add(element); break;
            // comments, deletions, pronunciation aids, alternative texts of pictures
            case "annotation" or "annotation-end" or "tracked-changes" or "ruby-text" or "title" or "desc" or "hidden-paragraph" or "event-listeners": break;
            default: Collect(element); break;
        }
    }

    private void Note(XElement note)
    {
        var body = new OdtInline(notes);
        var at = notes.Count;
        notes.Add("");
        foreach (var paragraph in note.Child("note-body")?.Elements() ?? [])
        {
            if (body.text.Length > 0) body.text.Append(' ');
            body.Collect(paragraph);
        }
        notes[at] = $"[^{at + 1}]: {body.Text.Trim()}";
        text.Append("[^").Append(at + 1).Append(']');
    }

    /// <summary>White space of the XML counts as one blank (ODF 1.2, 6.1.2); wanted blanks are elements of their own.</summary>
    private void AppendCollapsed(string characters)
    {
        foreach (var c in characters)
        {
            if (c is not (' ' or '\n' or '\r' or '\t')) text.Append(c);
            else if (text.Length == 0 || text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }
}
