using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// The Lagrangian bound of a core where some sites are decided, in whole numbers, and what follows from it for the others:
/// the same rule by which the checker of certificates accepts a decision.
/// </summary>
internal sealed class SiteBounds
{
    private readonly LocationCore _core;
    private readonly long[] _worth, _net, _sorted;
    private readonly int[] _byCost;

    public SiteBounds(LocationCore core)
    {
        _core = core;
        _worth = new long[core.Sites];
        _net = new long[core.Sites];
        _sorted = new long[core.Sites];
        State = new Decision[core.Sites];
        _byCost = [.. Enumerable.Range(0, core.Sites)];
        for (var g = 0; g < core.GroupNeed.Length; g++)
            Array.Sort(_byCost, core.GroupStart[g], core.GroupStart[g + 1] - core.GroupStart[g], Comparer<int>.Create((a, b) => core.SiteCost[a].CompareTo(core.SiteCost[b])));
    }

    /// <summary>What is decided about each site.</summary>
    public Decision[] State { get; }

    /// <summary>Number of sites not decided.</summary>
    public int Free() => State.AsSpan().Count(Decision.Free);

    /// <summary>True when needs and budget leave no plan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool IsImpossible()
    {
        var left = _core.Budget;
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var need = _core.GroupNeed[g];
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
            {
                if (State[i] != Decision.Open) continue;
                need--;
                left -= _core.SiteCost[i];
            }
            for (var k = _core.GroupStart[g]; need > 0; k++)
            {
                if (k == _core.GroupStart[g + 1]) return true;
                if (State[_byCost[k]] != Decision.Free) continue;
                need--;
                left -= _core.SiteCost[_byCost[k]];
            }
        }
        return left < 0;
    }

    /// <summary>The bound at these multipliers and this price, scaled. Needs of groups must be possible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Evaluate(long[] multipliers, long price)
    {
        var core = _core;
        Array.Clear(_worth);
        var bound = core.Offset - price * core.Budget;
        for (var j = 0; j < core.Clients; j++)
        {
            var u = multipliers[j];
            bound += u;
            for (var k = core.Start[j]; k < core.Start[j + 1] && core.PairCost[k] < u; k++) _worth[core.PairSite[k]] += u - core.PairCost[k];
        }
        for (var i = 0; i < core.Sites; i++)
        {
            _net[i] = _worth[i] - price * core.SiteCost[i];
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Decide(long slack, List<int> decided)
    {
        for (var g = 0; g < _core.GroupNeed.Length; g++)
        {
            var (need, free) = SortFree(g);
            // the last site needed leaves when another one must enter; the next one enters when one of them must leave
            var edge = need > 0 ? Math.Min(0, _sorted[free - need]) : 0;
            var next = need <= 0 ? 0 : free > need ? Math.Min(0, _sorted[free - need - 1]) : long.MinValue;
            for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
            {
                if (State[i] != Decision.Free) continue;
                if (_net[i] < edge && edge - _net[i] >= slack) State[i] = Decision.Closed;
                else if (next == long.MinValue || (_net[i] > next && _net[i] - next >= slack)) State[i] = Decision.Open;
                else continue;
                decided.Add(i);
            }
        }
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
