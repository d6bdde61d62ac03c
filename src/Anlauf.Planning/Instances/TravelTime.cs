namespace Anlauf.Planning.Instances;

/// <summary>A point on the globe in degrees (WGS 84).</summary>
/// <param name="Latitude">degrees north</param>
/// <param name="Longitude">degrees east</param>
public readonly record struct GeoPoint(double Latitude, double Longitude);

/// <summary>The stated stand-in for travel time of the state family.</summary>
public static class TravelTime
{
    private const double EarthRadiusKilometres = 6371.0088;
    private const double TenthsPerKilometre = 13;
    private const double Radian = Math.PI / 180;

    /// <summary>Tenths of a minute between two points: 13 × great-circle kilometres, rounded to the nearest whole number.</summary>
    public static int Tenths(GeoPoint a, GeoPoint b) => Tenths(a, CosineOfLatitude(a), b, CosineOfLatitude(b));

    /// <summary>Cosine of a point's latitude, which many travel times from one place share.</summary>
    internal static double CosineOfLatitude(GeoPoint point) => Math.Cos(point.Latitude * Radian);

    /// <summary>As <see cref="Tenths(GeoPoint, GeoPoint)"/>, with the cosines of both latitudes.</summary>
    internal static int Tenths(GeoPoint a, double cosineA, GeoPoint b, double cosineB)
    {
        var sinLatitude = Math.Sin((b.Latitude - a.Latitude) * Radian / 2);
        var sinLongitude = Math.Sin((b.Longitude - a.Longitude) * Radian / 2);
        var h = sinLatitude * sinLatitude
            + cosineA * cosineB * sinLongitude * sinLongitude;
        var kilometres = 2 * EarthRadiusKilometres * Math.Asin(Math.Min(1, Math.Sqrt(h)));
        return (int)Math.Round(TenthsPerKilometre * kilometres, MidpointRounding.ToEven);
    }
}
