using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>The best choice of open sites found for a part.</summary>
internal sealed class PartPlan
{
    private readonly LocationCore _core;
    private readonly SiteLists _lists;
    private readonly bool[] _open;
    private readonly int[] _served, _inGroup;

    public PartPlan(LocationCore core)
    {
        (_core, _lists) = (core, new SiteLists(core));
        (_open, Best) = (new bool[core.Sites], new bool[core.Sites]);
        (_served, _inGroup) = (new int[core.Clients], new int[core.GroupNeed.Length]);
    }

    /// <summary>Scaled value of the best choice.</summary>
    public long Value { get; private set; } = long.MaxValue >> 2;

    /// <summary>Sites open in it.</summary>
    public bool[] Best { get; }

    /// <summary>Rounds a relaxed choice, then opens and closes single sites as long as that helps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Round(double[] relaxed, Decision[] state)
    {
        Array.Clear(_open);
        Array.Clear(_served);
        Array.Clear(_inGroup);
        var value = 0L;
        foreach (var weight in _core.Ceiling) value += weight;
        for (var i = 0; i < _open.Length; i++)
            if (state[i] == Decision.Open || (state[i] == Decision.Free && relaxed[i] > 0.5)) value += Change(i, true);
        for (var g = 0; g < _inGroup.Length; g++)
            while (_inGroup[g] < _core.GroupNeed[g])
            {
                var best = -1;
                for (var i = _core.GroupStart[g]; i < _core.GroupStart[g + 1]; i++)
                    if (!_open[i] && state[i] == Decision.Free && (best < 0 || relaxed[i] > relaxed[best])) best = i;
                if (best < 0) return;
                value += Change(best, true);
            }
        for (var moved = true; moved;)
        {
            moved = false;
            for (var i = 0; i < _open.Length; i++)
            {
                if (_open[i] ? _inGroup[_lists.Group[i]] <= _core.GroupNeed[_lists.Group[i]] : false) continue;
                if (Worth(i) is var worth && (_open[i] ? worth < _core.OpenCost![i] : worth > _core.OpenCost![i]))
                {
                    value += Change(i, !_open[i]);
                    moved = true;
                }
            }
        }
        if (value >= Value) return;
        Value = value;
        _open.CopyTo(Best, 0);
    }

    /// <summary>Weight that only this site serves, or would serve.</summary>
    private long Worth(int site)
    {
        long worth = 0;
        var alone = _open[site] ? 1 : 0;
        foreach (var j in _lists.Clients(site))
            if (_served[j] == alone) worth += _core.Ceiling[j];
        return worth;
    }

    private long Change(int site, bool open)
    {
        var worth = open ? Worth(site) : 0;
        _open[site] = open;
        foreach (var j in _lists.Clients(site)) _served[j] += open ? 1 : -1;
        _inGroup[_lists.Group[site]] += open ? 1 : -1;
        if (open) return _core.OpenCost![site] - worth;
        foreach (var j in _lists.Clients(site))
            if (_served[j] == 0) worth += _core.Ceiling[j];
        return worth - _core.OpenCost![site];
    }
}
