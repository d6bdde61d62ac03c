using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Situation;

/// <summary>Distances as the crow flies between official centres of municipalities.</summary>
public static class Distance
{
    private const double KilometresPerDegree = 111.32;

    /// <summary>
    /// Kilometres between two places in degrees, on a plane tangent at their mean latitude: exact to a few tenths of a percent
    /// within Germany.
    /// </summary>
    public static double Kilometres(double longitude1, double latitude1, double longitude2, double latitude2)
    {
        var x = (longitude2 - longitude1) * Math.Cos((latitude1 + latitude2) / 2 * Math.PI / 180);
        return KilometresPerDegree * Math.Sqrt(x * x + (latitude2 - latitude1) * (latitude2 - latitude1));
    }

    /// <summary>Kilometres between two municipalities; null where a centre is not known.</summary>
    public static double? Between(Municipality a, Municipality b) =>
        a is { Longitude: { } x1, Latitude: { } y1 } && b is { Longitude: { } x2, Latitude: { } y2 } ? Kilometres(x1, y1, x2, y2) : null;

    /// <summary>
    /// Minutes by car for a distance as the crow flies: roads a third longer, 60 km/h. A rule of thumb of ours for comparing
    /// districts, no timetable; whoever shows it says so.
    /// </summary>
    public static int DrivingMinutes(double kilometres) => (int)Math.Round(kilometres * 1.33);

    /// <summary>The nearest of some municipalities, which may be the place itself.</summary>
    public static (Municipality? Place, double? Kilometres) Nearest(Municipality from, IEnumerable<Municipality> places)
    {
        (Municipality? Place, double? Kilometres) best = default;
        foreach (var place in places)
            if (Between(from, place) is { } km && !(km >= best.Kilometres)) best = (place, km);
        return best;
    }
}
