using System.Runtime.CompilerServices;
using Anlauf.Planning.Instances;

namespace Anlauf.Planning.Location;

/// <summary>Distances between sites and clients, whole numbers of one unit (tenths of a minute, metres, …).</summary>
public abstract class TravelTable
{
    // lists are kept while they take 128 megabytes at most
    private const long MostKept = 16_000_000;
    private SortedNear?[]? _near;
    private long _kept;

    /// <summary>Number of sites.</summary>
    public abstract int Sites { get; }

    /// <summary>Number of clients.</summary>
    public abstract int Clients { get; }

    /// <summary>No distance is longer than this.</summary>
    public abstract int Longest { get; }

    /// <summary>Distance from a site to a client.</summary>
    public abstract int this[int site, int client] { get; }

    /// <summary>Calls <paramref name="found"/> for every site whose distance to the client is at most <paramref name="limit"/>.</summary>
    public virtual void Near(int client, int limit, Action<int, int> found)
    {
        for (var site = 0; site < Sites; site++)
            if (this[site, client] is var distance && distance <= limit) found(site, distance);
    }

    /// <summary>Distances of all sites to a client, where they are at hand; empty where each has to be computed.</summary>
    internal virtual ReadOnlySpan<int> To(int client) => [];

    /// <summary>
    /// Sites at most so far from a client, the nearest first: distance in the upper half of a number, site in the lower. They are
    /// kept as far as there is room, because a problem that changed has the same distances; safe from several threads.
    /// </summary>
    internal ArraySegment<long> Nearest(int client, int limit)
    {
        var lists = _near ?? Interlocked.CompareExchange(ref _near, new SortedNear[Clients], null) ?? _near;
        if (lists[client] is not { } near || near.Limit < limit)
        {
            var found = new List<long>();
            // one number sorts several times as fast as two
            Near(client, limit, (site, distance) => found.Add(((long)distance << 32) | (uint)site));
            found.Sort();
            near = new(limit, [.. found]);
            if (Interlocked.Add(ref _kept, near.Pairs.Length) <= MostKept) lists[client] = near;
        }
        return new(near.Pairs, 0, near.Limit == limit ? near.Pairs.Length : Within(near.Pairs, limit));
    }

    /// <summary>So many of the sorted pairs are no longer than this.</summary>
    internal static int Within(ReadOnlySpan<long> pairs, int limit)
    {
        var end = pairs.BinarySearch(((long)limit + 1) << 32);
        return end < 0 ? ~end : end;
    }

    /// <summary>Distance of the nearest of some sites to a client.</summary>
    /// <param name="client">the client</param>
    /// <param name="sites">at least one</param>
    internal virtual int ToNearest(int client, IReadOnlyList<int> sites)
    {
        var distances = To(client);
        var least = int.MaxValue;
        foreach (var site in sites) least = Math.Min(least, distances.Length > 0 ? distances[site] : this[site, client]);
        return least;
    }

    private sealed record SortedNear(int Limit, long[] Pairs);
}

/// <summary>Distances as a full matrix.</summary>
public sealed class TravelMatrix : TravelTable
{
    private const int Block = 32;
    private readonly int[] _distances;
    private int[]? _byClient;

    /// <summary>Takes the matrix, row by row of the sites.</summary>
    /// <param name="sites">number of rows</param>
    /// <param name="clients">number of columns</param>
    /// <param name="distances">sites × clients numbers, none negative</param>
    /// <exception cref="PlanInputException">wrong size or a negative distance</exception>
    public TravelMatrix(int sites, int clients, int[] distances)
    {
        if (distances.Length != (long)sites * clients)
            throw new PlanInputException($"Die Entfernungstabelle hat {distances.Length} statt {(long)sites * clients} Werte.");
        for (var k = 0; k < distances.Length; k++)
            if (distances[k] < 0)
                throw PlanInputException.At($"travelTenths[{k / clients}][{k % clients}]", $"Die Entfernung von Standort {k / clients + 1} zu Ort {k % clients + 1} ist negativ. Bitte 0 oder mehr angeben.");
        (Sites, Clients, _distances) = (sites, clients, distances);
        Longest = distances.Length == 0 ? 0 : distances.Max();
    }

    /// <inheritdoc/>
    public override int Sites { get; }

    /// <inheritdoc/>
    public override int Clients { get; }

    /// <inheritdoc/>
    public override int Longest { get; }

    /// <inheritdoc/>
    public override int this[int site, int client] => _distances[(long)site * Clients + client];

    /// <inheritdoc/>
    public override void Near(int client, int limit, Action<int, int> found)
    {
        var row = To(client);
        for (var site = 0; site < row.Length; site++)
            if (row[site] <= limit) found(site, row[site]);
    }

    internal override ReadOnlySpan<int> To(int client) => (_byClient ??= ByClient()).AsSpan(client * Sites, Sites);

    /// <summary>The matrix turned round, block by block, so that neither side is read far apart.</summary>
    private int[] ByClient()
    {
        var turned = new int[_distances.Length];
        for (var firstSite = 0; firstSite < Sites; firstSite += Block)
            for (var firstClient = 0; firstClient < Clients; firstClient += Block)
                for (var site = firstSite; site < Math.Min(Sites, firstSite + Block); site++)
                    for (var client = firstClient; client < Math.Min(Clients, firstClient + Block); client++)
                        turned[client * Sites + site] = _distances[site * Clients + client];
        return turned;
    }
}

/// <summary>
/// Every place is both site and client; distances come from the coordinates (<see cref="TravelTime.Tenths(GeoPoint, GeoPoint)"/>).
/// Which places are near is seen from their directions as seen from the centre of the globe, in the time of three products; the
/// distance itself is computed of these alone.
/// </summary>
public sealed class GeoTravel : TravelTable
{
    private const double TenthsPerDegreeOfLatitude = 13 * 111.19;
    // cosines of equal angles differ by rounding; this much is a hundredth of a tenth of a minute at most where it matters
    private const double Rounding = 1e-12;
    private readonly GeoPoint[] _points;
    private readonly int[] _byLatitude;
    private readonly double[] _latitudes, _cosines;
    private readonly Direction[] _directions, _sorted;

    /// <summary>Takes the centres of the places.</summary>
    public GeoTravel(IEnumerable<GeoPoint> points)
    {
        _points = [.. points];
        _byLatitude = [.. Enumerable.Range(0, _points.Length)];
        _latitudes = [.. _points.Select(p => p.Latitude)];
        _cosines = [.. _points.Select(TravelTime.CosineOfLatitude)];
        _directions = [.. _points.Select(Direction.Of)];
        Array.Sort(_latitudes, _byLatitude);
        _sorted = [.. _byLatitude.Select(k => _directions[k])];
        var south = _points.Min(p => p.Latitude);
        var north = _points.Max(p => p.Latitude);
        var west = _points.Min(p => p.Longitude);
        var east = _points.Max(p => p.Longitude);
        // the two sides of the box bound its diagonal; a degree of longitude is never longer than one of latitude
        Longest = (int)Math.Ceiling((north - south + east - west) * TenthsPerDegreeOfLatitude) + 2;
    }

    /// <inheritdoc/>
    public override int Sites => _points.Length;

    /// <inheritdoc/>
    public override int Clients => _points.Length;

    /// <inheritdoc/>
    public override int Longest { get; }

    /// <inheritdoc/>
    public override int this[int site, int client] => TravelTime.Tenths(_points[site], _cosines[site], _points[client], _cosines[client]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Near(int client, int limit, Action<int, int> found)
    {
        var (latitude, centre) = (_points[client].Latitude, _directions[client]);
        var margin = (limit + 1) / (TenthsPerDegreeOfLatitude - 1);
        var least = Math.Cos(Math.Min(Math.PI, margin * Math.PI / 180)) - Rounding;
        var from = Array.BinarySearch(_latitudes, latitude - margin);
        var sorted = _sorted;
        for (var k = from < 0 ? ~from : FirstEqual(from); k < sorted.Length && _latitudes[k] <= latitude + margin; k++)
        {
            if (sorted[k].Along(centre) < least) continue;
            var site = _byLatitude[k];
            if (this[site, client] is var distance && distance <= limit) found(site, distance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int ToNearest(int client, IReadOnlyList<int> sites)
    {
        var (least, best) = (int.MaxValue, -2.0);
        for (var k = 0; k < sites.Count; k++)
        {
            var along = _directions[sites[k]].Along(_directions[client]);
            if (along < best - Rounding) continue;
            best = Math.Max(best, along);
            least = Math.Min(least, this[sites[k], client]);
        }
        return least;
    }

    private int FirstEqual(int k)
    {
        while (k > 0 && _latitudes[k - 1] == _latitudes[k]) k--;
        return k;
    }

    /// <summary>Where a place lies as seen from the centre of the globe.</summary>
    private readonly record struct Direction(double X, double Y, double Z)
    {
        public static Direction Of(GeoPoint point)
        {
            var (sinLatitude, cosLatitude) = Math.SinCos(point.Latitude * Math.PI / 180);
            var (sinLongitude, cosLongitude) = Math.SinCos(point.Longitude * Math.PI / 180);
            return new(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
        }

        /// <summary>Cosine of the angle between two directions.</summary>
        public double Along(Direction other) => X * other.X + Y * other.Y + Z * other.Z;
    }
}
