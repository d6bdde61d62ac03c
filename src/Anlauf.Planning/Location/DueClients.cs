using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Clients of a covering core that every plan below the cut-off covers: leaving one uncovered closes all its sites, which
/// lifts the bound to the cut-off. Their rows become hard and their multipliers may exceed their weights, so that the
/// relaxation no more leaves a tenth of a large town uncovered where only villages may be. The same rule as for sites
/// (reduced-cost fixing of the variable "uncovered").
/// </summary>
internal static class DueClients
{
    private const long LargestSum = 1L << 58;

    /// <summary>True where multipliers beyond the weights cannot overflow.</summary>
    public static bool Fits(LocationCore core)
    {
        if (!core.IsCovering || core.OpenCost is not null) return false;
        Int128 total = core.Offset;
        foreach (var ceiling in core.Ceiling) total += ceiling;
        return total * 4 * (core.Clients + 1) < LargestSum && PrimalDualSearch.Fits(core);
    }

    /// <summary>The most a multiplier may be: more than any plan costs, and so little that sums over all clients stay exact.</summary>
    public static long Most(LocationCore core) => LargestSum / (core.Clients + 1);

    /// <summary>Finds more of them.</summary>
    /// <param name="core">the core</param>
    /// <param name="multipliers">one a client</param>
    /// <param name="net">worth less price of each site at these multipliers</param>
    /// <param name="state">what is decided about the sites</param>
    /// <param name="slack">cut-off less bound</param>
    /// <param name="found">receives clients of the core</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(LocationCore core, long[] multipliers, long[] net, Decision[] state, long slack, List<int> found)
    {
        for (var j = 0; j < core.Clients; j++)
        {
            if (core.IsDue[j]) continue;
            var rise = core.Ceiling[j] - multipliers[j];
            var isServed = false;
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++)
            {
                var site = core.PairSite[k];
                if (state[site] == Decision.Open)
                {
                    isServed = true;
                    break;
                }
                if (state[site] == Decision.Free && net[site] > 0) rise += net[site];
            }
            if (!isServed && rise >= slack) found.Add(j);
        }
    }
}
