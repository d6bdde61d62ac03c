using System.Xml.Linq;

namespace Anlauf.Intake.Documents.Docx;

/// <summary>Foot- and endnotes of a Word document, numbered in the order in which the text refers to them.</summary>
internal sealed class WordNotes(XElement? footnotes, XElement? endnotes)
{
    private readonly Dictionary<string, XElement> footnotesById = ById(footnotes);
    private readonly Dictionary<string, XElement> endnotesById = ById(endnotes);
    private readonly List<(string Kind, string Id)> used = [];

    /// <summary>The mark left in the text, such as <c>[^1]</c>.</summary>
    public string Refer(XElement reference)
    {
        used.Add((reference.Name(), reference.Attr("id") ?? ""));
        return $"[^{used.Count}]";
    }

    /// <summary>All notes referred to, with their marks. Notes inside notes are left out.</summary>
    public IEnumerable<(string Marker, string Text)> Used()
    {
        var inText = used.ToList();
        for (var i = 0; i < inText.Count; i++)
        {
            var part = inText[i].Kind == "endnoteReference" ? endnotesById : footnotesById;
            if (!part.TryGetValue(inText[i].Id, out var note)) continue;
            var run = new WordRuns(this);
            foreach (var paragraph in note.Children("p"))
            {
                if (run.Text.Length > 0) run.Collect(new XElement("r", new XElement("t", " ")));
                run.Collect(paragraph);
            }
            yield return ($"[^{i + 1}]", run.Text.Trim());
        }
    }

    private static Dictionary<string, XElement> ById(XElement? part)
    {
        var notes = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var note in part?.Elements() ?? []) notes.TryAdd(note.Attr("id") ?? "", note);
        return notes;
    }
}
