namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Divides all constituencies into one set per member, whatever it costs: exact cover, branching on the constituency
/// with the fewest sets left (Knuth 2000). A rest that cannot be divided by load, or was searched before, is not entered:
/// what is left to do depends on the uncovered constituencies and the number of members left alone. Finding nothing proves that no division exists.
/// </summary>
internal sealed class CoverSearch(SponsorProblem problem, IReadOnlyList<ConnectedSet> sets, Func<bool> goOn)
{
    private readonly List<int[]> _live = [];
    private readonly int[] _degree = new int[problem.Constituencies];
    private readonly List<int> _chosen = [];
    private readonly Remainders _remainders = new(problem);
    private readonly HashSet<(UInt128 Open, int Depth)> _hopeless = [];
    private bool _stopped;
    private long _left;

    /// <summary>Sets of a division, one per member; empty when none exists, none when stopped. Asked again it goes on with what it knows.</summary>
    /// <param name="nodes">most nodes</param>
    public List<int>? Find(long nodes = long.MaxValue)
    {
        (_stopped, _left) = (false, nodes);
        _chosen.Clear();
        _live.Clear();
        for (var member = 0; member < problem.Members; member++)
            for (var v = 0; v < problem.Constituencies; v++)
                if (problem.Pins[v] == member) _needed[member] |= UInt128.One << v;
        _live.Add([.. Enumerable.Range(0, sets.Count).Where(s =>
            sets[s].Owner is var owner && (owner < 0 || (sets[s].Areas & _needed[owner]) == _needed[owner]))]);
        var found = Explore(0, _live[0].Length, _remainders.All);
        return found ? _chosen : _stopped ? null : [];
    }

    private readonly UInt128[] _needed = new UInt128[problem.Members];

    private bool Explore(int depth, int count, UInt128 uncovered)
    {
        if (uncovered == 0) return depth == problem.Members && EveryPinHasItsMember();
        if (depth == problem.Members || count == 0) return false;
        if (_stopped || --_left < 0 || !goOn()) { _stopped = true; return false; }
        var live = _live[depth];
        Array.Clear(_degree);
        for (var k = 0; k < count; k++)
            for (var areas = sets[live[k]].Areas; areas != 0; areas &= areas - 1) _degree[(int)UInt128.TrailingZeroCount(areas)]++;
        var branch = -1;
        for (var open = uncovered; open != 0; open &= open - 1)
        {
            var v = (int)UInt128.TrailingZeroCount(open);
            if (_degree[v] == 0) return false;
            if (branch < 0 || _degree[v] < _degree[branch]) branch = v;
        }
        if (_live.Count == depth + 1) _live.Add(new int[_live[0].Length]);
        var next = _live[depth + 1];
        for (var k = 0; k < count; k++)
        {
            var set = sets[live[k]];
            if (((set.Areas >> branch) & 1) == 0) continue;
            var rest = uncovered & ~set.Areas;
            if (_hopeless.Contains((rest, depth)) || !_remainders.MayBeDivided(rest, problem.Members - depth - 1)) continue;
            var left = 0;
            for (var other = 0; other < count; other++)
                if ((sets[live[other]].Areas & set.Areas) == 0 && (set.Owner < 0 || sets[live[other]].Owner != set.Owner)) next[left++] = live[other];
            _chosen.Add(live[k]);
            if (Explore(depth + 1, left, rest)) return true;
            _chosen.RemoveAt(_chosen.Count - 1);
            if (_stopped) return false;
            _hopeless.Add((rest, depth));
        }
        return false;
    }

    // sets without pins may go to any member: there are as many sets as members and no two with the same owner
    private bool EveryPinHasItsMember() => _chosen.Select(s => sets[s].Owner).Where(o => o >= 0).Distinct().Count() == _chosen.Count(s => sets[s].Owner >= 0);
}
