namespace Anlauf.Rooms.Territory.Boundaries;

/// <summary>
/// From UTM back to degrees, on GRS80 (ETRS89; WGS84 differs by less than a millimetre). Krüger's series to the third power of
/// the flattening, good to a millimetre within the zone. Source: Krüger 1912, as in OGP Guidance Note 7-2, method 9807.
/// </summary>
internal sealed class TransverseMercator(double centralMeridian, double falseEasting)
{
    private const double Axis = 6_378_137, Flattening = 1 / 298.257222101, Scale = 0.9996;
    private const double N = Flattening / (2 - Flattening);
    private const double Radius = Axis / (1 + N) * (1 + N * N / 4 + N * N * N * N / 64);
    private static readonly double[] Beta = [N / 2 - 2 * N * N / 3 + 37 * N * N * N / 96, N * N / 48 + N * N * N / 15, 17 * N * N * N / 480];
    private static readonly double[] Delta = [2 * N - 2 * N * N / 3 - 2 * N * N * N, 7 * N * N / 3 - 8 * N * N * N / 5, 56 * N * N * N / 15];

    /// <summary>Longitude and latitude in degrees for east and north in metres.</summary>
    public (double Longitude, double Latitude) ToDegrees(double east, double north)
    {
        var (xi, eta) = (north / (Scale * Radius), (east - falseEasting) / (Scale * Radius));
        var (x, e) = (xi, eta);
        for (var j = 1; j <= 3; j++)
        {
            x -= Beta[j - 1] * Math.Sin(2 * j * xi) * Math.Cosh(2 * j * eta);
            e -= Beta[j - 1] * Math.Cos(2 * j * xi) * Math.Sinh(2 * j * eta);
        }
        var conformal = Math.Asin(Math.Sin(x) / Math.Cosh(e));
        var latitude = conformal;
        for (var j = 1; j <= 3; j++) latitude += Delta[j - 1] * Math.Sin(2 * j * conformal);
        return (centralMeridian + Math.Atan2(Math.Sinh(e), Math.Cos(x)) * 180 / Math.PI, latitude * 180 / Math.PI);
    }
}
