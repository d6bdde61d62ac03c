using System.Text;
using System.Xml.Linq;

namespace Anlauf.Intake.Documents.Odt;

/// <summary>Counts the automatic numbers of an OpenDocument text: every list begins anew unless it says that it continues.</summary>
internal sealed class OdtLists
{
    private const int Levels = 10;

    private sealed record Level(NumberKind Kind, string Prefix, string Suffix, int Shown, int Start);

    /// <summary>Where a list stands: its style, its level (0 is the outermost) and the numbers reached so far on all levels.</summary>
    internal sealed record Place(string Style, int Level, int?[] Counts);

    private readonly Dictionary<string, Level?[]> styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?[]> lastOfStyle = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?[]> byId = new(StringComparer.Ordinal);
    private readonly Level?[] outline = new Level?[Levels];
    private readonly int?[] outlineCounts = new int?[Levels];

    public OdtLists(XElement? content, XElement? stylesPart)
    {
        foreach (var part in new[] { content, stylesPart })
        {
            foreach (var style in part?.Elements().SelectMany(section => section.Elements()) ?? [])
            {
                if (style.Name() == "list-style") styles.TryAdd(style.Attr("name") ?? "", ReadLevels(style, new Level?[Levels]));
                else if (style.Name() == "outline-style") ReadLevels(style, outline);
            }
        }
    }

    /// <summary>The number before a heading, where the document numbers its chapters; otherwise empty.</summary>
    public string NextHeading(int outlineLevel)
    {
        var at = Math.Clamp(outlineLevel - 1, 0, Levels - 1);
        return outline[at] is { Kind: not NumberKind.None } ? Count(outline, outlineCounts, at, null) : "";
    }

    /// <summary>Begins an outermost list.</summary>
    public Place Enter(XElement list)
    {
        var style = list.Attr("style-name") ?? "";
        int?[]? counts = null;
        if (list.Attr("continue-list") is { } id) counts = byId.GetValueOrDefault(id);
        else if (list.Attr("continue-numbering") == "true") counts = lastOfStyle.GetValueOrDefault(style);
        return new Place(style, 0, counts ?? new int?[Levels]);
    }

    /// <summary>Begins a list inside an item; it counts on only below an item without text (the way a list interrupted by a paragraph is continued) or where it says so.</summary>
    public Place EnterBelow(XElement list, Place above, bool itemIsEmpty)
    {
        var level = Math.Min(above.Level + 1, Levels - 1);
        if (!itemIsEmpty && list.Attr("continue-numbering") != "true") above.Counts[level] = null;
        return new Place(list.Attr("style-name") ?? above.Style, level, above.Counts);
    }

    /// <summary>Counts an item and gives the marker shown before it: "1.", "b)", "2.1.", "-" for bullets, or empty.</summary>
    public string Next(Place place, int? startValue) =>
        styles.TryGetValue(place.Style, out var levels) ? Count(levels, place.Counts, place.Level, startValue) : "-";

    /// <summary>Ends an outermost list, remembering its numbers for lists that continue it.</summary>
    public void Leave(XElement list, Place place)
    {
        lastOfStyle[place.Style] = place.Counts;
        if (list.Attr("id") is { } id) byId[id] = place.Counts;
    }

    private static string Count(Level?[] levels, int?[] counts, int at, int? startValue)
    {
        if (levels[at] is not { } shape) return "-";
        counts[at] = startValue ?? (counts[at] is { } count ? count + 1 : shape.Start);
        for (var below = at + 1; below < Levels; below++) counts[below] = null;
        if (shape.Kind == NumberKind.Bullet) return "-";
        var marker = new StringBuilder(shape.Prefix);
        for (var level = Math.Max(0, at - shape.Shown + 1); level <= at; level++)
        {
            if (levels[level] is not { Kind: not (NumberKind.None or NumberKind.Bullet) } part) continue;
            if (marker.Length > shape.Prefix.Length) marker.Append('.');
            marker.Append(ListNumber.Write(part.Kind, counts[level] ?? part.Start));
        }
        return marker.Append(shape.Suffix).ToString().Trim();
    }

    private static Level?[] ReadLevels(XElement style, Level?[] levels)
    {
        foreach (var level in style.Elements())
        {
            if (OfficeXml.Int(level.Attr("level")) is not (>= 1 and <= Levels and var number)) continue;
            var kind = level.Name() is "list-level-style-bullet" or "list-level-style-image" ? NumberKind.Bullet : Kind(level.Attr("num-format"));
            var isNone = kind == NumberKind.None;
            levels[number - 1] = new Level(kind, isNone ? "" : level.Attr("num-prefix") ?? "", isNone ? "" : level.Attr("num-suffix") ?? "",
                OfficeXml.Int(level.Attr("display-levels")) ?? 1, OfficeXml.Int(level.Attr("start-value")) ?? 1);
        }
        return levels;
    }

    private static NumberKind Kind(string? format) => format switch
    {
        null or "" => NumberKind.None,
        "a" => NumberKind.LowerLetter,
        "A" => NumberKind.UpperLetter,
        "i" => NumberKind.LowerRoman,
        "I" => NumberKind.UpperRoman,
        _ => NumberKind.Decimal,
    };
}
