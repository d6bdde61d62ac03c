namespace Anlauf.Planning.Location;

/// <summary>The best plan so far and the ways to find better ones during the search.</summary>
internal sealed class Incumbent
{
    private const int EveryNode = 24;
    private readonly LocationCore _root;
    private readonly SwapSearch _swaps;
    private readonly SearchClock _clock;
    private readonly Dictionary<int, int> _rootSite = [];
    private readonly BestPlan _best;
    private readonly ulong _seed;
    private readonly List<int> _path = [];
    private readonly HashSet<long> _seen = [];
    private readonly Random _random;
    private int _calls;

    public Incumbent(LocationCore root, ulong seed, SearchClock clock, Action<long> improved)
    {
        _random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        (_root, _clock, _seed, _best) = (root, clock, seed, new BestPlan(improved));
        _swaps = new SwapSearch(root);
        for (var i = 0; i < root.Sites; i++) _rootSite[root.SiteIds[i]] = i;
    }

    private Incumbent(Incumbent other, ulong number, SearchClock clock)
    {
        _seed = other._seed + number;
        _random = new Random(unchecked((int)(_seed ^ (_seed >> 32))));
        (_root, _clock, _best, _rootSite, Guess, RestartBelow) = (other._root, clock, other._best, other._rootSite, other.Guess, other.RestartBelow);
        _swaps = new SwapSearch(other._swaps);
        _path.AddRange(other._path);
        _calls = 1;
    }

    /// <summary>For another thread: ways of its own to find plans, the best one is everybody's.</summary>
    /// <param name="number">of the thread</param>
    /// <param name="clock">limits of the thread</param>
    public Incumbent Fork(int number, SearchClock clock) => new(this, (ulong)number, clock);

    /// <summary>Scaled value of the best plan.</summary>
    public long Value => _best.Value;

    /// <summary>Sites of the best plan, as numbers of the problem, without those decided before the search.</summary>
    public int[] Plan => _best.Sites;

    /// <summary>True where kicks stay in one place (<see cref="SwapSearch.IsLocal"/>).</summary>
    public bool KicksStayNear => _swaps.IsLocal;

    /// <summary>Marks the sites of a core that are open in the best plan.</summary>
    public void MarkOpen(LocationCore core, bool[] opened)
    {
        var plan = new HashSet<int>(Plan);
        for (var i = 0; i < core.Sites; i++) opened[i] = plan.Contains(core.SiteIds[i]);
    }

    /// <summary>Only plans below this scaled value are looked for at present.</summary>
    public long Guess { get; set; } = long.MaxValue;

    /// <summary>A search begins anew where the cut-off falls below this: with so much less room far more can be decided at its root.</summary>
    public long RestartBelow { get; set; } = long.MinValue;

    /// <summary>Whether the present search was broken off for that.</summary>
    public bool IsBrokenOff { get; set; }

    /// <summary>A bound this high proves that nothing better exists: values are whole units.</summary>
    public long CutOff => Math.Min(Guess, Value is var value && value == long.MaxValue ? long.MaxValue >> 2 : value - _root.Scale + 1);

    /// <summary>Sites opened on the way to the current node, as sites of the root core.</summary>
    public int[] Path
    {
        get => [.. _path];
        set
        {
            _path.Clear();
            _path.AddRange(value);
        }
    }

    /// <summary>Remembers the sites opened on the way to the current node.</summary>
    public void Decide(LocationCore core, Decision[] decisions)
    {
        for (var i = 0; i < decisions.Length; i++)
            if (decisions[i] == Decision.Open) _path.Add(_rootSite[core.SiteIds[i]]);
    }

    /// <summary>Forgets them again.</summary>
    public void Undo(LocationCore core, Decision[] decisions)
    {
        for (var i = 0; i < decisions.Length; i++)
            if (decisions[i] == Decision.Open) _path.RemoveAt(_path.Count - 1);
    }

    /// <summary>A core without clients is a plan: its needs are met in the cheapest way.</summary>
    public void Complete(LocationCore core)
    {
        if (core.Offset >= Value || Implications.LeastCost(core, out _) > core.Budget) return;
        var sites = new List<int>(_path);
        for (var g = 0; g < core.GroupNeed.Length; g++)
            sites.AddRange(Enumerable.Range(core.GroupStart[g], core.GroupStart[g + 1] - core.GroupStart[g])
                .OrderBy(i => core.SiteCost[i]).Take(core.GroupNeed[g]).Select(i => _rootSite[core.SiteIds[i]]));
        Take(core.Offset, sites);
    }

    /// <summary>Makes a plan out of the relaxed one and improves it; rarely below the root, where it seldom pays.</summary>
    public void TryRelaxed(LocationCore core, DualSearch search, int depth)
    {
        if (depth > 0 && !IsTurn()) return;
        Try(Preferred(core, search.Relaxation, search.Average), 0);
    }

    /// <summary>Sites in the order the relaxation prefers them, as sites of the root core.</summary>
    public IEnumerable<int> Preferred(LocationCore core, Relaxation relaxation, double[] average) =>
        _path.Concat(Enumerable.Range(0, core.Sites)
            .OrderByDescending(i => average[i]).ThenByDescending(i => relaxation.Worth[i])
            .Select(i => _rootSite[core.SiteIds[i]])).ToList();

    /// <summary>Makes a plan out of sites of the problem, as far as they may open, and improves it.</summary>
    public void TryPlan(IEnumerable<int> sites) => Try([.. sites.Where(_rootSite.ContainsKey).Select(site => _rootSite[site])], 0);

    /// <summary>True at every so many nodes: then a plan is made of the relaxed one, which seldom pays below the root.</summary>
    public bool IsTurn() => _calls++ % EveryNode == 0;

    /// <summary>Makes a plan of sites partly open and improves it.</summary>
    public void TryOpen(LocationCore core, double[] open) =>
        Try(_path.Concat(Enumerable.Range(0, core.Sites).OrderByDescending(i => open[i]).Select(i => _rootSite[core.SiteIds[i]])).ToList(), 0);

    /// <summary>Multipliers that fit the plan looked at last.</summary>
    public long[] Multipliers() => _swaps.Multipliers();

    /// <summary>Loads a wish, improves it by swaps and keeps it if it is the best.</summary>
    public void Try(IEnumerable<int> preferred, int from)
    {
        _swaps.Load(preferred);
        if (!_seen.Add(Key())) return;
        _swaps.Improve(from, _clock);
        KeepIfBetter();
    }

    /// <summary>
    /// Iterated local search from the best plan: leave it a little, improve by swaps, go back unless better.
    /// Ends when the bound is met or many tries in a row brought nothing.
    /// </summary>
    /// <param name="bound">scaled bound of the whole problem</param>
    /// <param name="price">scaled price of a unit of the budget</param>
    /// <param name="kicks">most rounds in a row without success</param>
    /// <param name="work">most pairs of client and site to look at</param>
    public void Polish(long bound, long price, int kicks, long work = long.MaxValue)
    {
        var end = work == long.MaxValue ? work : _swaps.Work + work;
        _swaps.Take(Plan.Select(site => _rootSite[site]));
        var atOnce = Math.Clamp(_root.Sites / 8, 16, 1000);
        for (var idle = 0; bound < CutOff && idle < kicks && _swaps.Work < end && !_clock.Exhausted; idle++)
        {
            if (_swaps.IsLocal)
            {
                for (var k = 0; k < atOnce && _swaps.Work < end && !_clock.Exhausted; k++) _swaps.TryKick(price, _random, _clock);
                // what is left of the budget may still buy something
                _swaps.Improve(0, _clock);
            }
            else
            {
                _swaps.Take(Plan.Select(site => _rootSite[site]));
                _swaps.Shake(2 + _random.Next(3), _random);
                _swaps.Improve(_random.Next(Math.Max(1, _root.Sites)), _clock);
            }
            if (KeepIfBetter()) idle = 0;
        }
    }

    private bool KeepIfBetter()
    {
        if (_swaps.Value >= Value) return false;
        Take(_swaps.Value, _swaps.Open);
        return true;
    }

    private void Take(long value, IReadOnlyList<int> rootSites) => _best.Take(value, rootSites, _root.SiteIds);

    private long Key()
    {
        long key = 17;
        foreach (var site in _swaps.Open.Order()) key = key * 1_000_003 + site;
        return key;
    }
}
