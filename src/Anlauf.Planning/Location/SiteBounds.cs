using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The Lagrangian bound of a core where some sites are decided, in whole numbers, and what follows from it for the others:
/// the same rule by which the checker of certificates accepts a decision.
/// </summary>
internal sealed class SiteBounds
{
    private readonly LocationCore _core;
    private readonly long[] _worth, _net, _sorted, _openCost;
    private readonly int[] _byCost;

    public SiteBounds(LocationCore core)
    {
        _core = core;
        _worth = new long[core.Sites];
        _openCost = core.OpenCost ?? new long[core.Sites];
        _net = new long[core.Sites];
        _sorted = new long[core.Sites];
        State = new Decision[core.Sites];
        _byCost = [.. Enumerable.Range(0, core.Sites)];
        for (var g = 0; g < core.GroupNeed.Length; g++)
            Array.Sort(_byCost, core.GroupStart[g], core.GroupStart[g + 1] - core.GroupStart[g], Comparer<int>.Create((a, b) => core.SiteCost[a].CompareTo(core.SiteCost[b])));
    }

    /// <summary>What is decided about each site.</summary>
    public Decision[] State { get; }

    /// <summary>Worth less price of each site at the multipliers evaluated last.</summary>
    public long[] Net => _net;

    /// <summary>Number of sites not decided.</summary>
    public int Free() => State.AsSpan().Count(Decision.Free);

    /// <summary>True when needs and budget leave no plan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool IsImpossible()
    {
        var left = _core.Budget;
        var count = _core.Opened;
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var need = _core.GroupNeed[g];
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
            {
                if (State[i] != Decision.Open) continue;
                need--;
                count++;
                left -= _core.SiteCost[i];
            }
            count += Math.Max(0, need);
            for (var k = _core.GroupStart[g]; need > 0; k++)
            {
                if (k == _core.GroupStart[g + 1]) return true;
                if (State[_byCost[k]] != Decision.Free) continue;
                need--;
                left -= _core.SiteCost[_byCost[k]];
            }
        }
        return left < 0 || count > _core.MostOpen || (count < _core.FewestOpen && left < CheapestOthers(_core.FewestOpen - count));
    }

    /// <summary>Cost of the cheapest free sites beside those the needs of groups take; more than any budget where there are too few.</summary>
    private long CheapestOthers(int missing)
    {
        var costs = new List<long>();
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var need = _core.GroupNeed[g];
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
                if (State[i] == Decision.Open) need--;
            for (var k = _core.GroupStart[g]; k < _core.GroupStart[g + 1]; k++)
                if (State[_byCost[k]] == Decision.Free && need-- <= 0) costs.Add(_core.SiteCost[_byCost[k]]);
        }
        if (costs.Count < missing) return long.MaxValue;
        costs.Sort();
        return costs.Take(missing).Sum();
    }

    /// <summary>The bound at these multipliers and these prices, scaled. Needs of groups must be possible.</summary>
    /// <param name="multipliers">one a client</param>
    /// <param name="price">price of a unit of the budget</param>
    /// <param name="perSite">price of an open site, where their number is limited; below 0 a reward, where more must open</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Evaluate(long[] multipliers, long price, long perSite = 0)
    {
        var core = _core;
        Array.Clear(_worth);
        var bound = core.Offset - price * core.Budget;
        if (perSite != 0) bound -= perSite * ((perSite > 0 ? core.MostOpen : core.FewestOpen) - core.Opened);
        for (var j = 0; j < core.Clients; j++)
        {
            var u = multipliers[j];
            bound += u;
            for (var k = core.Start[j]; k < core.Start[j + 1] && core.PairCost[k] < u; k++) _worth[core.PairSite[k]] += u - core.PairCost[k];
        }
        for (var i = 0; i < core.Sites; i++)
        {
            _net[i] = _worth[i] - price * core.SiteCost[i] - perSite - _openCost[i];
            if (State[i] == Decision.Open || (State[i] == Decision.Free && _net[i] > 0)) bound -= _net[i];
        }
        for (var g = 0; g < core.GroupNeed.Length; g++)
        {
            var (need, free) = SortFree(g);
            for (var k = 0; k < need; k++) bound -= Math.Min(0, _sorted[free - 1 - k]);
        }
        return bound;
    }

    /// <summary>Decides sites whose other state would lift the bound to the cut-off, at the multipliers evaluated last.</summary>
    /// <param name="slack">cut-off less bound</param>
    /// <param name="decided">receives the sites decided now</param>
    /// <param name="own">per site what of the bound its own part adds, which counts no more when the site changes</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decide(long slack, List<int> decided, long[]? own = null)
    {
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var (edge, next) = Edges(g);
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
            {
                if (State[i] != Decision.Free) continue;
                var least = own is null ? slack : slack + own[i];
                if (_net[i] < edge && edge - _net[i] >= least) State[i] = Decision.Closed;
                else if (next == long.MinValue || (_net[i] > next && _net[i] - next >= least)) State[i] = Decision.Open;
                else continue;
                decided.Add(i);
            }
        }
    }

    /// <summary>The bound at the multipliers evaluated last when a site is open and when it is closed; smaller entries stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void NoteAlternatives(long bound, long[] whenOpen, long[] whenClosed)
    {
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var (edge, next) = Edges(g);
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
            {
                if (State[i] != Decision.Closed) whenOpen[i] = Math.Min(whenOpen[i], State[i] == Decision.Open ? bound : bound + Math.Max(0, edge - _net[i]));
                if (State[i] == Decision.Closed || (State[i] == Decision.Free && next > long.MinValue))
                    whenClosed[i] = Math.Min(whenClosed[i], State[i] == Decision.Closed ? bound : bound + Math.Max(0, _net[i] - next));
            }
        }
    }

    // the last site needed leaves when another one must enter; the next one enters when one of them must leave
    private (long Edge, long Next) Edges(int group)
    {
        var (need, free) = SortFree(group);
        return (need > 0 ? Math.Min(0, _sorted[free - need]) : 0,
            need <= 0 ? 0 : free > need ? Math.Min(0, _sorted[free - need - 1]) : long.MinValue);
    }

    private (int Need, int Free) SortFree(int group)
    {
        var need = _core.GroupNeed[group];
        var free = 0;
        if (need == 0) return (0, 0);
        for (var i = _core.GroupStart[group]; i < _core.GroupStart[group + 1]; i++)
        {
            if (State[i] == Decision.Open) need--;
            else if (State[i] == Decision.Free) _sorted[free++] = _net[i];
        }
        if (need <= 0) return (0, 0);
        Array.Sort(_sorted, 0, free);
        return (need, free);
    }
}
