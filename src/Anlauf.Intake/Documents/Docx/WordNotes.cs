using System.Xml.Linq;

namespace Anlauf.Intake.Documents.Docx;

/// <summary>Foot- and endnotes of a Word document, numbered in the order in which the text refers to them.</summary>
internal sealed class WordNotes(XElement? footnotes, XElement? endnotes)
{
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
            var part = inText[i].Kind == "endnoteReference" ? endnotes : footnotes;
            var note = part?.Elements().FirstOrDefault(element => element.Attr("id") == inText[i].Id);
            if (note is null) continue;
            var run = new WordRuns(this);
            foreach (var paragraph in note.Children("p"))
            {
                if (run.Text.Length > 0) run.Collect(new XElement("r", new XElement("t", " ")));
                run.Collect(paragraph);
            }
            yield return ($"[^{i + 1}]", run.Text.Trim());
        }
    }
}
