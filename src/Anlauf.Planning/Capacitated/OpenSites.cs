namespace Anlauf.Planning.Capacitated;

/// <summary>A set of open sites with what it costs, holds and has in each group, so that a move is judged at once.</summary>
internal sealed class OpenSites
{
    private readonly CapacitatedProblem _problem;
    private readonly SiteLimits _limits;
    private readonly bool[] _open;
    private readonly int[] _inGroup;

    public OpenSites(CapacitatedProblem problem, SiteLimits limits, bool[] open)
    {
        (_problem, _limits, _open, _inGroup) = (problem, limits, open, new int[limits.Least.Length]);
        for (var i = 0; i < open.Length; i++)
            if (open[i]) Count(i, 1);
    }

    /// <summary>Cost of the open sites in units of the budget.</summary>
    public long Cost { get; private set; }

    /// <summary>Units they can serve.</summary>
    public long Room { get; private set; }

    /// <summary>Opens a closed site or closes an open one.</summary>
    public void Flip(int site)
    {
        _open[site] ^= true;
        Count(site, _open[site] ? 1 : -1);
    }

    /// <summary>How many sites a group lacks.</summary>
    public int Lacking(int group) => _limits.Least[group] - _inGroup[group];

    /// <summary>True when a site may close as far as its group is concerned.</summary>
    public bool CanLeave(int site) => _limits.Group[site] is var g && (g < 0 || _inGroup[g] > _limits.Least[g]);

    /// <summary>True when all conditions hold after the state of one site changes, or of an open and a closed one.</summary>
    /// <param name="first">a site</param>
    /// <param name="second">another one in the other state, or −1</param>
    public bool Allows(int first, int second)
    {
        var (entering, leaving) = _open[first] ? (second, first) : (first, second);
        var (cost, room) = (Cost, Room);
        if (entering >= 0) (cost, room) = (cost + _limits.Cost[entering], room + _problem.Capacities[entering]);
        if (leaving >= 0) (cost, room) = (cost - _limits.Cost[leaving], room - _problem.Capacities[leaving]);
        return cost <= _limits.Budget && room >= _limits.Demand
            && (leaving < 0 || CanLeave(leaving) || (entering >= 0 && _limits.Group[entering] == _limits.Group[leaving]));
    }

    private void Count(int site, int by)
    {
        Cost += by * _limits.Cost[site];
        Room += by * _problem.Capacities[site];
        if (_limits.Group[site] is var g and >= 0) _inGroup[g] += by;
    }
}
