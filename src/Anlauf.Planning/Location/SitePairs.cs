using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Anlauf.Planning.Location;

/// <summary>The pairs of a core by site, clients ascending.</summary>
internal sealed class SitePairs
{
    private readonly int[] _start, _client;
    private readonly long[] _cost;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SitePairs(LocationCore core)
    {
        _start = new int[core.Sites + 1];
        _client = new int[core.Pairs];
        _cost = new long[core.Pairs];
        for (var k = 0; k < core.Pairs; k++) _start[core.PairSite[k] + 1]++;
        for (var i = 0; i < core.Sites; i++) _start[i + 1] += _start[i];
        var fill = _start[..core.Sites];
        for (var j = 0; j < core.Clients; j++)
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++)
            {
                var at = fill[core.PairSite[k]]++;
                (_client[at], _cost[at]) = (j, core.PairCost[k]);
            }
    }

    /// <summary>Subtracts <paramref name="share"/> from the count of every client whose multiplier exceeds the cost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Serve(int site, long[] multipliers, long[] counts, long share)
    {
        // indices were checked when the lists were made
        ref var u = ref MemoryMarshal.GetArrayDataReference(multipliers);
        ref var count = ref MemoryMarshal.GetArrayDataReference(counts);
        ref var clients = ref MemoryMarshal.GetArrayDataReference(_client);
        ref var costs = ref MemoryMarshal.GetArrayDataReference(_cost);
        for (int k = _start[site], end = _start[site + 1]; k < end; k++)
        {
            var j = Unsafe.Add(ref clients, k);
            // the sign of the difference as a mask
            Unsafe.Add(ref count, j) -= share & ((Unsafe.Add(ref costs, k) - Unsafe.Add(ref u, j)) >> 63);
        }
    }
}
