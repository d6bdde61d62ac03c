using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Clients of a covering core that are covered wherever those that must be are: one of these has no other sites than they
/// have. Their rows leave, and without them more sites are dominated (row dominance of set covering: Beasley 1987).
/// </summary>
internal static class ImpliedClients
{
    /// <summary>The clients; none where there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool[]? Find(LocationCore core)
    {
        if (!core.IsDue.AsSpan().Contains(true)) return null;
        var lists = new SiteLists(core);
        var words = (core.Sites + 63) / 64;
        var sites = new ulong[core.Clients * words];
        for (var j = 0; j < core.Clients; j++)
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++) sites[j * words + core.PairSite[k] / 64] |= 1UL << core.PairSite[k];
        var implied = new bool[core.Clients];
        var any = false;
        for (var j = 0; j < core.Clients; j++)
        {
            // of equal ones the first implies the others; one that is implied itself implies nothing that its own reason does not
            if (!core.IsDue[j] || implied[j]) continue;
            var rare = core.PairSite[core.Start[j]];
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++)
                if (lists.Clients(core.PairSite[k]).Length < lists.Clients(rare).Length) rare = core.PairSite[k];
            foreach (var other in lists.Clients(rare))
                if (other != j && !implied[other] && Contains(sites.AsSpan(other * words, words), sites.AsSpan(j * words, words))) implied[other] = any = true;
        }
        return any ? implied : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Contains(ReadOnlySpan<ulong> all, ReadOnlySpan<ulong> some)
    {
        for (var w = 0; w < some.Length; w++)
            if ((some[w] & ~all[w]) != 0) return false;
        return true;
    }
}
