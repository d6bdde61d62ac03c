namespace Anlauf.Rooms.Territory.Maps;

/// <summary>A point of the map plane: whole metres, y growing to the south as in SVG.</summary>
public readonly record struct PlanePoint(int X, int Y);

/// <summary>
/// The plane all maps are drawn on: equirectangular with true lengths along 51° north, so north is up everywhere and the
/// way back to degrees is one line. Source: plate carrée, Snyder, Map Projections (USGS 1395), section 12.
/// </summary>
public static class PlaneProjection
{
    private const double MetresPerDegree = 111_319.49;
    private static readonly double Squeeze = Math.Cos(51 * Math.PI / 180);

    /// <summary>Degrees (WGS84) to plane.</summary>
    public static PlanePoint ToPlane(double longitude, double latitude) =>
        new((int)Math.Round(Math.Clamp(longitude, -1e4, 1e4) * Squeeze * MetresPerDegree), (int)Math.Round(Math.Clamp(-latitude, -1e4, 1e4) * MetresPerDegree));

    /// <summary>True for points in and around Germany; anything else is a coordinate system mistaken for another.</summary>
    public static bool IsGermany(PlanePoint point) => ToDegrees(point) is { Longitude: > 5 and < 16, Latitude: > 46.5 and < 56 };

    /// <summary>Plane to degrees (WGS84).</summary>
    public static (double Longitude, double Latitude) ToDegrees(PlanePoint point) =>
        (point.X / (Squeeze * MetresPerDegree), -point.Y / MetresPerDegree);
}
