using System.Globalization;
using System.Text;

namespace Anlauf.Rooms.Territory.Maps;

/// <summary>
/// Writes rings and lines as SVG path data with relative whole numbers, and reads back what it wrote. A ring is a list of
/// points without the closing one.
/// </summary>
public static class PathText
{
    /// <summary>Path of closed rings; with <paramref name="tenths"/> the points are tenths and are written with a decimal.</summary>
    public static string OfRings(IEnumerable<IReadOnlyList<PlanePoint>> rings, bool tenths = false) => Of(rings, closed: true, tenths);

    /// <summary>Path of open lines.</summary>
    public static string OfLines(IEnumerable<IReadOnlyList<PlanePoint>> lines, bool tenths = false) => Of(lines, closed: false, tenths);

    /// <summary>Rings of a path of whole numbers written by <see cref="OfRings"/>.</summary>
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

    private static string Of(IEnumerable<IReadOnlyList<PlanePoint>> parts, bool closed, bool tenths)
    {
        var text = new StringBuilder();
        foreach (var points in parts)
        {
            var last = points[0];
            text.Append('M');
            Append(text, last.X, tenths);
            Append(text, last.Y, tenths);
            text.Append('l');
            foreach (var point in points.Skip(1))
            {
                Append(text, point.X - last.X, tenths);
                Append(text, point.Y - last.Y, tenths);
                last = point;
            }
            if (closed) text.Append('z');
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, int number, bool tenths)
    {
        // a minus separates by itself
        if (number >= 0 && text.Length > 0 && char.IsAsciiDigit(text[^1])) text.Append(' ');
        if (!tenths) { text.Append(number); return; }
        if (number < 0) text.Append('-');
        var (whole, part) = Math.DivRem(Math.Abs(number), 10);
        if (whole > 0 || part == 0) text.Append(whole);
        if (part > 0) text.Append('.').Append(part);
    }

    private static int Number(string path, ref int at)
    {
        var start = at;
        if (path[at] == '-') at++;
        while (at < path.Length && char.IsAsciiDigit(path[at])) at++;
        return int.Parse(path.AsSpan(start, at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }
}
