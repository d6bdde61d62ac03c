using System.Text;
using System.Xml.Linq;

namespace Anlauf.Intake.Documents.Docx;

/// <summary>Counts the automatic numbers of a Word document as Word shows them: lists of the same abstract definition count on, a start override sets back once.</summary>
internal sealed class WordNumbering
{
    private const int Levels = 9;
    private const int LongestMarker = 64;

    private sealed record Level(NumberKind Kind, string Text, int Start, int? RestartAfter, bool IsLegal);

    private sealed record List(string AbstractId, Level?[] Levels, int?[] StartOverrides);

    private readonly Dictionary<string, List> lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?[]> counters = new(StringComparer.Ordinal);
    private readonly HashSet<(string List, int Level)> overridesApplied = [];

    public WordNumbering(XElement? numberingPart)
    {
        var definitions = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var definition in numberingPart.Children("abstractNum")) definitions.TryAdd(definition.Attr("abstractNumId") ?? "", definition);
        var byStyle = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var definition in definitions.Values)
            if (definition.ChildVal("styleLink") is { } link) byStyle.TryAdd(link, definition);
        foreach (var number in numberingPart.Children("num"))
        {
            var abstractId = number.ChildVal("abstractNumId") ?? "";
            if (!definitions.TryGetValue(abstractId, out var definition)) continue;
            // a definition may point to a list style, whose own list holds the levels
            if (definition.ChildVal("numStyleLink") is { } style && byStyle.TryGetValue(style, out var linked))
                (abstractId, definition) = (linked.Attr("abstractNumId") ?? "", linked);
            var levels = new Level?[Levels];
            var starts = new int?[Levels];
            foreach (var level in definition.Children("lvl")) Put(levels, level);
            foreach (var change in number.Children("lvlOverride"))
            {
                if (OfficeXml.Int(change.Attr("ilvl")) is not (>= 0 and < Levels and var at)) continue;
                starts[at] = change.ChildInt("startOverride");
                if (change.Child("lvl") is { } own) Put(levels, own);
            }
            lists.TryAdd(number.Attr("numId") ?? "", new List(abstractId, levels, starts));
        }
    }

    /// <summary>Counts a paragraph of a list and gives the marker shown before it.</summary>
    /// <returns>"1.", "2.3", "b)", "-" for bullets, an empty text where the level shows nothing; null where the list is unknown or switched off (id 0).</returns>
    public string? Next(string listId, int level)
    {
        if (listId == "0" || !lists.TryGetValue(listId, out var list)) return null;
        level = Math.Clamp(level, 0, Levels - 1);
        if (list.Levels[level] is not { } shape) return "";
        if (shape.Kind == NumberKind.Bullet) return string.IsNullOrWhiteSpace(shape.Text) ? "" : "-";
        if (!counters.TryGetValue(list.AbstractId, out var counts)) counters[list.AbstractId] = counts = new int?[Levels];
        if (list.StartOverrides[level] is { } start && overridesApplied.Add((listId, level))) counts[level] = start;
        else counts[level] = counts[level] is { } count ? count + 1 : shape.Start;
        for (var below = level + 1; below < Levels; below++)
            if (list.Levels[below]?.RestartAfter is not 0) counts[below] = null;
        return Marker(list, shape, counts);
    }

    private static string Marker(List list, Level shape, int?[] counts)
    {
        var marker = new StringBuilder();
        for (var i = 0; i < shape.Text.Length; i++)
        {
            if (shape.Text[i] == '%' && i + 1 < shape.Text.Length && shape.Text[i + 1] is >= '1' and <= '9')
            {
                var at = shape.Text[++i] - '1';
                var other = list.Levels[at];
                var kind = shape.IsLegal ? NumberKind.Decimal : other?.Kind ?? NumberKind.Decimal;
                marker.Append(ListNumber.Write(kind, counts[at] ?? other?.Start ?? 1));
            }
            else marker.Append(shape.Text[i]);
        }
        return marker.ToString().Trim();
    }

    private static void Put(Level?[] levels, XElement level)
    {
        if (OfficeXml.Int(level.Attr("ilvl")) is not (>= 0 and < Levels and var at)) return;
        levels[at] = new Level(Kind(level.ChildVal("numFmt")), Short(level.ChildVal("lvlText")), level.ChildInt("start") ?? 0, level.ChildInt("lvlRestart"), level.IsOn("isLgl"));
    }

    private static string Short(string? text) => text is null ? "" : text.Length <= LongestMarker ? text : text[..LongestMarker];

    private static NumberKind Kind(string? format) => format switch
    {
        "bullet" => NumberKind.Bullet,
        "none" => NumberKind.None,
        "decimalZero" => NumberKind.TwoDigits,
        "lowerLetter" => NumberKind.LowerLetter,
        "upperLetter" => NumberKind.UpperLetter,
        "lowerRoman" => NumberKind.LowerRoman,
        "upperRoman" => NumberKind.UpperRoman,
        _ => NumberKind.Decimal,
    };
}
