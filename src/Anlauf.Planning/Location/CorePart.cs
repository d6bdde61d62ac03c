using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// A part of a covering core at fixed multipliers u and price λ, a problem of its own without budget. A client all of whose
/// free sites lie in the part counts with its weight. One that others could serve as well counts with u_j, and sites
/// outside the part that owns it are cheaper by u_j: u_j · [none of the part] − u_j · (number of others) never exceeds what
/// the client costs. So the least costs of all parts together bound the whole, never worse than the multipliers did.
/// </summary>
internal sealed class CorePart
{
    private CorePart(LocationCore core, int[] sites, long[] multipliers, int[] position) =>
        (Core, Sites, Multipliers, _position) = (core, sites, multipliers, position);

    // place of each member among the members of all clients, by their number in the problem; −1 for those without weight
    private readonly int[] _position;

    /// <summary>The problem of the part; its sites are numbered from 0.</summary>
    public LocationCore Core { get; }

    /// <summary>Its sites as numbers of the whole core.</summary>
    public int[] Sites { get; }

    /// <summary>The multipliers of its clients.</summary>
    public long[] Multipliers { get; }

    /// <summary>Multipliers of the single members of its clients, in the order of their numbers in the problem.</summary>
    public long[] Full(long[] multipliers)
    {
        var full = new long[_position.AsSpan().Length - _position.AsSpan().Count(-1)];
        for (var j = 0; j < Core.Clients; j++)
        {
            var left = multipliers[j];
            for (var k = Core.MemberStart[j]; k < Core.MemberStart[j + 1]; k++)
            {
                var part = Math.Min(left, Core.MemberCeiling[k]);
                if (_position[k] >= 0) full[_position[k]] = part;
                left -= part;
            }
        }
        return full;
    }

    /// <summary>Makes the parts.</summary>
    /// <param name="core">the whole, nothing decided about its sites</param>
    /// <param name="part">part of each site</param>
    /// <param name="parts">number of parts</param>
    /// <param name="multipliers">one a client of the whole</param>
    /// <param name="price">price of a unit of the budget</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static CorePart[] Make(LocationCore core, int[] part, int parts, long[] multipliers, long price)
    {
        var openCost = new long[core.Sites];
        for (var i = 0; i < core.Sites; i++) openCost[i] = price * core.SiteCost[i];
        var owner = new int[core.Clients];
        var weight = new long[core.Clients];
        var count = new int[parts];
        for (var j = 0; j < core.Clients; j++)
        {
            // the part with most of its sites owns it, the first of equals
            owner[j] = -1;
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++) count[part[core.PairSite[k]]]++;
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++)
                if (part[core.PairSite[k]] is var p && (owner[j] < 0 || count[p] > count[owner[j]] || (count[p] == count[owner[j]] && p < owner[j]))) owner[j] = p;
            weight[j] = count[owner[j]] == core.Start[j + 1] - core.Start[j] ? core.Ceiling[j] : multipliers[j];
            for (var k = core.Start[j]; k < core.Start[j + 1]; k++)
            {
                count[part[core.PairSite[k]]] = 0;
                if (part[core.PairSite[k]] != owner[j]) openCost[core.PairSite[k]] -= multipliers[j];
            }
        }
        var sites = new List<int>[parts];
        var clients = new List<int>[parts];
        for (var p = 0; p < parts; p++) (sites[p], clients[p]) = ([], []);
        for (var i = 0; i < core.Sites; i++) sites[part[i]].Add(i);
        for (var j = 0; j < core.Clients; j++)
            if (weight[j] > 0) clients[owner[j]].Add(j);
        var groupOf = new int[core.Sites];
        for (var g = 0; g < core.GroupNeed.Length; g++) Array.Fill(groupOf, g, core.GroupStart[g], core.GroupStart[g + 1] - core.GroupStart[g]);
        var made = new CorePart[parts];
        for (var p = 0; p < parts; p++) made[p] = Make(core, part, p, [.. sites[p]], clients[p], weight, openCost, groupOf, multipliers);
        return made;
    }

    private static CorePart Make(
        LocationCore core, int[] part, int p, int[] sites, List<int> clients, long[] weight, long[] openCost, int[] groupOf, long[] multipliers)
    {
        var here = new Dictionary<int, int>(sites.Length);
        List<int> groupStart = [0], groupNeed = [];
        for (var i = 0; i < sites.Length; i++)
        {
            here[sites[i]] = i;
            if (i == 0 || groupOf[sites[i]] != groupOf[sites[i - 1]])
            {
                groupStart.Add(i);
                groupNeed.Add(core.GroupNeed[groupOf[sites[i]]]);
            }
            groupStart[^1] = i + 1;
        }
        var start = new int[clients.Count + 1];
        var pairs = new List<int>();
        List<int> memberStart = [0], members = [];
        var caps = new List<long>();
        for (var j = 0; j < clients.Count; j++)
        {
            var client = clients[j];
            for (var k = core.Start[client]; k < core.Start[client + 1]; k++)
                if (part[core.PairSite[k]] == p) pairs.Add(here[core.PairSite[k]]);
            start[j + 1] = pairs.Count;
            // what a client shared with other parts may cost is shared among its members as its multiplier is
            var left = weight[client];
            for (var k = core.MemberStart[client]; k < core.MemberStart[client + 1]; k++)
            {
                members.Add(core.Members[k]);
                caps.Add(Math.Min(left, core.MemberCeiling[k]));
                left -= caps[^1];
            }
            memberStart.Add(members.Count);
        }
        var position = new int[members.Count];
        Array.Fill(position, -1);
        foreach (var (k, place) in Enumerable.Range(0, members.Count).Where(k => caps[k] > 0).OrderBy(k => members[k]).Select((k, place) => (k, place))) position[k] = place;
        var made = new LocationCore
        {
            Scale = core.Scale,
            IsCovering = true,
            Sites = sites.Length,
            SiteIds = [.. Enumerable.Range(0, sites.Length)],
            SiteCost = new long[sites.Length],
            OpenCost = [.. sites.Select(i => openCost[i])],
            GroupStart = [.. groupStart],
            GroupNeed = [.. groupNeed],
            Clients = clients.Count,
            Ceiling = [.. clients.Select(j => weight[j])],
            IsDue = new bool[clients.Count],
            Start = start,
            PairSite = [.. pairs],
            PairCost = new long[pairs.Count],
            MemberStart = [.. memberStart],
            Members = [.. members],
            MemberCeiling = [.. caps],
        };
        return new CorePart(made, sites, [.. clients.Select(j => multipliers[j])], position);
    }
}
