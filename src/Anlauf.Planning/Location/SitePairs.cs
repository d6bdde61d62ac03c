using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>The pairs of a core by site, clients ascending.</summary>
internal sealed class SitePairs
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SitePairs(LocationCore core)
    {
        Start = new int[core.Sites + 1];
        Client = new int[core.Pairs];
        Cost = new long[core.Pairs];
        for (var k = 0; k < core.Pairs; k++) Start[core.PairSite[k] + 1]++;
        for (var i = 0; i < core.Sites; i++) Start[i + 1] += Start[i];
        var fill = Start[..core.Sites];
        for (var j = 0; j < core.Clients; j++)
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++)
            {
                var at = fill[core.PairSite[k]]++;
                (Client[at], Cost[at]) = (j, core.PairCost[k]);
            }
    }

    /// <summary>Where the pairs of a site begin in <see cref="Client"/> and <see cref="Cost"/>, and where the last ones end.</summary>
    public int[] Start { get; }

    /// <summary>Client of each pair.</summary>
    public int[] Client { get; }

    /// <summary>Its cost, scaled.</summary>
    public long[] Cost { get; }

    /// <summary>Subtracts <paramref name="share"/> from the count of every client whose multiplier exceeds the cost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Serve(int site, long[] multipliers, long[] counts, long share)
    {
        // indices were checked when the lists were made
        ref var u = ref MemoryMarshal.GetArrayDataReference(multipliers);
        ref var count = ref MemoryMarshal.GetArrayDataReference(counts);
        ref var clients = ref MemoryMarshal.GetArrayDataReference(Client);
        ref var costs = ref MemoryMarshal.GetArrayDataReference(Cost);
        for (int k = Start[site], end = Start[site + 1]; k < end; k++)
        {
            var j = Unsafe.Add(ref clients, k);
            // the sign of the difference as a mask
            Unsafe.Add(ref count, j) -= share & ((Unsafe.Add(ref costs, k) - Unsafe.Add(ref u, j)) >> 63);
        }
    }
}
