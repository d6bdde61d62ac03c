namespace Anlauf.Planning.Certificates;

/// <summary>
/// The choice of free sites of least net cost: all below 0, in every group the best it still lacks, and so many in all as are
/// needed. Also what it costs at least to open a site more, or to do without one.
/// </summary>
internal sealed class CountedChoice
{
    private readonly Int128[] _net;
    private readonly (Int128 Edge, Int128? Next, bool IsTight)[] _groups;
    private readonly Func<int, int> _groupOf;
    private Int128 _edge;
    private Int128? _next = 0;

    private CountedChoice(Int128[] net, int groups, Func<int, int> groupOf) => (_net, _groups, _groupOf) = (net, new (Int128, Int128?, bool)[groups], groupOf);

    /// <summary>Net cost of all sites chosen or open.</summary>
    public Int128 Taken { get; private set; }

    /// <summary>The choice; none where a group has too few free sites.</summary>
    /// <param name="net">net cost of each site</param>
    /// <param name="state">1 open, −1 closed, 0 free</param>
    /// <param name="groups">sites of each group and how many of them must be open</param>
    /// <param name="groupOf">group of a site, or −1</param>
    /// <param name="need">so many free sites must be chosen</param>
    public static CountedChoice? Make(Int128[] net, sbyte[] state, IReadOnlyList<(List<int> Sites, int Least)> groups, Func<int, int> groupOf, int need)
    {
        var choice = new CountedChoice(net, groups.Count, groupOf);
        var chosen = new bool[net.Length];
        for (var i = 0; i < net.Length; i++) chosen[i] = state[i] > 0 || (state[i] == 0 && net[i] < 0);
        foreach (var (sites, least) in groups)
        {
            var lacking = least - sites.Count(i => chosen[i]);
            var others = sites.Where(i => state[i] == 0 && !chosen[i]).OrderBy(i => net[i]).ToList();
            if (others.Count < lacking) return null;
            foreach (var i in others.Take(lacking)) chosen[i] = true;
        }
        var free = Enumerable.Range(0, net.Length).Where(i => state[i] == 0).ToList();
        foreach (var i in free.Where(i => !chosen[i]).OrderBy(i => net[i]).Take(Math.Max(0, need - free.Count(i => chosen[i]))).ToList()) chosen[i] = true;
        for (var i = 0; i < net.Length; i++)
            if (chosen[i]) choice.Taken = checked(choice.Taken + net[i]);
        for (var g = 0; g < groups.Count; g++)
        {
            var there = groups[g].Sites.Where(i => state[i] == 0);
            choice._groups[g] = (Greatest(there.Where(i => chosen[i]), net), Least(there.Where(i => !chosen[i]), net), groups[g].Sites.Count(i => chosen[i]) <= groups[g].Least);
        }
        if (need == 0 || free.Count(i => chosen[i]) > need) return choice;
        choice._edge = Greatest(free.Where(i => chosen[i] && (groupOf(i) < 0 || !choice._groups[groupOf(i)].IsTight)), net);
        choice._next = Least(free.Where(i => !chosen[i]), net);
        return choice;
    }

    /// <summary>What opening a free site adds at least: one may go that was taken only because its group, or all together, need one more.</summary>
    public Int128 WhenOpen(int site) => Int128.Max(0, checked(_net[site] - Int128.Max(_edge, _groupOf(site) is var g and >= 0 ? _groups[g].Edge : 0)));

    /// <summary>What closing a free site adds at least: the next of a group that needs every one enters, or the next of all; none when there is no other.</summary>
    public Int128? WhenClosed(int site) =>
        (_groupOf(site) is var g and >= 0 && _groups[g].IsTight ? _groups[g].Next : _next) is { } other ? Int128.Max(0, checked(Int128.Max(0, other) - _net[site])) : null;

    private static Int128 Greatest(IEnumerable<int> sites, Int128[] net) => sites.Aggregate((Int128)0, (most, i) => Int128.Max(most, net[i]));

    private static Int128? Least(IEnumerable<int> sites, Int128[] net) => sites.Aggregate((Int128?)null, (least, i) => least is { } here && here <= net[i] ? here : net[i]);
}
