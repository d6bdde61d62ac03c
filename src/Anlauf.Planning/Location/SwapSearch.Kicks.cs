using System.Runtime.CompilerServices;

namespace Anlauf.Planning.Location;

/// <summary>
/// Leaving a local optimum: random exchanges, and, where a site serves only few clients, kicks that stay in one place with
/// everything near them tried again and taken back when it did not help (iterated local search: Lourenço, Martin, Stützle 2003).
/// </summary>
internal sealed partial class SwapSearch
{
    private const double MostLocalShare = 0.1;
    private readonly Queue<int> _near = [];
    private readonly List<int> _journal = [];
    private readonly bool[] _isNear;
    private bool _tracking;
    private long _price;

    /// <summary>True where a site serves only few clients, so that a change stays near.</summary>
    public bool IsLocal { get; }

    /// <summary>One kick near a random site and what follows from it; a worse plan is taken back.</summary>
    /// <param name="price">what a unit of the budget is worth; budget left over counts for the plan</param>
    /// <param name="random">source of chance</param>
    /// <param name="clock">counts one step per 64 sites looked at</param>
    public void TryKick(long price, Random random, SearchClock clock)
    {
        _price = price;
        var before = Value - price * Left;
        _journal.Clear();
        _tracking = true;
        for (var k = 1 + random.Next(2); k > 0; k--) ExchangeNear(random);
        if (_journal.Count > 0) ImproveNear(clock);
        _tracking = false;
        if (Value - price * Left <= before) return;
        for (var k = _journal.Count - 1; k >= 0; k--)
        {
            if (_journal[k] >= 0) Leave(_journal[k]);
            else Enter(~_journal[k]);
        }
    }

    /// <summary>A random site takes the place of an open one that serves one of its clients.</summary>
    private void ExchangeNear(Random random)
    {
        var entering = random.Next(_core.Sites);
        if (_place[entering] >= 0 || _siteStart[entering] == _siteStart[entering + 1]) return;
        var client = _siteClient[_siteStart[entering] + random.Next(_siteStart[entering + 1] - _siteStart[entering])];
        var leaving = _nearest[client];
        if (leaving < 0) leaving = _openSites.Count == 0 ? -1 : _openSites[random.Next(_openSites.Count)];
        if (leaving >= 0 && MayReplace(leaving, entering)) Exchange(leaving, entering);
    }

    private bool MayReplace(int leaving, int entering) =>
        _core.SiteCost[entering] <= Left + _core.SiteCost[leaving]
        && (_group[leaving] == _group[entering] || _openInGroup[_group[leaving]] > _core.GroupNeed[_group[leaving]]);

    private void Exchange(int leaving, int entering)
    {
        Enter(entering);
        Leave(leaving);
    }

    /// <summary>Tries only sites near what changed since the plan was loaded, as long as something near them changes.</summary>
    /// <param name="clock">counts one step per 64 sites looked at</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ImproveNear(SearchClock clock)
    {
        for (var tried = 1; _near.Count > 0; tried++)
        {
            if ((tried & 63) == 0 && !clock.Step()) break;
            var site = _near.Dequeue();
            _isNear[site] = false;
            if (_place[site] < 0) TryEnterNear(site);
            else if (_loss[site] < _price * _core.SiteCost[site] && _openInGroup[_group[site]] > _core.GroupNeed[_group[site]]) Leave(site);
        }
        ForgetNear();
    }

    /// <summary>Sites that serve a client whose service changed are worth another look.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Touch(int client)
    {
        Work += _core.Start[client + 1] - _core.Start[client];
        for (var k = _core.Start[client]; k < _core.Start[client + 1]; k++)
        {
            var site = _core.PairSite[k];
            if (_isNear[site]) continue;
            _isNear[site] = true;
            _near.Enqueue(site);
        }
    }

    /// <summary>As <see cref="TryEnter"/>, at the price of the budget and for a site near in exchange only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TryEnterNear(int site)
    {
        var cost = _core.SiteCost[site];
        var without = _price * cost;
        Work += _siteStart[site + 1] - _siteStart[site];
        _others.Clear();
        for (var k = _siteStart[site]; k < _siteStart[site + 1]; k++)
        {
            var j = _siteClient[k];
            var served = _siteCost[k];
            if (served < _first[j]) without -= _first[j] - served;
            var other = _nearest[j];
            if (other < 0 || served >= _second[j]) continue;
            if (_change[other] == 0) _others.Add(other);
            _change[other] -= _second[j] - Math.Max(_first[j], served);
        }
        var (best, leaving) = (cost <= Left ? without : long.MaxValue, -1);
        foreach (var m in _others)
        {
            var delta = without + _loss[m] + _change[m] - _price * _core.SiteCost[m];
            if (delta < best && MayReplace(m, site)) (best, leaving) = (delta, m);
        }
        foreach (var m in _others) _change[m] = 0;
        if (best >= 0) return;
        Enter(site);
        if (leaving >= 0) Leave(leaving);
    }

    private void ForgetNear()
    {
        while (_near.TryDequeue(out var site)) _isNear[site] = false;
    }

    /// <summary>Replaces some open sites at random by others where the rules allow, to leave a local optimum.</summary>
    public void Shake(int moves, Random random)
    {
        for (var k = 0; k < moves && _openSites.Count > 0; k++)
        {
            var leaving = _openSites[random.Next(_openSites.Count)];
            var entering = random.Next(_core.Sites);
            if (_place[entering] < 0 && MayReplace(leaving, entering)) Exchange(leaving, entering);
        }
    }
}
