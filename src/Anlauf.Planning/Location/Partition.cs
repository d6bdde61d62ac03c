using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Splits the sites of a covering core into parts that hang together as little as possible. Sites of a group that
/// still needs some stay together; then whatever shares the most of its multipliers is joined, as long as no part grows
/// beyond a limit.
/// </summary>
internal static class Partition
{
    // of a client with more sites only neighbours in its list are paired, which joins them as well
    private const int MostPaired = 40;

    /// <summary>Part of each site.</summary>
    /// <param name="core">the core</param>
    /// <param name="ties">how strongly each client ties its sites together</param>
    /// <param name="mostSites">limit of a part; a group in need may exceed it</param>
    /// <param name="parts">number of parts</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Split(LocationCore core, long[] ties, int mostSites, out int parts)
    {
        var parent = new int[core.Sites];
        var size = new int[core.Sites];
        for (var i = 0; i < core.Sites; i++) (parent[i], size[i]) = (i, 1);
        for (var g = 0; g < core.GroupNeed.Length; g++)
            for (var i = core.GroupStart[g] + 1; i < core.GroupStart[g + 1] && core.GroupNeed[g] > 0; i++) Join(parent, size, i - 1, i);
        var strength = new Dictionary<(int, int), long>();
        for (var j = 0; j < core.Clients; j++)
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++)
                for (var l = core.Start[j + 1] - core.Start[j] > MostPaired ? Math.Max(core.Start[j], k - 1) : core.Start[j]; l < k; l++)
                {
                    var (a, b) = (Root(parent, core.PairSite[k]), Root(parent, core.PairSite[l]));
                    if (a == b) continue;
                    var key = (Math.Min(a, b), Math.Max(a, b));
                    strength[key] = strength.GetValueOrDefault(key) + ties[j] / (core.Start[j + 1] - core.Start[j]);
                }
        foreach (var ((a, b), _) in strength.OrderByDescending(e => e.Value).ThenBy(e => e.Key))
            if (Root(parent, a) is var x && Root(parent, b) is var y && x != y && size[x] + size[y] <= mostSites) Join(parent, size, x, y);
        var number = new Dictionary<int, int>();
        var part = new int[core.Sites];
        for (var i = 0; i < core.Sites; i++)
        {
            var root = Root(parent, i);
            if (!number.TryGetValue(root, out part[i])) number[root] = part[i] = number.Count;
        }
        parts = number.Count;
        return part;
    }

    private static void Join(int[] parent, int[] size, int a, int b)
    {
        (a, b) = (Root(parent, a), Root(parent, b));
        if (a == b) return;
        parent[b] = a;
        size[a] += size[b];
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    }
}
