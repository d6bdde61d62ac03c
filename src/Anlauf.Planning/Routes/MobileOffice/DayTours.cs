namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>
/// Lists day tours by extending partial tours town by town, with dominance: of two orders of the same set ending in the same
/// town the one that is earlier and has driven less suffices. Exact unless <see cref="Complete"/> is false.
/// </summary>
internal sealed class DayTours
{
    private const int MostStops = 8, Asked = 1024; // the clock is asked every so many partial tours

    // with too many tours for a list: so many nearest towns after each, as many as there is room for
    private static readonly int[] Breadths = [1, 2, 3, 6, 12];

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
    private Func<bool> _over = () => false;

    private DayTours(MobileOfficeProblem problem, MobileBus bus, DayMarkets day, int start, int[] ends, int budget, int breadth)
    {
        (_problem, _bus, _ends, _budget, _breadth) = (problem, bus, ends, budget, breadth);
        (_windows, _candidates) = (day.Windows, day.Candidates);
        _sets = [.. ends.Select(end => CanStandStill(problem, bus, start, end) ? new HashSet<UInt128> { 0 } : [])];
        _wayToEnd = [.. ends.Select(day.WaysTo)];
        _used = new bool[problem.Towns.Count];
    }

    /// <summary>False when the listing was cut off: tours are missing and no bound follows from the list.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>Maximal tours from one start to each end; none where an end is out of reach.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="bus">the bus</param>
    /// <param name="day">markets of the day</param>
    /// <param name="start">row of the travel table</param>
    /// <param name="ends">rows of the travel table</param>
    /// <param name="budget">most partial tours; beyond it only near towns are tried and the lists carry a relaxation</param>
    public static TourList?[] List(MobileOfficeProblem problem, MobileBus bus, DayMarkets day, int start, int[] ends, ListingBudget budget)
    {
        DayTours Try(int breadth, Func<bool> late)
        {
            var most = budget.Next;
            var tried = new DayTours(problem, bus, day, start, ends, most, breadth) { _over = () => most > Asked && late() };
            tried.Extend(start, bus.ShiftStart, 0, 0);
            budget.Use(most - tried._budget);
            return tried;
        }
        budget.Begin();
        var listing = Try(int.MaxValue, () => budget.Half);
        var complete = listing.Complete;
        for (var b = 0; !complete && b < Breadths.Length; b++)
        {
            var wider = Try(Breadths[b], () => budget.Over);
            if (b == 0 || wider._budget > 0) listing = wider;
            if (wider._budget == 0) break;
        }
        return [.. ends.Select((end, e) => listing._sets[e].Count == 0 ? null : listing.Maximal(listing._sets[e], complete ? null : day.Knapsack(bus, start, end)))];
    }

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
                if (--_budget % Asked == 0 && _over()) _budget = 0;
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

    private static bool CanStandStill(MobileOfficeProblem problem, MobileBus bus, int start, int end) =>
        start == end || (bus.ShiftStart + problem.Travel[start][end] <= bus.ShiftEnd && problem.Travel[start][end] <= bus.MaxDriving);

    // the towns whose visit can end first, ties to the lower number
    private ReadOnlySpan<int> Nearest(int place, int time)
    {
        if (_breadth == int.MaxValue) return _candidates;
        int[] towns = new int[_breadth], ends = new int[_breadth];
        var count = 0;
        foreach (var town in _candidates)
        {
            if (_used[town] || EndOfVisit(town, time + _problem.Travel[place][_problem.Towns[town].Place]) is not (>= 0 and var end)) continue;
            if (count == _breadth && end >= ends[count - 1]) continue;
            var at = count < _breadth ? count++ : count - 1;
            for (; at > 0 && ends[at - 1] > end; at--) (towns[at], ends[at]) = (towns[at - 1], ends[at - 1]);
            (towns[at], ends[at]) = (town, end);
        }
        return towns.AsSpan(0, count);
    }

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
