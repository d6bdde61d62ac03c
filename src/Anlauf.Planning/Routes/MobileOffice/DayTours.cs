namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>
/// Lists day tours by extending partial tours town by town, with dominance: of two orders of the same set ending in the same
/// town the one that is earlier and has driven less suffices. Exact unless <see cref="Complete"/> is false.
/// </summary>
internal sealed class DayTours
{
    private const int MostStops = 8;

    private readonly MobileOfficeProblem _problem;
    private readonly MobileBus _bus;
    private readonly int[] _ends;
    private readonly int[] _candidates;
    private readonly (int Open, int Close)[][] _windows;
    private readonly Dictionary<(UInt128 Set, int Last), (int Time, int Driven)> _labels = [];
    private readonly HashSet<UInt128>[] _sets;
    private readonly bool[] _used;
    private readonly int[] _set = new int[MostStops];
    private readonly int[][] _wayToEnd;
    private readonly int _breadth;
    private int _budget;

    private DayTours(MobileOfficeProblem problem, MobileBus bus, int week, int weekday, int start, int[] ends, int budget, int breadth)
    {
        (_problem, _bus, _ends, _budget, _breadth) = (problem, bus, ends, budget, breadth);
        _windows = [.. problem.Towns.Select(town => Windows(town, week, weekday))];
        _candidates = [.. Enumerable.Range(0, problem.Towns.Count).Where(town => _windows[town].Length > 0)];
        _sets = [.. ends.Select(end => CanStandStill(problem, bus, start, end) ? new HashSet<UInt128> { 0 } : [])];
        _wayToEnd = [.. ends.Select(ShortestWays)];
        _used = new bool[problem.Towns.Count];
    }

    /// <summary>False when the listing was cut off: tours are missing and no bound follows from the list.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>Maximal tours from one start to each end; none where an end is out of reach.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="bus">the bus</param>
    /// <param name="week">week from 0</param>
    /// <param name="weekday">0 = Monday</param>
    /// <param name="start">row of the travel table</param>
    /// <param name="ends">rows of the travel table</param>
    /// <param name="budget">most partial tours; beyond it only near towns are tried and the lists carry a relaxation</param>
    public static TourList?[] List(MobileOfficeProblem problem, MobileBus bus, int week, int weekday, int start, int[] ends, int budget)
    {
        var listing = new DayTours(problem, bus, week, weekday, start, ends, budget, int.MaxValue);
        listing.Extend(start, bus.ShiftStart, 0, 0);
        var complete = listing.Complete;
        for (var breadth = 12; !listing.Complete && breadth > 0; breadth /= 2)
        {
            listing = new DayTours(problem, bus, week, weekday, start, ends, budget, breadth);
            listing.Extend(start, bus.ShiftStart, 0, 0);
            if (listing._budget > 0) break;
        }
        return [.. ends.Select((end, e) => listing._sets[e].Count == 0 ? null : listing.Maximal(listing._sets[e], complete ? null : listing.Knapsack(start, end)))];
    }

    /// <summary>Opening times of a town on a day, earliest first.</summary>
    public static (int Open, int Close)[] Windows(MarketTown town, int week, int weekday) =>
        [.. town.Windows.Where(w => w.IsHeld(week, weekday)).OrderBy(w => w.Open).ThenBy(w => w.Close).Select(w => (w.Open, w.Close))];

    private void Extend(int place, int time, int driven, int count)
    {
        foreach (var town in Nearest(place, time))
        {
            if (_used[town]) continue;
            var there = _problem.Towns[town].Place;
            var leg = _problem.Travel[place][there];
            if (driven > _bus.MaxDriving - leg) continue;
            var end = EndOfVisit(town, time + leg);
            if (end < 0 || !SomeEnd(town, end, driven + leg)) continue;
            if (count == MostStops || _budget == 0)
            {
                Complete = false;
                return;
            }
            var at = Insert(town, count);
            var key = Key(count + 1);
            if (!_labels.TryGetValue((key, town), out var label) || label.Time > end || label.Driven > driven + leg)
            {
                if (label == default || (end <= label.Time && driven + leg <= label.Driven)) _labels[(key, town)] = (end, driven + leg);
                _budget--;
                for (var e = 0; e < _ends.Length; e++)
                    if (Reaches(there, end, driven + leg, _ends[e])) _sets[e].Add(key);
                _used[town] = true;
                Extend(there, end, driven + leg, count + 1);
                _used[town] = false;
            }
            Remove(at, count + 1);
        }
    }

    private int EndOfVisit(int town, int arrival)
    {
        var visit = _problem.Towns[town].VisitMinutes;
        foreach (var (open, close) in _windows[town])
            if (Math.Max(arrival, open) + visit <= close) return Math.Max(arrival, open) + visit;
        return -1;
    }

    private bool SomeEnd(int town, int time, int driven)
    {
        foreach (var ways in _wayToEnd)
            if (time + ways[town] <= _bus.ShiftEnd && driven <= _bus.MaxDriving - ways[town]) return true;
        return false;
    }

    // travel times need not keep the triangle inequality: the way over other towns of the day counts (Dijkstra without heap)
    private int[] ShortestWays(int end)
    {
        var ways = new int[_problem.Towns.Count];
        foreach (var town in _candidates) ways[town] = _problem.Travel[_problem.Towns[town].Place][end];
        var open = _candidates.ToList();
        while (open.Count > 0)
        {
            var next = open.MinBy(town => ways[town]);
            open.Remove(next);
            foreach (var town in open)
                ways[town] = Math.Min(ways[town], ways[next] + _problem.Travel[_problem.Towns[town].Place][_problem.Towns[next].Place]);
        }
        return ways;
    }

    private static bool CanStandStill(MobileOfficeProblem problem, MobileBus bus, int start, int end) =>
        start == end || (bus.ShiftStart + problem.Travel[start][end] <= bus.ShiftEnd && problem.Travel[start][end] <= bus.MaxDriving);

    private int[] Nearest(int place, int time) => _breadth == int.MaxValue ? _candidates
        : [.. _candidates.Where(town => !_used[town]).Select(town => (town, end: EndOfVisit(town, time + _problem.Travel[place][_problem.Towns[town].Place])))
            .Where(t => t.end >= 0).OrderBy(t => t.end).ThenBy(t => t.town).Take(_breadth).Select(t => t.town)];

    private DayKnapsack Knapsack(int start, int end)
    {
        int Way(int place) => Math.Min(_problem.Travel[start][place], _candidates.Min(t => _problem.Towns[t].Place == place ? int.MaxValue : _problem.Travel[_problem.Towns[t].Place][place]));
        var minutes = _candidates.Select(t => _problem.Towns[t].VisitMinutes + (SharesPlace(t) ? 0 : Way(_problem.Towns[t].Place))).ToArray();
        var home = _candidates.Min(t => _problem.Travel[_problem.Towns[t].Place][end]);
        return new(_candidates, minutes, _bus.ShiftEnd - _bus.ShiftStart - Math.Min(home, _problem.Travel[start][end]));
    }

    private bool SharesPlace(int town) => _candidates.Any(other => other != town && _problem.Towns[other].Place == _problem.Towns[town].Place);

    private bool Reaches(int place, int time, int driven, int end)
    {
        var leg = _problem.Travel[place][end];
        return time + leg <= _bus.ShiftEnd && driven <= _bus.MaxDriving - leg;
    }

    private int Insert(int town, int count)
    {
        var at = count;
        while (at > 0 && _set[at - 1] > town)
        {
            _set[at] = _set[at - 1];
            at--;
        }
        _set[at] = town;
        return at;
    }

    private void Remove(int at, int count)
    {
        for (var i = at; i < count - 1; i++) _set[i] = _set[i + 1];
    }

    private UInt128 Key(int count)
    {
        UInt128 key = 0;
        for (var i = 0; i < count; i++) key = (key << 16) | (uint)(_set[i] + 1);
        return key;
    }

    private TourList Maximal(HashSet<UInt128> sets, DayKnapsack? relaxation)
    {
        var dominated = new HashSet<UInt128>();
        foreach (var set in sets)
        {
            for (var shift = 0; shift < 128 && (set >> shift) != 0; shift += 16)
            {
                var low = set & ((UInt128.One << shift) - 1);
                dominated.Add((shift == 112 ? 0 : set >> (shift + 16) << shift) | low);
            }
        }
        var offsets = new List<int> { 0 };
        var towns = new List<int>();
        foreach (var set in sets.Where(s => !dominated.Contains(s)).Order())
        {
            for (var rest = set; rest != 0; rest >>= 16) towns.Add((int)(ushort)rest - 1);
            offsets.Add(towns.Count);
        }
        return new([.. offsets], [.. towns], relaxation);
    }
}
