using System.Text;
using System.Xml.Linq;

namespace Anlauf.Intake.Documents.Docx;

/// <summary>Collects the visible text of one paragraph: runs, links, inserted changes, fields by their shown result; text boxes are handed out apart.</summary>
internal sealed class WordRuns(WordNotes notes)
{
    private readonly StringBuilder text = new();

    public string Text => text.ToString();

    public List<XElement> TextBoxes { get; } = [];

    public void Collect(XElement container)
    {
        foreach (var element in container.Elements())
        {
            switch (element.Name())
            {
                // deleted or moved away, properties, field instructions, pronunciation aids
                case "pPr" or "rPr" or "del" or "moveFrom" or "delText" or "instrText" or "delInstrText" or "rt" or "sdtPr": break;
                case "r" when element.Child("rPr").IsOn("vanish"): break;
                case "t": text.Append(element.Value); break;
                case "tab" or "ptab": text.Append('\t'); break;
                case "br" or "cr": text.Append('\n'); break;
                case "noBreakHyphen": text.Append('-'); break;
                case "softHyphen": break;
                case "sym": text.Append(Symbol(element)); break;
                case "footnoteReference" or "endnoteReference": text.Append(notes.Refer(element)); break;
                case "txbxContent": TextBoxes.Add(element); break;
                case "AlternateContent": Collect(element.Child("Choice") ?? element.Child("Fallback") ?? new XElement("none")); break;
                default: Collect(element); break;
            }
        }
    }

    /// <summary>Characters of the symbol fonts that carry meaning in minutes: ticked and empty boxes.</summary>
    private static string Symbol(XElement symbol) => symbol.Attr("char")?.ToUpperInvariant() switch
    {
        "F0FE" or "F0FD" or "F053" or "F054" => "☒",
        "F0A8" or "F06F" or "F071" => "☐",
        "F0FC" => "✓",
        "F0E0" => "→",
        "F02D" => "–",
        _ => "•",
    };
}
