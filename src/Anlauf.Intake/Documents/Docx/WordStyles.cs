using System.Xml.Linq;

namespace Anlauf.Intake.Documents.Docx;

/// <summary>What paragraph styles say about headings and lists, along the chain of styles they are based on.</summary>
internal sealed class WordStyles
{
    private sealed record Style(string Name, string? BasedOn, int? OutlineLevel, XElement? NumberProperties);

    private const int LongestChain = 12;
    private readonly Dictionary<string, Style> styles = new(StringComparer.Ordinal);

    public WordStyles(XElement? stylesPart)
    {
        foreach (var style in stylesPart.Children("style"))
        {
            if (style.Attr("type") is { } type && type != "paragraph") continue;
            var properties = style.Child("pPr");
            styles.TryAdd(style.Attr("styleId") ?? "", new Style(style.ChildVal("name") ?? "", style.ChildVal("basedOn"), properties.ChildInt("outlineLvl"), properties.Child("numPr")));
        }
    }

    /// <summary>1 to 9 where the style is a heading (by its built-in name, whatever the language of Word, or its outline level), 1 for the title; otherwise null.</summary>
    public int? HeadingLevel(string? styleId)
    {
        foreach (var style in Chain(styleId))
        {
            var name = style.Name.ToLowerInvariant();
            if (name is "title" or "titel") return 1;
            foreach (var prefix in (ReadOnlySpan<string>)["heading ", "überschrift "])
                if (name.StartsWith(prefix, StringComparison.Ordinal) && OfficeXml.Int(name[prefix.Length..]) is >= 1 and <= 9 and var level) return level;
            if (style.OutlineLevel is { } outline) return outline <= 8 ? outline + 1 : null;
        }
        // without a styles part the ids of Word itself still speak
        if (styles.Count == 0 && styleId is not null && styleId.StartsWith("Heading", StringComparison.Ordinal)) return OfficeXml.Int(styleId[7..]);
        return null;
    }

    /// <summary>The <c>w:numPr</c> a style brings along, if any.</summary>
    public XElement? NumberProperties(string? styleId) =>
        Chain(styleId).Select(style => style.NumberProperties).FirstOrDefault(properties => properties is not null);

    private IEnumerable<Style> Chain(string? styleId)
    {
        for (var i = 0; i < LongestChain && styleId is not null && styles.TryGetValue(styleId, out var style); i++)
        {
            yield return style;
            styleId = style.BasedOn;
        }
    }
}
