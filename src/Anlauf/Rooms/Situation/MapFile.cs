using System.Globalization;
using System.Security;
using System.Text;
using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Territory.Maps;

namespace Anlauf.Rooms.Situation;

/// <summary>The map as an SVG file of its own: colours, hatching, legend and source inside, since no stylesheet goes along.</summary>
public static class MapFile
{
    private const int LineHeight = 22;

    /// <summary>Map of a goal's areas with sentence, legend and source.</summary>
    /// <param name="on">The day of the figures.</param>
    /// <param name="stamp">A word that must not get lost („Vorführdaten“), or null.</param>
    public static string Write(TerritoryMap map, GoalCoverage state, DateOnly on, string? stamp)
    {
        var fill = new MapFill(state, map);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {map.Width} {map.Height + 6 * LineHeight}" width="{map.Width}" height="{map.Height + 6 * LineHeight}" font-family="sans-serif">
            <title>{Xml(state.Goal.Title)}</title><desc>{Xml(SituationSentence.Text(state.Count, state.Indicator))}</desc>
            <defs><pattern id="s" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/><rect width="1.2" height="6" fill="#52656c"/></pattern>
            <pattern id="p" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><circle cx="2" cy="2" r="1" fill="#52656c"/></pattern></defs>
            <rect width="100%" height="100%" fill="#fff"/>

            """);
        foreach (var shape in map.Shapes)
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{shape.Path}\" fill=\"{Fill(fill.Of(shape))}\" fill-rule=\"evenodd\" stroke=\"#fff\" stroke-width=\".6\"><title>{Xml(shape.Name)}: {Xml(fill.Text(shape))}</title></path>");
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{map.DistrictLines}\" fill=\"none\" stroke=\"#12232a\"/><path d=\"{map.Outline}\" fill=\"none\" stroke=\"#12232a\" stroke-width=\"1.5\"/>");
        var (x, y) = (8, map.Height + LineHeight);
        foreach (var (standing, count) in new[] { (Standing.Reached, state.Reached), (Standing.UnderWay, state.UnderWay), (Standing.Missing, state.Missing), (Standing.Unknown, state.Unknown) })
        {
            if (count == 0) continue;
            var label = $"{standing.Word()} {Wording.Number(count)}";
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y - 12}\" width=\"14\" height=\"14\" fill=\"{Fill(standing)}\" stroke=\"#52656c\"/><text x=\"{x + 20}\" y=\"{y}\" font-size=\"15\">{Xml(label)}</text>");
            x += 40 + 9 * label.Length;
        }
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"8\" y=\"{y + LineHeight * 3 / 2}\" font-size=\"17\" font-weight=\"600\">{Xml(SituationSentence.Text(state.Count, state.Indicator))}</text><text x=\"8\" y=\"{y + LineHeight * 5 / 2}\" font-size=\"13\">{Xml(About(state.Goal, on, stamp))}</text><text x=\"8\" y=\"{y + LineHeight * 7 / 2}\" font-size=\"12\">{Xml((fill.IsSummed ? MapFill.SummedNote + " " : "") + map.Caption)}</text></svg>");
        return svg.ToString();
    }

    private static string About(Goal goal, DateOnly on, string? stamp) =>
        $"Ziel: {goal.Title}{(goal.ResolutionNumber is { } number ? $" (Beschluss {number})" : "")} · Stand: {on.ToString("d. MMMM yyyy", Wording.German)}{(stamp is null ? "" : " · " + stamp)}";

    private static string Fill(Standing? standing) => standing switch { Standing.Reached => "#3f8891", Standing.UnderWay => "#edb94d", Standing.Missing => "url(#s)", Standing.Unknown => "url(#p)", _ => "#e8eeed" };

    private static string Xml(string text) => SecurityElement.Escape(text);
}
