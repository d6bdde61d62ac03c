using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Certificates;

/// <summary>Recomputes the bound of a mobile office from prices: what towns keep at the prices plus what the buses can collect.</summary>
internal sealed class MobileOfficeBound
{
    private const int MostChoices = 2_000_000;
    private readonly MobileOfficeProblem _problem;
    private readonly IReadOnlyList<long> _prices;
    private readonly long _scale;
    private readonly List<Stretch> _stretches = [];
    private readonly int[] _part;

    /// <param name="problem">the problem</param>
    /// <param name="prices">price of a visit to each town, not negative</param>
    /// <param name="scale">unit of the prices</param>
    public MobileOfficeBound(MobileOfficeProblem problem, IReadOnlyList<long> prices, long scale)
    {
        (_problem, _prices, _scale) = (problem, prices, scale);
        // weeks with the same markets are interchangeable
        var rhythmic = problem.Towns.Any(t => t.Windows.Any(w => w.Weeks != WeekRhythm.Every));
        foreach (var weeks in Enumerable.Range(0, problem.Weeks).GroupBy(w => rhythmic ? w % 2 : 0))
            foreach (var buses in Enumerable.Range(0, problem.Buses.Count).GroupBy(b => problem.Buses[b] with { Name = "" }))
                List(buses.Key, weeks.Key, [.. buses.SelectMany(b => weeks.Select(w => (b, w)))]);
        _part = Parts();
    }

    // stretches of days (a whole week where nights away are possible) that occur equally often
    private sealed record Stretch(EveryTimetable.Stretch Days, Int128 Best, HashSet<int> Towns, List<int[]>? Sets)
    {
        public int Times => Days.Copies.Length;

        public int Part { get; set; }
    }

    /// <summary>Reach of the buses: towns in none of the tours are of no use.</summary>
    public bool Reaches(int town) => _part[town] >= 0;

    /// <summary>The bound over all parts, each rounded down to whole units.</summary>
    /// <param name="visits">visits of the plan, for the parts that were searched</param>
    /// <param name="searched">a town of each searched part</param>
    /// <param name="coverings">parts shown as maximal covering</param>
    /// <param name="fault">what failed, or none</param>
    public Int128 Value(int[] visits, IReadOnlyList<int> searched, IReadOnlyList<CoveringProof> coverings, out string? fault)
    {
        fault = null;
        var (sum, used) = (Int128.Zero, 0);
        foreach (var (towns, stretches, bound) in AllParts())
        {
            if (coverings.FirstOrDefault(c => towns.Contains(c.Town)) is { } covering)
            {
                used++;
                fault ??= Cover(towns, stretches, covering);
                sum += covering.Bound;
            }
            else if (towns.Any(searched.Contains))
            {
                used++;
                var value = towns.Sum(t => MobileOfficeChecker.ValueOf(_problem.Towns[t], visits[t]));
                fault ??= Search(towns, stretches, bound, value);
                sum += value;
            }
            else sum += bound >= 0 ? bound / _scale : -((-bound + _scale - 1) / _scale);
        }
        if (used != searched.Count + coverings.Count) fault ??= Unused;
        return sum;
    }

    private const string Unused = "Der Nachweis nennt Teile, die es nicht gibt, oder einen Teil mehrmals.";

    /// <summary>True when some part has no plan – even its bound is below zero, or a search finds nothing – and nothing else is said about the parts.</summary>
    /// <param name="searched">a town of each part to search</param>
    /// <param name="coverings">parts shown as maximal covering</param>
    public bool ProvesNoPlan(IReadOnlyList<int> searched, IReadOnlyList<CoveringProof> coverings)
    {
        var (proves, used) = (false, 0);
        foreach (var (towns, stretches, bound) in AllParts())
        {
            if (coverings.FirstOrDefault(c => towns.Contains(c.Town)) is { } covering)
            {
                if (covering.Bound >= 0 || Cover(towns, stretches, covering) is not null) return false;
            }
            else if (towns.Any(searched.Contains))
            {
                if (Search(towns, stretches, bound, -1) is not null) return false;
            }
            else
            {
                proves |= bound < 0;
                continue;
            }
            (proves, used) = (true, used + 1);
        }
        return proves && used == searched.Count + coverings.Count;
    }

    private IEnumerable<(int[] Towns, Stretch[] Stretches, Int128 Bound)> AllParts()
    {
        foreach (var part in _part.Where(p => p >= 0).Distinct())
        {
            var towns = Enumerable.Range(0, _part.Length).Where(t => _part[t] == part).ToArray();
            var stretches = _stretches.Where(s => s.Part == part).ToArray();
            yield return (towns, stretches, towns.Aggregate((Int128)0, (b, t) => b + Kept(t)) + stretches.Aggregate((Int128)0, (b, s) => b + s.Times * s.Best));
        }
    }

    private string? Search(int[] towns, Stretch[] stretches, Int128 bound, long value)
    {
        if (stretches.All(s => s.Sets is not null) && towns.All(t => _problem.Towns[t].VisitValues.Count == 1))
            return new BetterPlan(_problem, _prices, _scale, towns, [.. stretches.Select(s => (s.Times, s.Sets!))]).Exists(bound - ((Int128)(value + 1) * _scale));
        if (!new EveryTimetable(_problem, towns, [.. stretches.Select(s => s.Days)], _prices, _scale, MostChoices, () => true).Find(value, out var better))
            return "Ein Teil soll durchsucht sein, lässt sich aber nicht durchsuchen.";
        return better is null ? null : "Es gibt einen besseren Plan.";
    }

    private string? Cover(int[] towns, Stretch[] stretches, CoveringProof covering) => stretches is [{ Sets: { } sets, Times: var times }]
        ? TourCoveringReplay.Fault(_problem, towns, sets, times, covering)
        : "Ein Teil soll ein Überdeckungsproblem sein, ist es aber nicht.";

    private Int128 Kept(int town)
    {
        var (value, best) = (Int128.Zero, (Int128?)null);
        for (var visits = 0; ; visits++)
        {
            if (visits >= _problem.Towns[town].MinVisits && !(value <= best)) best = value;
            if (visits == _problem.Towns[town].VisitValues.Count) return best!.Value;
            value += (Int128)_problem.Towns[town].VisitValues[visits] * _scale - _prices[town];
        }
    }

    private void List(MobileBus bus, int week, (int Bus, int Week)[] copies)
    {
        int[] nights = [bus.Depot, .. _problem.OvernightPlaces.Where(p => p != bus.Depot).Distinct()];
        var reached = new Int128?[nights.Length];
        reached[0] = 0;
        var towns = new HashSet<int>();
        for (var day = 0; day < _problem.DaysPerWeek; day++)
        {
            var tours = new MobileOfficeTours(_problem, bus, week, day);
            if (nights.Length == 1)
            {
                var sets = tours.From(bus.Depot, nights)[0];
                _stretches.Add(new(new(bus, copies, [day]), Best(tours, bus.Depot, bus.Depot, sets)!.Value, [.. sets?.SelectMany(s => s) ?? tours.Towns], sets));
                continue;
            }
            var next = new Int128?[nights.Length];
            for (var from = 0; from < nights.Length; from++)
            {
                var lists = tours.From(nights[from], nights);
                foreach (var sets in lists) towns.UnionWith(sets?.SelectMany(s => s) ?? tours.Towns);
                for (var to = 0; to < nights.Length; to++)
                    if (reached[from] + Best(tours, nights[from], nights[to], lists[to]) is { } sum && !(sum <= next[to])) next[to] = sum;
            }
            reached = next;
        }
        if (nights.Length > 1) _stretches.Add(new(new(bus, copies, [.. Enumerable.Range(0, _problem.DaysPerWeek)]), reached[0]!.Value, towns, null));
    }

    private Int128? Best(MobileOfficeTours tours, int start, int end, List<int[]>? sets) => sets switch
    {
        null => tours.Knapsack(start, end, _prices),
        [] => null,
        _ => sets.Max(set => set.Aggregate((Int128)0, (sum, town) => sum + _prices[town])),
    };

    private int[] Parts()
    {
        var part = new int[_problem.Towns.Count];
        Array.Fill(part, -1);
        for (var s = 0; s < _stretches.Count; s++)
        {
            _stretches[s].Part = s;
            foreach (var joined in _stretches[s].Towns.Select(t => part[t]).Where(p => p >= 0).ToHashSet())
            {
                foreach (var other in _stretches.Take(s).Where(o => o.Part == joined)) other.Part = s;
                for (var t = 0; t < part.Length; t++)
                    if (part[t] == joined) part[t] = s;
            }
            foreach (var town in _stretches[s].Towns) part[town] = s;
        }
        return part;
    }
}
