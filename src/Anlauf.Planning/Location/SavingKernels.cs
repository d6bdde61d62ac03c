using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The two inner loops of the Lagrangian over one dense row, as vectors and as their scalar twins.
/// Padding at the end of a row counts nothing as long as the multipliers there are 0.
/// </summary>
internal static class SavingKernels
{
    /// <summary>Sum over clients of max(0, multiplier − cost): what a site is worth at these multipliers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Worth(ReadOnlySpan<long> multipliers, ReadOnlySpan<long> costs)
    {
        var u = MemoryMarshal.Cast<long, Vector<long>>(multipliers);
        var c = MemoryMarshal.Cast<long, Vector<long>>(costs);
        Vector<long> even = default, odd = default;
        var k = 0;
        for (; k + 1 < u.Length && k + 1 < c.Length; k += 2)
        {
            even += Vector.Max(u[k] - c[k], Vector<long>.Zero);
            odd += Vector.Max(u[k + 1] - c[k + 1], Vector<long>.Zero);
        }
        if (k < u.Length) even += Vector.Max(u[k] - c[k], Vector<long>.Zero);
        return Vector.Sum(even + odd);
    }

    /// <inheritdoc cref="Worth"/>
    public static long WorthScalar(ReadOnlySpan<long> multipliers, ReadOnlySpan<long> costs)
    {
        long sum = 0;
        for (var j = 0; j < multipliers.Length; j++) sum += Math.Max(0, multipliers[j] - costs[j]);
        return sum;
    }

    /// <summary>Subtracts <paramref name="share"/> from the count of every client whose multiplier exceeds the cost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Serve(ReadOnlySpan<long> multipliers, ReadOnlySpan<long> costs, Span<long> counts, long share)
    {
        var u = MemoryMarshal.Cast<long, Vector<long>>(multipliers);
        var c = MemoryMarshal.Cast<long, Vector<long>>(costs);
        var g = MemoryMarshal.Cast<long, Vector<long>>(counts);
        var shares = new Vector<long>(share);
        for (var k = 0; k < u.Length && k < c.Length && k < g.Length; k++)
            g[k] -= Vector.GreaterThan(u[k], c[k]) & shares;
    }

    /// <inheritdoc cref="Serve"/>
    public static void ServeScalar(ReadOnlySpan<long> multipliers, ReadOnlySpan<long> costs, Span<long> counts, long share)
    {
        for (var j = 0; j < multipliers.Length; j++)
            if (multipliers[j] > costs[j]) counts[j] -= share;
    }
}
