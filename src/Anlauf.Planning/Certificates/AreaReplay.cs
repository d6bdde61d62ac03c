using Anlauf.Planning.Assignment.Sponsors;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Lists the connected sets of a problem for itself and searches all divisions into one set per member. With
/// multipliers a branch is left only when the Lagrangian bound exceeds the threshold; without, never for its cost.
/// A rest is also left when the loads of its connected parts cannot be shared out. Plain lists: what it does not find does
/// not exist.
/// </summary>
internal sealed class AreaReplay
{
    private const int MostSets = 5_000_000;

    // looks at sets and choices: the longest genuine proof known takes a third of it, all of it a minute or two
    private const long MostWork = 2_000_000_000;

    private const string TooLong = "Der Beweis ist zu lang zum Nachrechnen.";

    private sealed record Choice(int[] Areas, int Member, long Excess);

    private readonly SponsorProblem _problem;
    private readonly long _mostWork;
    private readonly List<int>[] _neighbours;
    private readonly HashSet<UInt128> _sets = [];
    private readonly HashSet<(UInt128 Covered, int Left)> _searched = [];
    private readonly bool[] _covered;
    private readonly bool[] _busy;
    private long _work, _limit;
    private bool _found;

    private AreaReplay(SponsorProblem problem, long mostWork)
    {
        (_problem, _mostWork) = (problem, mostWork);
        _covered = new bool[problem.Constituencies];
        _busy = new bool[problem.Members];
        _neighbours = [.. Enumerable.Range(0, problem.Constituencies).Select(_ => new List<int>())];
        foreach (var (a, b) in problem.Neighbours)
        {
            _neighbours[a].Add(b);
            _neighbours[b].Add(a);
        }
    }

    /// <summary>None when the proof holds, else a German sentence about what fails.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="proof">the proof</param>
    /// <param name="mostWork">most sets and choices to look at: a forged proof must end too</param>
    public static string? Fault(SponsorProblem problem, AreaProof proof, long mostWork = MostWork)
    {
        if (!problem.Connected || proof.Multipliers is null) return "Der Beweis gehört zu einer anderen Art von Aufgabe.";
        if (proof.Multipliers.Count == 0 && proof.Threshold < problem.Relaxed.CostlierThanAny) return "Ein Beweis ohne Multiplikatoren gilt nur für unlösbare Aufgaben.";
        if (proof.Multipliers.Count != 0 && proof.Multipliers.Count != problem.Constituencies) return "Es fehlen Multiplikatoren.";
        var greatest = problem.Cost.Max(c => Math.Abs((decimal)c)) * problem.Constituencies;
        if (proof.Scale is < 1 or > 1 << 20 || (greatest + Math.Abs((decimal)proof.Threshold)) * proof.Scale > 1L << 58
            || proof.Multipliers.Any(u => u is > 1L << 52 or < -(1L << 52)))
            return "Maßstab oder Multiplikatoren sind zu groß.";
        try
        {
            return new AreaReplay(problem, mostWork).Run(proof);
        }
        catch (OverflowException)
        {
            return "Maßstab oder Multiplikatoren sind zu groß.";
        }
    }

    /// <summary>None when really no division into connected sets exists, else what fails.</summary>
    public static string? NoDivisionFault(SponsorProblem problem) => new AreaReplay(problem, MostWork).Run(new(long.MaxValue, 1, []));

    private bool IsTooLong => _work > _mostWork;

    private string? Run(AreaProof proof)
    {
        for (var v = 0; v < _problem.Constituencies; v++) Grow(v);
        if (_sets.Count > MostSets || IsTooLong) return "Es gibt zu viele zusammenhängende Gebiete zum Nachrechnen.";
        _sets.RemoveWhere(set => !RestCanBeShared(v => ((set >> v) & 1) == 1, _problem.Members - 1));
        var (choices, bound) = Choices(proof);
        if (IsTooLong) return TooLong;
        if (choices is null) return null; // some member can have no set: no plan at all
        _limit = proof.Multipliers.Count == 0 ? long.MaxValue : proof.Threshold * proof.Scale;
        if (bound > _limit) return null;
        Search(choices, bound, proof.Multipliers.Count == 0 ? _problem.Members : 0);
        return _found ? "Es gibt einen besseren Plan, als der Beweis erlaubt."
            : IsTooLong ? TooLong : null;
    }

    // all connected sets up to the greatest load whose least constituency is v: breadth first, known ones kept in a set
    private void Grow(int start)
    {
        if (_problem.Population[start] > _problem.MaxLoad) return;
        var seen = new HashSet<UInt128> { UInt128.One << start };
        var queue = new Queue<(UInt128 Set, long Load)>([(UInt128.One << start, _problem.Population[start])]);
        while (queue.TryDequeue(out var item) && _sets.Count <= MostSets && !IsTooLong)
        {
            _work += _problem.Constituencies;
            if (item.Load >= _problem.MinLoad) _sets.Add(item.Set);
            for (var v = start; v < _problem.Constituencies; v++)
            {
                if (((item.Set >> v) & 1) == 0) continue;
                foreach (var w in _neighbours[v])
                {
                    var larger = item.Set | (UInt128.One << w);
                    var load = item.Load + _problem.Population[w];
                    if (w > start && larger != item.Set && load <= _problem.MaxLoad && seen.Add(larger)) queue.Enqueue((larger, load));
                }
            }
        }
    }

    // every allowed (set, member) with its excess over the member's cheapest; without multipliers one choice per set,
    // because members are then exchangeable but for their pins
    private (List<Choice>? Choices, long Bound) Choices(AreaProof proof)
    {
        var n = _problem.Constituencies;
        var priced = proof.Multipliers.Count > 0;
        var choices = new List<Choice>();
        var least = Enumerable.Repeat(long.MaxValue, _problem.Members).ToArray();
        foreach (var set in _sets)
        {
            _work += n * (priced ? _problem.Members : 1);
            if (IsTooLong) break;
            var areas = Enumerable.Range(0, n).Where(v => ((set >> v) & 1) == 1).ToArray();
            var owners = areas.Select(v => _problem.Pins[v]).Where(pin => pin >= 0).Distinct().ToArray();
            if (owners.Length > 1) continue;
            if (!priced)
            {
                if (owners.Length == 0 || HoldsAllPins(owners[0], set)) choices.Add(new(areas, owners.Length == 0 ? -1 : owners[0], 0));
                continue;
            }
            for (var m = 0; m < _problem.Members; m++)
            {
                if ((owners.Length == 1 && owners[0] != m) || !HoldsAllPins(m, set)) continue;
                var price = areas.Sum(v => (_problem.Cost[(m * n) + v] * proof.Scale) - proof.Multipliers[v]);
                least[m] = Math.Min(least[m], price);
                choices.Add(new(areas, m, price));
            }
        }
        if (!priced) return (choices, 0);
        if (least.Contains(long.MaxValue)) return (null, 0);
        return ([.. choices.Select(c => c with { Excess = c.Excess - least[c.Member] }).OrderBy(c => c.Excess)], checked(proof.Multipliers.Sum() + least.Sum()));
    }

    private bool HoldsAllPins(int member, UInt128 set) =>
        Enumerable.Range(0, _problem.Constituencies).All(v => _problem.Pins[v] != member || ((set >> v) & 1) == 1);

    // anonymous: number of sets still to choose when members are exchangeable, 0 when every choice names its member
    private void Search(List<Choice> open, long bound, int anonymous)
    {
        _work += open.Count + 1;
        if (_found || IsTooLong) return;
        var done = !_covered.Contains(false);
        var membersLeft = _limit == long.MaxValue ? anonymous : _busy.Count(busy => !busy);
        if (membersLeft == 0 || done) { _found = membersLeft == 0 && done; return; }
        // without costs only what is covered and how many are left matter: search that once
        if (_limit == long.MaxValue && (!_searched.Add((Covered(), membersLeft)) || !RestCanBeShared(v => _covered[v], membersLeft))) return;
        if (_limit < long.MaxValue && !Prune(ref open, bound, membersLeft)) return;
        var counts = new int[_problem.Constituencies];
        foreach (var choice in open)
            foreach (var v in choice.Areas) counts[v]++;
        var branch = Enumerable.Range(0, counts.Length).Where(v => !_covered[v]).MinBy(v => counts[v]);
        foreach (var choice in open.Where(c => Array.IndexOf(c.Areas, branch) >= 0))
        {
            foreach (var v in choice.Areas) _covered[v] = true;
            if (choice.Member >= 0) _busy[choice.Member] = true;
            _work += open.Count;
            Search([.. open.Where(c => (c.Member < 0 || !_busy[c.Member]) && !Array.Exists(c.Areas, v => _covered[v]))], bound + choice.Excess, anonymous - 1);
            foreach (var v in choice.Areas) _covered[v] = false;
            if (choice.Member >= 0) _busy[choice.Member] = false;
        }
    }

    private UInt128 Covered()
    {
        UInt128 covered = 0;
        for (var v = 0; v < _covered.Length; v++)
            if (_covered[v]) covered |= UInt128.One << v;
        return covered;
    }

    // every connected part of the rest needs a whole number of members within the window
    private bool RestCanBeShared(Func<int, bool> taken, int members)
    {
        var seen = Enumerable.Range(0, _problem.Constituencies).Select(taken).ToArray();
        long least = 0, most = 0;
        for (var start = 0; start < seen.Length; start++)
        {
            if (seen[start]) continue;
            seen[start] = true;
            var part = new List<int> { start };
            for (var k = 0; k < part.Count; k++)
                foreach (var w in _neighbours[part[k]])
                    if (!seen[w])
                    {
                        seen[w] = true;
                        part.Add(w);
                    }
            var load = part.Sum(v => _problem.Population[v]);
            var counts = Enumerable.Range(1, part.Count).Where(k => (Int128)k * _problem.MinLoad <= load && load <= (Int128)k * _problem.MaxLoad).ToArray();
            if (counts.Length == 0) return false;
            least += counts[0];
            most += counts[^1];
        }
        return least <= members && members <= most;
    }

    // each member still to come pays at least its least excess
    private bool Prune(ref List<Choice> open, long bound, int membersLeft)
    {
        for (var before = -1; before != open.Count;)
        {
            before = open.Count;
            _work += open.Count;
            var least = new Dictionary<int, long>();
            foreach (var choice in open)
                if (!least.TryGetValue(choice.Member, out var known) || choice.Excess < known) least[choice.Member] = choice.Excess;
            var sum = least.Values.Sum();
            if (least.Count < membersLeft || bound + sum > _limit) return false;
            open = [.. open.Where(c => bound + sum - least[c.Member] + c.Excess <= _limit)];
        }
        return true;
    }
}
