using Anlauf.Planning.Location;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Which sites are decided at a point of the proof, and the Lagrangian bound there, straight from its definition:
/// Σ u − λ × budget left − best choice of sites worth Σ_j max(0, u_j − cost) − λ × site cost. Any multipliers and any λ ≥ 0 are valid.
/// </summary>
internal sealed class LocationBound : CaseBound
{
    private readonly LocationProblem _problem;
    private readonly sbyte[] _state;
    private readonly List<(int Site, long Distance)>[]? _near;

    private LocationBound(LocationProblem problem)
    {
        _problem = problem;
        _state = new sbyte[problem.Sites.Count];
        for (var i = 0; i < _state.Length; i++)
            _state[i] = problem.Sites[i].Rule switch { SiteRule.KeepOpen => 1, SiteRule.Forbidden => -1, _ => 0 };
        if (problem.Goal == LocationGoal.LeastTravel) return;
        _near = new List<(int, long)>[problem.Weights.Count];
        for (var j = 0; j < _near.Length; j++)
        {
            var list = _near[j] = [];
            problem.Travel.Near(j, problem.Reach, (site, _) => list.Add((site, 0)));
        }
    }

    /// <summary>Everything free but what the problem decides itself.</summary>
    public static LocationBound Start(LocationProblem problem) => new(problem);

    /// <inheritdoc/>
    protected override sbyte[] State => _state;

    /// <inheritdoc/>
    public override int Multipliers => _problem.Weights.Count;

    /// <summary>True when group needs and budget leave no plan.</summary>
    public override bool IsImpossible() => CheapestCost() is var cost && (cost > _problem.Budget || (IsLimited && IsOffLimits(cost)));

    /// <inheritdoc/>
    public override bool MayLimit => true;

    /// <summary>True when the needs alone take too many sites, or when enough of them cost too much.</summary>
    private bool IsOffLimits(Int128 cost)
    {
        var (count, others) = (_state.Count(state => state > 0), new List<long>());
        for (var g = 0; g < _problem.Groups.Count; g++)
        {
            var (need, free) = Group(g);
            count += need;
            others.AddRange(free.Skip(need));
        }
        for (var i = 0; i < _state.Length; i++)
            if (_state[i] == 0 && _problem.Sites[i].Group < 0) others.Add(_problem.Sites[i].Cost);
        if (count > MostOpen) return true;
        var missing = Math.Max(0, FewestOpen - count);
        if (missing > others.Count) return true;
        others.Sort();
        foreach (var other in others.Take(missing)) cost += other;
        return cost > _problem.Budget;
    }

    /// <summary>Cost of the cheapest plan that meets all needs, or more than any budget.</summary>
    public Int128 CheapestCost()
    {
        Int128 cost = OpenCost();
        for (var g = 0; g < _problem.Groups.Count; g++)
        {
            var (need, free) = Group(g);
            if (free.Count < need) return Int128.MaxValue;
            for (var k = 0; k < need; k++) cost += free[k];
        }
        return cost;
    }

    /// <summary>The bound, scaled.</summary>
    public override Int128 Value(long[] multipliers, long price, long scale) =>
        Choose(multipliers, price, scale, out var sum) is { } choice ? sum - choice.Taken : Int128.MaxValue;

    /// <inheritdoc/>
    public override string? DecisionFault(long[] multipliers, long price, long scale, Func<int, Int128> target, List<int> opened, List<int> closed)
    {
        var byRule = opened.All(OpenByRule) && ClosedByRule(closed);
        if (byRule || Choose(multipliers, price, scale, out var sum) is not { } choice) return null;
        return choice.Fault(sum - choice.Taken, target, opened, closed);
    }

    /// <inheritdoc/>
    public override CoverParts? Parts(List<List<int>> lists, long[] multipliers, long price, long scale) =>
        _near is null || price < 0 || IsLimited || _due.Count > 0 ? null : LocationParts.Make(_problem, _state, _near, lists, multipliers, Worth(multipliers, scale), price, scale);

    /// <inheritdoc/>
    public override Int128? WhenLeft(int client, long[] multipliers, long price, long scale)
    {
        if (_near is null || IsDue(client) || _near[client].Exists(pair => _state[pair.Site] > 0)) return null;
        // all its free sites are closed then; who has no others is left as well and costs its weight instead of its multiplier
        var free = _near[client].FindAll(pair => _state[pair.Site] == 0).ConvertAll(pair => pair.Site).ToHashSet();
        Int128 rise = 0;
        var net = Net(multipliers, price, scale);
        foreach (var site in free) rise += Int128.Max(0, net[site]);
        foreach (var other in free.SelectMany(Reached).Append(client).Distinct())
            if (_near[other].TrueForAll(pair => _state[pair.Site] < 0 || free.Contains(pair.Site)))
                rise += (IsDue(other) ? Int128.MaxValue >> 20 : (Int128)_problem.Weights[other] * scale) - multipliers[other];
        return rise;
    }

    /// <inheritdoc/>
    public override void SetDue(int client, bool isDue)
    {
        if (isDue) _due.Add(client);
        else _due.Remove(client);
    }

    /// <summary>
    /// A client is implied where one that must be served has no free site but those near the client; of equal ones that
    /// must be served the first implies the others. So every implied one has a reason that is not implied itself.
    /// </summary>
    public override void NoteImplied()
    {
        _implied.Clear();
        if (_due.Count == 0) return;
        var free = new Dictionary<int, HashSet<int>>();
        HashSet<int> Free(int client) => free.TryGetValue(client, out var known) ? known
            : free[client] = [.. _near![client].FindAll(pair => _state[pair.Site] == 0).ConvertAll(pair => pair.Site)];
        foreach (var reason in _due)
        {
            if (Free(reason).Count == 0 || _near![reason].Exists(pair => _state[pair.Site] > 0)) continue;
            foreach (var client in Reached(Free(reason).MinBy(site => Reached(site).Count)))
                if (client != reason && Free(client).Count is var count && (count > Free(reason).Count || (count == Free(reason).Count && (client > reason || !IsDue(client)))) && Free(reason).IsSubsetOf(Free(client)))
                    _implied.Add(client);
        }
    }

    private readonly HashSet<int> _due = [], _implied = [];

    private bool IsDue(int client) => _due.Contains(client);

    /// <summary>
    /// Covering: others of no greater cost cover all that the site would, as many of its group as the group still needs.
    /// With one of them in its place a plan is no worse; where they are all open already, it is no worse without the site.
    /// </summary>
    public override bool IsDominated(int site)
    {
        // a plan may need the site for the number of open ones
        if (_near is null || FewestOpen > _state.Count(state => state > 0)) return false;
        var group = _problem.Sites[site].Group;
        var need = group < 0 ? 0 : Group(group).Need;
        var missing = Math.Max(1, need);
        var covered = Uncovered(site);
        if (covered.Count == 0 && need == 0) return true;
        for (var other = 0; other < _state.Length && missing > 0; other++)
            if (other != site && _state[other] == 0 && _problem.Sites[other].Cost <= _problem.Sites[site].Cost
                && (need == 0 || _problem.Sites[other].Group == group)
                && covered.TrueForAll(client => _near[client].Exists(pair => pair.Site == other))) missing--;
        return missing == 0;
    }

    /// <summary>Clients with weight, or that must be covered, that the site covers and no open site does; those implied left out.</summary>
    private List<int> Uncovered(int site) =>
        Reached(site).FindAll(j => !_implied.Contains(j) && (_problem.Weights[j] > 0 || IsDue(j)) && !_near![j].Exists(pair => _state[pair.Site] > 0));

    /// <summary>Clients within reach of a site.</summary>
    private List<int> Reached(int site)
    {
        if (_reached is null)
        {
            _reached = [.. Enumerable.Range(0, _state.Length).Select(_ => new List<int>())];
            for (var j = 0; j < _near!.Length; j++)
                foreach (var (near, _) in _near[j]) _reached[near].Add(j);
        }
        return _reached[site];
    }

    private List<int>[]? _reached;

    private bool OpenByRule(int site)
    {
        var group = _problem.Sites[site].Group;
        if (group < 0) return false;
        var (need, free) = Group(group);
        return need == free.Count;
    }

    private bool ClosedByRule(List<int> closed)
    {
        if (closed.Count == 0) return true;
        var cheapest = CheapestCost();
        var dearest = new long[_problem.Groups.Count];
        for (var g = 0; g < dearest.Length; g++)
        {
            var (need, free) = Group(g);
            dearest[g] = need > 0 ? free[need - 1] : 0;
        }
        return closed.All(site =>
        {
            var displaced = _problem.Sites[site].Group is var g and >= 0 ? dearest[g] : 0;
            return cheapest + Math.Max(0, _problem.Sites[site].Cost - displaced) > _problem.Budget;
        });
    }

    /// <summary>What the group still needs and the costs of its free sites, ascending.</summary>
    private (int Need, List<long> Free) Group(int group)
    {
        var need = _problem.Groups[group].LeastOpen;
        var free = new List<long>();
        foreach (var site in Members(group))
        {
            if (_state[site] > 0) need--;
            if (_state[site] == 0) free.Add(_problem.Sites[site].Cost);
        }
        free.Sort();
        return (Math.Max(0, need), free);
    }

    private List<int>[]? _members;

    private List<int> Members(int group)
    {
        if (_members is null)
        {
            _members = [.. Enumerable.Range(0, _problem.Groups.Count).Select(_ => new List<int>())];
            for (var i = 0; i < _state.Length; i++)
                if (_problem.Sites[i].Group is var g and >= 0) _members[g].Add(i);
        }
        return _members[group];
    }

    private Int128 OpenCost()
    {
        Int128 cost = 0;
        for (var i = 0; i < _state.Length; i++)
            if (_state[i] > 0) cost += _problem.Sites[i].Cost;
        return cost;
    }

    // sum: what the multipliers and the budget give before any site takes its net worth, worth − λ × cost
    private SiteChoice? Choose(long[] multipliers, long price, long scale, out Int128 sum)
    {
        var net = Net(multipliers, price, scale);
        sum = -(Int128)price * _problem.Budget;
        if (PerSite != 0) sum -= (Int128)PerSite * (PerSite > 0 ? MostOpen : FewestOpen);
        foreach (var u in multipliers) sum += u;
        return SiteChoice.Make(net, _state, _needs ??= [.. Enumerable.Range(0, _problem.Groups.Count).Select(g => (Members(g), _problem.Groups[g].LeastOpen))], site => _problem.Sites[site].Group);
    }

    private Int128[] Net(long[] multipliers, long price, long scale)
    {
        if (price < 0 || (PerSite > 0 && MostOpen == int.MaxValue)) throw new InvalidDataException();
        var net = Worth(multipliers, scale);
        for (var i = 0; i < net.Length; i++) net[i] -= (Int128)price * _problem.Sites[i].Cost + PerSite;
        return net;
    }

    private List<(List<int> Sites, int Least)>? _needs;

    private Int128[] Worth(long[] multipliers, long scale)
    {
        var worth = new Int128[_state.Length];
        for (var j = 0; j < multipliers.Length; j++)
        {
            var u = multipliers[j];
            if (u <= 0) continue;
            if (_near is not null)
            {
                // uncovered weight is what costs; serving costs nothing, so more than the weight is never due
                if (u > (Int128)_problem.Weights[j] * scale && !IsDue(j)) throw new InvalidDataException();
                foreach (var (site, _) in _near[j]) worth[site] += u;
                continue;
            }
            var weight = (Int128)_problem.Weights[j] * scale;
            var limit = weight == 0 ? int.MaxValue : (int)Int128.Min(int.MaxValue - 1, u / weight);
            _problem.Travel.Near(j, limit, (site, distance) =>
            {
                var saving = u - weight * distance;
                if (saving > 0 && _state[site] >= 0) worth[site] += saving;
            });
        }
        return worth;
    }
}
