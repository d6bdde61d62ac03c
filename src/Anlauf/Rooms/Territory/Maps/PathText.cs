using System.Globalization;
using System.Text;

namespace Anlauf.Rooms.Territory.Maps;

/// <summary>
/// Writes rings and lines as SVG path data with relative whole numbers, and reads back what it wrote. A ring is a list of
/// points without the closing one.
/// </summary>
public static class PathText
{
    /// <summary>Path of closed rings.</summary>
    public static string OfRings(IEnumerable<IReadOnlyList<PlanePoint>> rings) => Of(rings, closed: true);

    /// <summary>Path of open lines.</summary>
    public static string OfLines(IEnumerable<IReadOnlyList<PlanePoint>> lines) => Of(lines, closed: false);

    /// <summary>Rings of a path written by <see cref="OfRings"/>.</summary>
    /// <exception cref="FormatException">The text was not written by this class.</exception>
    public static List<List<PlanePoint>> Rings(string path)
    {
        var rings = new List<List<PlanePoint>>();
        var ring = new List<PlanePoint>();
        var at = 0;
        int x = 0, y = 0;
        while (at < path.Length)
        {
            var c = path[at];
            if (c is 'M' or 'z')
            {
                if (c == 'z') { rings.Add(ring); ring = []; }
                else x = y = 0;
                at++;
                continue;
            }
            if (c is 'l' or ' ') { at++; continue; }
            x += Number(path, ref at);
            if (path[at] == ' ') at++;
            y += Number(path, ref at);
            ring.Add(new PlanePoint(x, y));
        }
        return rings;
    }

    private static string Of(IEnumerable<IReadOnlyList<PlanePoint>> parts, bool closed)
    {
        var text = new StringBuilder();
        foreach (var points in parts)
        {
            var last = points[0];
            text.Append(CultureInfo.InvariantCulture, $"M{last.X} {last.Y}l");
            var start = text.Length;
            foreach (var point in points.Skip(1))
            {
                Append(text, point.X - last.X, start);
                Append(text, point.Y - last.Y, start);
                last = point;
            }
            if (closed) text.Append('z');
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, int number, int start)
    {
        // a minus separates by itself
        if (number >= 0 && text.Length > start) text.Append(' ');
        text.Append(number);
    }

    private static int Number(string path, ref int at)
    {
        var start = at;
        if (path[at] == '-') at++;
        while (at < path.Length && char.IsAsciiDigit(path[at])) at++;
        return int.Parse(path.AsSpan(start, at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }
}
