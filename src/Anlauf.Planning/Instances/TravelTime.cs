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

    /// <summary>Tenths of a minute between two points: 13 × great-circle kilometres, rounded to the nearest whole number.</summary>
    public static int Tenths(GeoPoint a, GeoPoint b)
    {
        const double radian = Math.PI / 180;
        var sinLatitude = Math.Sin((b.Latitude - a.Latitude) * radian / 2);
        var sinLongitude = Math.Sin((b.Longitude - a.Longitude) * radian / 2);
        var h = sinLatitude * sinLatitude
            + Math.Cos(a.Latitude * radian) * Math.Cos(b.Latitude * radian) * sinLongitude * sinLongitude;
        var kilometres = 2 * EarthRadiusKilometres * Math.Asin(Math.Min(1, Math.Sqrt(h)));
        return (int)Math.Round(TenthsPerKilometre * kilometres, MidpointRounding.ToEven);
    }
}
