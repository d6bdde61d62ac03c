using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The form every location problem takes for the search: least sum over clients of min(ceiling, cheapest open site),
/// plus an offset. A pair (client, site) exists only where the site is cheaper than the client's ceiling; the pairs of a
/// client ascend in cost. A covering problem has ceilings = weights and pairs of cost 0 (the uncovered weight is minimised).
/// All values are scaled by <see cref="Scale"/>, so that multipliers may lie between whole numbers and sums stay exact.
/// Sites are sorted by group; opening and closing sites gives a smaller core (<see cref="CoreReduction"/>).
/// </summary>
internal sealed class LocationCore
{
    /// <summary>Scaled unit: this many steps are one unit of the objective.</summary>
    public required long Scale;

    /// <summary>True for a covering problem.</summary>
    public bool IsCovering;

    /// <summary>True where sites beyond the ceiling of some client count as if they were no farther: then a plan may cost more than it says.</summary>
    public bool IsCut;

    /// <summary>Scaled cost of everything already decided.</summary>
    public long Offset;

    /// <summary>Number of clients and sites.</summary>
    public int Clients, Sites;

    /// <summary>Index in the problem of each site.</summary>
    public int[] SiteIds = [];

    /// <summary>
    /// Index in the problem of the clients behind each client of the core (several where covering clients with the same
    /// sites were merged) and their own ceilings: <c>MemberStart[j]</c> to <c>MemberStart[j + 1]</c>.
    /// </summary>
    public int[] MemberStart = [0], Members = [];

    /// <inheritdoc cref="Members"/>
    public long[] MemberCeiling = [];

    /// <summary>For every client of the problem that has left the core: its scaled cost, already in <see cref="Offset"/>.</summary>
    public long[] Settled = [];

    /// <summary>Scaled cost of a client when none of its sites opens.</summary>
    public long[] Ceiling = [];

    /// <summary>Covering: clients that every plan looked at here covers, so that their multipliers may be any (<see cref="DueClients"/>).</summary>
    public bool[] IsDue = [];

    /// <summary>Pairs of client j: <c>Start[j]</c> to <c>Start[j + 1]</c>.</summary>
    public int[] Start = [0];

    /// <summary>Site and scaled cost of each pair.</summary>
    public int[] PairSite = [];

    /// <inheritdoc cref="PairSite"/>
    public long[] PairCost = [];

    /// <summary>Budget units each site takes, and what is left of the budget.</summary>
    public long[] SiteCost = [];

    /// <inheritdoc cref="SiteCost"/>
    public long Budget;

    /// <summary>Scaled cost of opening each site, part of the objective; none where only the budget counts.</summary>
    public long[]? OpenCost;

    /// <summary>Sites of group g: <c>GroupStart[g]</c> to <c>GroupStart[g + 1]</c>; at least <c>GroupNeed[g]</c> of them must open.</summary>
    public int[] GroupStart = [0];

    /// <inheritdoc cref="GroupStart"/>
    public int[] GroupNeed = [];

    /// <summary>Number of sites opened on the way to this core.</summary>
    public int Opened;

    /// <summary>At least and at most so many sites are open in the plans looked at here, those opened on the way included.</summary>
    public int FewestOpen;

    /// <inheritdoc cref="FewestOpen"/>
    public int MostOpen = NoMost;

    /// <summary>True when the number of open sites is limited by more than the budget.</summary>
    public bool IsLimited => MostOpen != NoMost || FewestOpen > Opened;

    /// <summary>True when some sites cost more than others.</summary>
    public bool CostsDiffer => SiteCost.Length > 0 && SiteCost.AsSpan().ContainsAnyExcept(SiteCost[0]);

    /// <summary>The same core with these limits.</summary>
    public LocationCore WithLimits(int fewest, int most)
    {
        var limited = (LocationCore)MemberwiseClone();
        (limited.FewestOpen, limited.MostOpen) = (fewest, most);
        return limited;
    }

    /// <summary>The same core for another thread: what a search notes in it is its own.</summary>
    /// <param name="isDue">clients that must be covered</param>
    public LocationCore Own(bool[] isDue)
    {
        var own = (LocationCore)MemberwiseClone();
        own.IsDue = (bool[])isDue.Clone();
        return own;
    }

    /// <summary>No limit for <see cref="MostOpen"/>.</summary>
    public const int NoMost = int.MaxValue;

    /// <summary>
    /// Dense rows (site-major, stride <see cref="Stride"/>) holding pair cost or ceiling; none when pairs are sparse. They are
    /// made when first asked for: where few pairs lie below their multipliers nobody does.
    /// </summary>
    public long[]? Rows => _rows ??= Stride > 0 ? DenseRows.Of(this) : null;

    private long[]? _rows;

    /// <summary>Length of a dense row, a multiple of the vector length; 0 where pairs are sparse.</summary>
    public int Stride;

    /// <summary>The pairs by site, made when first asked for.</summary>
    public SitePairs BySite => _bySite ??= new SitePairs(this);

    private SitePairs? _bySite;

    /// <summary>Lets go of what was made for evaluating: a core that waits while its cases are searched needs it no more.</summary>
    public void Rest() => (_rows, _bySite) = (null, null);

    /// <summary>Number of pairs.</summary>
    public int Pairs => Start[Clients];

    /// <summary>Multipliers for all clients of the problem: those given for the core, the settled cost of the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long[] Full(long[] multipliers)
    {
        var full = (long[])Settled.Clone();
        for (var j = 0; j < Clients; j++)
        {
            // merged clients share the multiplier, none takes more than its own ceiling
            var left = multipliers[j];
            for (var k = MemberStart[j]; k < MemberStart[j + 1]; k++)
            {
                var part = k + 1 == MemberStart[j + 1] ? left : Math.Min(left, MemberCeiling[k]);
                full[Members[k]] = part;
                left -= part;
            }
        }
        return full;
    }
}
