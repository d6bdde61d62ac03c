using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// What sites are worth beyond their price, as vectors and as the scalar twin. The product of price and cost is taken in
/// floating point, where it is whole and exact up to <see cref="Largest"/>: vectors multiply no 64-bit numbers.
/// </summary>
internal static class PriceKernels
{
    /// <summary>Products of price and cost up to this are exact.</summary>
    public const long Largest = 1L << 50;

    // 1.5 × 2⁵²: what is added to it below 2⁵¹ stands in the lowest bits
    private const double Shift = 6755399441055744.0;

    /// <summary>Sets net = worth − price × cost − perSite and sums what is above 0.</summary>
    /// <param name="worth">worth of each site</param>
    /// <param name="cost">cost of each site</param>
    /// <param name="costs">the same in floating point</param>
    /// <param name="price">price of a unit of the cost</param>
    /// <param name="perSite">price of a site</param>
    /// <param name="net">receives what each site is worth beyond its price</param>
    /// <returns>the sum of what is above 0 and the cost of those sites</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (long Value, long Used) Net(ReadOnlySpan<long> worth, ReadOnlySpan<long> cost, ReadOnlySpan<double> costs, long price, long perSite, Span<long> net)
    {
        var w = MemoryMarshal.Cast<long, Vector<long>>(worth);
        var c = MemoryMarshal.Cast<long, Vector<long>>(cost);
        var d = MemoryMarshal.Cast<double, Vector<double>>(costs);
        var n = MemoryMarshal.Cast<long, Vector<long>>(net);
        Vector<long> value = default, used = default, each = new(perSite), shifted = Vector.AsVectorInt64(new Vector<double>(Shift));
        Vector<double> prices = new(price), shift = new(Shift);
        for (var k = 0; k < n.Length && k < w.Length && k < c.Length && k < d.Length; k++)
        {
            var one = w[k] - (Vector.AsVectorInt64(d[k] * prices + shift) - shifted) - each;
            var isOpen = Vector.GreaterThan(one, Vector<long>.Zero);
            value += one & isOpen;
            used += c[k] & isOpen;
            n[k] = one;
        }
        var done = n.Length * Vector<long>.Count;
        var rest = NetScalar(worth[done..], cost[done..], price, perSite, net[done..]);
        return (Vector.Sum(value) + rest.Value, Vector.Sum(used) + rest.Used);
    }

    /// <inheritdoc cref="Net"/>
    public static (long Value, long Used) NetScalar(ReadOnlySpan<long> worth, ReadOnlySpan<long> cost, long price, long perSite, Span<long> net)
    {
        long value = 0, used = 0;
        for (var i = 0; i < net.Length; i++)
        {
            net[i] = worth[i] - price * cost[i] - perSite;
            if (net[i] <= 0) continue;
            value += net[i];
            used += cost[i];
        }
        return (value, used);
    }
}
