using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>The pairs of a core by site, and the group of each site.</summary>
internal sealed class SiteLists
{
    private readonly int[] _start, _clients;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SiteLists(LocationCore core)
    {
        _start = new int[core.Sites + 1];
        _clients = new int[core.Pairs];
        for (var k = 0; k < core.Pairs; k++) _start[core.PairSite[k] + 1]++;
        for (var i = 0; i < core.Sites; i++) _start[i + 1] += _start[i];
        var fill = _start[..core.Sites];
        for (var j = 0; j < core.Clients; j++)
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++) _clients[fill[core.PairSite[k]]++] = j;
        Group = new int[core.Sites];
        for (var g = 0; g < core.GroupNeed.Length; g++)
            Array.Fill(Group, g, core.GroupStart[g], core.GroupStart[g + 1] - core.GroupStart[g]);
    }

    /// <summary>Group of each site.</summary>
    public int[] Group { get; }

    /// <summary>Clients of a site, ascending.</summary>
    public ReadOnlySpan<int> Clients(int site) => _clients.AsSpan(_start[site], _start[site + 1] - _start[site]);
}
