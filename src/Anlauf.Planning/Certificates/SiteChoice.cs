namespace Anlauf.Planning.Certificates;

/// <summary>
/// The choice of free sites a relaxation makes by their net worth: all that gain, and in every group as many of the best
/// as it still needs.
/// </summary>
internal sealed class SiteChoice
{
    private readonly Int128[] _net, _edges;
    private readonly Int128?[] _nexts;
    private readonly Func<int, int> _groupOf;

    private SiteChoice(Int128[] net, int groups, Func<int, int> groupOf) =>
        (_net, _edges, _nexts, _groupOf) = (net, new Int128[groups], new Int128?[groups], groupOf);

    /// <summary>Net worth of all sites chosen or decided open.</summary>
    public Int128 Taken { get; private set; }

    /// <summary>The choice; none where a group has too few free sites.</summary>
    /// <param name="net">net worth of each site</param>
    /// <param name="state">1 open, −1 closed, 0 free</param>
    /// <param name="groups">sites of each group and how many of them must be open</param>
    /// <param name="groupOf">group of a site, or −1</param>
    public static SiteChoice? Make(Int128[] net, sbyte[] state, IReadOnlyList<(List<int> Sites, int Least)> groups, Func<int, int> groupOf)
    {
        var choice = new SiteChoice(net, groups.Count, groupOf);
        for (var i = 0; i < net.Length; i++)
            if (state[i] > 0 || (state[i] == 0 && net[i] > 0)) choice.Taken += net[i];
        for (var g = 0; g < groups.Count; g++)
        {
            var free = new List<Int128>();
            var need = groups[g].Least;
            foreach (var site in groups[g].Sites)
            {
                if (state[site] > 0) need--;
                else if (state[site] == 0) free.Add(net[site]);
            }
            choice._nexts[g] = 0;
            if (need <= 0) continue;
            if (free.Count < need) return null;
            free.Sort((a, b) => b.CompareTo(a));
            for (var k = 0; k < need; k++) choice.Taken += Int128.Min(0, free[k]);
            choice._edges[g] = Int128.Min(0, free[need - 1]);
            choice._nexts[g] = free.Count > need ? Int128.Min(0, free[need]) : null;
        }
        return choice;
    }

    /// <summary>The bound when a site is open and when it is closed; smaller entries stay.</summary>
    public void NoteAlternatives(Int128 bound, sbyte[] state, Int128[] whenOpen, Int128[] whenClosed)
    {
        for (var i = 0; i < state.Length; i++)
        {
            var g = _groupOf(i);
            var edge = g < 0 ? 0 : _edges[g];
            Int128? next = g < 0 ? 0 : _nexts[g];
            if (state[i] >= 0) whenOpen[i] = Int128.Min(whenOpen[i], state[i] > 0 ? bound : bound + Int128.Max(0, edge - _net[i]));
            if (state[i] < 0) whenClosed[i] = Int128.Min(whenClosed[i], bound);
            else if (state[i] == 0 && next is { } other) whenClosed[i] = Int128.Min(whenClosed[i], bound + Int128.Max(0, _net[i] - other));
        }
    }

    /// <summary>Says which decision does not follow, or none: the other state of a site must lift the bound to its target.</summary>
    public string? Fault(Int128 bound, Func<int, Int128> target, List<int> opened, List<int> closed)
    {
        foreach (var site in closed)
        {
            // a further open site displaces what the group would take last
            var edge = _groupOf(site) is var g and >= 0 ? _edges[g] : 0;
            if (_net[site] >= edge || bound + edge - _net[site] < target(site)) return $"Der Beweis schließt den Standort {site} ohne Grund aus.";
        }
        foreach (var site in opened)
        {
            // where an open site leaves the next one of its group enters; none: it cannot leave
            var next = _groupOf(site) is var g and >= 0 ? _nexts[g] : 0;
            if (next is { } other && (_net[site] <= other || bound + _net[site] - other < target(site))) return $"Der Beweis öffnet den Standort {site} ohne Grund.";
        }
        return null;
    }
}
