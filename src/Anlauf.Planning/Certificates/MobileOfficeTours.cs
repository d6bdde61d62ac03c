using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Certificates;

/// <summary>Lists, for the checker, every set of towns a bus can visit on a day, level by level; shares no code with the solver.</summary>
internal sealed class MobileOfficeTours(MobileOfficeProblem problem, MobileBus bus, int week, int weekday)
{
    private const int MostStops = 8;
    private const int MostLabels = 1_500_000;

    private readonly int[] _towns = [.. Enumerable.Range(0, problem.Towns.Count).Where(t => problem.Towns[t].Windows.Any(w => w.IsHeld(week, weekday)))];

    /// <summary>Towns with a market that day.</summary>
    public IReadOnlyList<int> Towns => _towns;

    /// <summary>All sets from start to end, each in rising order; none when there are too many to list. No set at all means out of reach.</summary>
    public List<int[]>?[] From(int start, int[] ends)
    {
        var found = ends.Select(end => new List<int[]>()).ToArray();
        for (var e = 0; e < ends.Length; e++)
            if (start == ends[e] || Home(start, bus.ShiftStart, 0, ends[e])) found[e].Add([]);
        var ways = ends.Select(WaysHome).ToArray();
        var level = new Dictionary<(UInt128 Set, int Last), List<(int Time, int Driven)>> { [(0, -1)] = [(bus.ShiftStart, 0)] };
        var labels = 0;
        for (var stops = 1; level.Count > 0; stops++)
        {
            var next = new Dictionary<(UInt128 Set, int Last), List<(int Time, int Driven)>>();
            foreach (var ((set, last), times) in level)
                foreach (var town in _towns)
                {
                    if (Holds(set, town)) continue;
                    foreach (var (time, driven) in times)
                    {
                        var leg = problem.Travel[last < 0 ? start : problem.Towns[last].Place][problem.Towns[town].Place];
                        if (VisitEnd(town, time + leg) is not { } end) continue;
                        if (!ways.Any(way => end + way[town] <= bus.ShiftEnd && driven + leg + way[town] <= bus.MaxDriving)) continue;
                        if (stops > MostStops || ++labels > MostLabels) return new List<int[]>?[ends.Length];
                        Add(next, (With(set, town), town), (end, driven + leg));
                    }
                }
            for (var e = 0; e < ends.Length; e++)
            {
                var sets = new HashSet<UInt128>();
                foreach (var ((set, last), times) in next)
                    if (times.Any(t => Home(problem.Towns[last].Place, t.Time, t.Driven, ends[e]))) sets.Add(set);
                found[e].AddRange(sets.Select(Unpack));
            }
            level = next;
        }
        return found;
    }

    /// <summary>
    /// A bound on the prices any day can collect when there are too many sets: each visit needs its minutes and the shortest way there,
    /// within the shift less the shortest way to the end (fractional knapsack).
    /// </summary>
    public Int128 Knapsack(int start, int end, IReadOnlyList<long> prices)
    {
        var places = _towns.Select(t => problem.Towns[t].Place).ToList();
        int Way(int place) => places.Where(p => p != place).Append(start).Min(p => problem.Travel[p][place]);
        var items = _towns.Select(t =>
        {
            var place = problem.Towns[t].Place;
            var shared = places.Count(p => p == place) > 1;
            return (Price: prices[t], Minutes: problem.Towns[t].VisitMinutes + (shared ? 0 : Way(place)));
        }).ToList();
        items.Sort((a, b) => ((Int128)b.Price * a.Minutes).CompareTo((Int128)a.Price * b.Minutes));
        var left = bus.ShiftEnd - bus.ShiftStart - places.Append(start).Min(p => problem.Travel[p][end]);
        Int128 sum = 0;
        foreach (var (price, minutes) in items)
        {
            if (left <= 0) break;
            sum += minutes <= left ? price : ((Int128)price * left + minutes - 1) / minutes;
            left -= minutes;
        }
        return sum;
    }

    private int? VisitEnd(int town, int arrival)
    {
        int? earliest = null;
        foreach (var window in problem.Towns[town].Windows)
        {
            var end = Math.Max(arrival, window.Open) + problem.Towns[town].VisitMinutes;
            if (window.IsHeld(week, weekday) && end <= window.Close && !(end >= earliest)) earliest = end;
        }
        return earliest;
    }

    private bool Home(int place, int time, int driven, int end) =>
        time + problem.Travel[place][end] <= bus.ShiftEnd && driven + problem.Travel[place][end] <= bus.MaxDriving;

    // shortest way to the end, also over other towns of the day (Bellman–Ford): travel times may break the triangle inequality
    private Dictionary<int, int> WaysHome(int end)
    {
        var way = _towns.ToDictionary(t => t, t => problem.Travel[problem.Towns[t].Place][end]);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var a in _towns)
                foreach (var b in _towns)
                    if (problem.Travel[problem.Towns[a].Place][problem.Towns[b].Place] + way[b] is var over && over < way[a])
                    {
                        way[a] = over;
                        changed = true;
                    }
        }
        return way;
    }

    private static void Add(Dictionary<(UInt128, int), List<(int Time, int Driven)>> labels, (UInt128, int) key, (int Time, int Driven) label)
    {
        if (!labels.TryGetValue(key, out var list)) labels[key] = list = [];
        if (list.Any(l => l.Time <= label.Time && l.Driven <= label.Driven)) return;
        list.RemoveAll(l => label.Time <= l.Time && label.Driven <= l.Driven);
        list.Add(label);
    }

    private static bool Holds(UInt128 set, int town)
    {
        for (; set != 0; set >>= 16)
            if ((ushort)set == town + 1) return true;
        return false;
    }

    private static UInt128 With(UInt128 set, int town)
    {
        var at = 0;
        while (at < 128 && (ushort)(set >> at) > town + 1) at += 16;
        var low = set & ((UInt128.One << at) - 1);
        return (at == 112 ? 0 : (set >> at) << (at + 16)) | ((UInt128)(uint)(town + 1) << at) | low;
    }

    private static int[] Unpack(UInt128 set)
    {
        var towns = new List<int>();
        for (; set != 0; set >>= 16) towns.Add((ushort)set - 1);
        towns.Reverse();
        return [.. towns];
    }
}
