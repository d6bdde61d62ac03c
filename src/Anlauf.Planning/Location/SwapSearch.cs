using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Improves a plan by adding a site or swapping one open site for one closed, taking every improvement at once.
/// The worth of all swaps with one incoming site is found in one pass over its clients.
/// Source: Resende and Werneck 2003; order of the moves as in FasterPAM, Schubert and Rousseeuw 2021.
/// Budget and group needs are kept by every move.
/// </summary>
internal sealed partial class SwapSearch
{
    private const int SortAfter = 16;
    private readonly LocationCore _core;
    private readonly int[] _siteStart, _siteClient, _group, _openInGroup;
    private readonly long[] _siteCost;
    private readonly int[] _nearest;
    private readonly long[] _first, _second, _loss, _change;
    private readonly List<int> _openSites = [], _byLoss = [], _others = [];
    private readonly int[] _place;
    private int _sinceChange;

    public SwapSearch(LocationCore core)
    {
        _core = core;
        (_siteStart, _siteClient, _siteCost) = (core.BySite.Start, core.BySite.Client, core.BySite.Cost);
        _group = new int[core.Sites];
        for (var g = 0; g < core.GroupNeed.Length; g++) Array.Fill(_group, g, core.GroupStart[g], core.GroupStart[g + 1] - core.GroupStart[g]);
        _openInGroup = new int[core.GroupNeed.Length];
        _nearest = new int[core.Clients];
        _first = new long[core.Clients];
        _second = new long[core.Clients];
        _loss = new long[core.Sites];
        _change = new long[core.Sites];
        _place = new int[core.Sites];
        _isNear = new bool[core.Sites];
        IsLocal = core.Pairs < (long)core.Sites * core.Clients * MostLocalShare;
    }

    /// <summary>One for another thread; what both only read they share.</summary>
    public SwapSearch(SwapSearch other)
    {
        (_core, _siteStart, _siteClient, _siteCost, _group, IsLocal) = (other._core, other._siteStart, other._siteClient, other._siteCost, other._group, other.IsLocal);
        _openInGroup = new int[_core.GroupNeed.Length];
        (_nearest, _first, _second) = (new int[_core.Clients], new long[_core.Clients], new long[_core.Clients]);
        (_loss, _change, _place, _isNear) = (new long[_core.Sites], new long[_core.Sites], new int[_core.Sites], new bool[_core.Sites]);
    }

    /// <summary>Scaled value of the current plan.</summary>
    public long Value { get; private set; }

    /// <summary>Open sites of the current plan, in no order.</summary>
    public IReadOnlyList<int> Open => _openSites;

    /// <summary>Pairs of client and site looked at so far: a measure of work that is the same on every machine.</summary>
    public long Work { get; private set; }

    /// <summary>Budget left.</summary>
    public long Left { get; private set; }

    /// <summary>
    /// Multipliers that fit the current plan: between the nearest and the second nearest open site of a client, where
    /// they would have to lie if the plan were optimal and the relaxation tight.
    /// </summary>
    public long[] Multipliers()
    {
        var multipliers = new long[Math.Max(_core.Clients, _core.Stride)];
        for (var j = 0; j < _core.Clients; j++) multipliers[j] = _first[j] + (_second[j] - _first[j]) / 2;
        return multipliers;
    }

    /// <summary>Makes a plan that keeps all rules out of a wish: sites in order of preference. The core must be feasible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(IEnumerable<int> preferred)
    {
        var core = _core;
        var open = new bool[core.Sites];
        var stopgaps = new Stack<int>[core.GroupNeed.Length];
        Left = core.Budget;
        // the cheapest sites that meet every need; preferred ones replace them while the budget lasts
        for (var g = 0; g < stopgaps.Length; g++)
        {
            stopgaps[g] = new Stack<int>();
            foreach (var i in Enumerable.Range(core.GroupStart[g], core.GroupStart[g + 1] - core.GroupStart[g]).OrderBy(i => core.SiteCost[i]).Take(core.GroupNeed[g]))
            {
                stopgaps[g].Push(i);
                open[i] = true;
                Left -= core.SiteCost[i];
            }
        }
        var wanted = new bool[core.Sites];
        foreach (var i in preferred)
        {
            if (wanted[i]) continue;
            var gaps = stopgaps[_group[i]];
            while (gaps.Count > 0 && wanted[gaps.Peek()]) gaps.Pop();
            if (open[i])
            {
                wanted[i] = true;
                continue;
            }
            var freed = gaps.Count > 0 ? core.SiteCost[gaps.Peek()] : 0;
            if (core.SiteCost[i] > Left + freed) continue;
            if (gaps.Count > 0) open[gaps.Pop()] = false;
            open[i] = wanted[i] = true;
            Left += freed - core.SiteCost[i];
        }
        Reset(open);
    }

    /// <summary>Takes a plan that keeps all rules as it is.</summary>
    public void Take(IEnumerable<int> sites)
    {
        var open = new bool[_core.Sites];
        Left = _core.Budget;
        foreach (var i in sites)
        {
            open[i] = true;
            Left -= _core.SiteCost[i];
        }
        Reset(open);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reset(bool[] open)
    {
        ForgetNear();
        _tracking = false;
        _sinceChange = 0;
        _openSites.Clear();
        Array.Clear(_openInGroup);
        Array.Clear(_loss);
        Array.Fill(_place, -1);
        for (var i = 0; i < open.Length; i++)
        {
            if (!open[i]) continue;
            _place[i] = _openSites.Count;
            _openSites.Add(i);
            _openInGroup[_group[i]]++;
        }
        Value = _core.Offset;
        for (var j = 0; j < _core.Clients; j++)
        {
            Scan(j);
            Value += _first[j];
            if (_nearest[j] >= 0) _loss[_nearest[j]] += _second[j] - _first[j];
        }
    }

    /// <summary>Swaps until no swap helps or the clock stops.</summary>
    /// <param name="from">site to begin with; a different start gives a different local optimum</param>
    /// <param name="clock">counts one step per 64 sites looked at</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Improve(int from, SearchClock clock)
    {
        var (idle, looked) = (0, 0);
        for (var i = from; idle < _core.Sites; i = i + 1 == _core.Sites ? 0 : i + 1, idle++)
        {
            if ((++looked & 63) == 0 && !clock.Step()) return;
            if (_place[i] < 0 && TryEnter(i)) idle = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryEnter(int site)
    {
        long gain = 0;
        var start = _siteStart[site];
        var end = _siteStart[site + 1];
        _others.Clear();
        for (var k = start; k < end; k++)
        {
            var j = _siteClient[k];
            var cost = _siteCost[k];
            if (cost < _first[j]) gain += _first[j] - cost;
            var other = _nearest[j];
            if (other < 0 || cost >= _second[j]) continue;
            // leaving with its nearest site costs this client less, or nothing any more
            if (_change[other] == 0) _others.Add(other);
            _change[other] -= _second[j] - Math.Max(_first[j], cost);
        }
        var siteCost = _core.SiteCost[site];
        var (best, leaving) = (siteCost <= Left ? -gain : long.MaxValue, -1);
        foreach (var m in _others)
            if (_loss[m] + _change[m] - gain is var delta && delta < best && MayReplace(m, site)) (best, leaving) = (delta, m);
        foreach (var m in _others) _change[m] = 0;
        var inOrder = ByLoss();
        Work += end - start;
        foreach (var m in inOrder ? _byLoss : _openSites)
        {
            Work++;
            var delta = _loss[m] - gain;
            // the others are no better than this one
            if (inOrder && delta > Math.Min(best, 0)) break;
            if (delta < best && MayReplace(m, site)) (best, leaving) = (delta, m);
        }
        // of equal plans the cheaper one leaves room for another site
        if (best > 0 || best == long.MaxValue) return false;
        if (best == 0 && (leaving < 0 || _core.SiteCost[leaving] <= siteCost)) return false;
        Enter(site);
        if (leaving >= 0) Leave(leaving);
        return true;
    }

    /// <summary>Sorts the open sites by what leaving costs, once the plan has stayed the same for some time.</summary>
    /// <returns>false when it is not worth it yet</returns>
    private bool ByLoss()
    {
        if (_sinceChange++ < SortAfter) return false;
        if (_sinceChange > SortAfter + 1) return true;
        _byLoss.Clear();
        _byLoss.AddRange(_openSites);
        _byLoss.Sort((a, b) => _loss[a] != _loss[b] ? _loss[a].CompareTo(_loss[b]) : a.CompareTo(b));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(int site)
    {
        _sinceChange = 0;
        if (_tracking) _journal.Add(site);
        _place[site] = _openSites.Count;
        _openSites.Add(site);
        _openInGroup[_group[site]]++;
        Left -= _core.SiteCost[site];
        for (var k = _siteStart[site]; k < _siteStart[site + 1]; k++)
        {
            var j = _siteClient[k];
            var cost = _siteCost[k];
            if (cost >= _second[j]) continue;
            if (_tracking) Touch(j);
            if (_nearest[j] >= 0) _loss[_nearest[j]] -= _second[j] - _first[j];
            if (cost < _first[j])
            {
                Value += cost - _first[j];
                (_second[j], _first[j], _nearest[j]) = (_first[j], cost, site);
            }
            else _second[j] = cost;
            if (_nearest[j] >= 0) _loss[_nearest[j]] += _second[j] - _first[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leave(int site)
    {
        _sinceChange = 0;
        if (_tracking) _journal.Add(~site);
        var last = _openSites[^1];
        _openSites[_place[site]] = last;
        _place[last] = _place[site];
        _openSites.RemoveAt(_openSites.Count - 1);
        _place[site] = -1;
        _openInGroup[_group[site]]--;
        Left += _core.SiteCost[site];
        for (var k = _siteStart[site]; k < _siteStart[site + 1]; k++)
        {
            var j = _siteClient[k];
            if (_siteCost[k] > _second[j]) continue;
            if (_tracking) Touch(j);
            if (_nearest[j] >= 0) _loss[_nearest[j]] -= _second[j] - _first[j];
            Value -= _first[j];
            Scan(j);
            Value += _first[j];
            if (_nearest[j] >= 0) _loss[_nearest[j]] += _second[j] - _first[j];
        }
    }

    /// <summary>Finds the two nearest open sites of a client in its ascending list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(int j)
    {
        _nearest[j] = -1;
        _first[j] = _second[j] = _core.Ceiling[j];
        for (var k = _core.Start[j]; k < _core.Start[j + 1]; k++)
        {
            if (_place[_core.PairSite[k]] < 0) continue;
            if (_nearest[j] < 0)
            {
                _nearest[j] = _core.PairSite[k];
                _first[j] = _core.PairCost[k];
                continue;
            }
            _second[j] = _core.PairCost[k];
            return;
        }
    }
}
