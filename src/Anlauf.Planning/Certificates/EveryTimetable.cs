using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Certificates;

/// <summary>
/// Every choice of tours of a small part, nights away and repeated visits included: day by day, what is remembered of the days before
/// are the place of the bus and how often each town was visited. Prices say what a choice loses against the bound – a stretch that
/// earns less than the best one, a town visited more or less often than it would buy; who loses more than there is room for cannot
/// belong to a better plan (dynamic programming with bounds: Morin and Marsten 1976).
/// </summary>
internal sealed class EveryTimetable
{
    private const int MostSets = 40_000, Asked = 64;
    private readonly MobileOfficeProblem _problem;
    private readonly IReadOnlyList<long> _prices;
    private readonly long _scale;
    private readonly int[] _towns, _shift;
    private readonly Int128[][] _over, _under;
    private readonly Stretch[] _stretches;
    private readonly Func<bool> _goOn;
    private readonly List<Label> _labels = [];
    private readonly int _most;
    private int _asked;
    private Int128 _bound;
    private Int128 _room;

    /// <summary>Begins with what each town keeps at its price.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="towns">towns of the part</param>
    /// <param name="stretches">stretches of days of the part</param>
    /// <param name="prices">price of a visit to each town, scaled</param>
    /// <param name="scale">unit of the prices</param>
    /// <param name="most">most choices to remember</param>
    /// <param name="goOn">false when there is no time</param>
    public EveryTimetable(MobileOfficeProblem problem, int[] towns, Stretch[] stretches, IReadOnlyList<long> prices, long scale, int most, Func<bool> goOn)
    {
        (_problem, _towns, _stretches, _prices, _scale, _most, _goOn) = (problem, towns, stretches, prices, scale, most, goOn);
        _shift = new int[problem.Towns.Count];
        (_over, _under) = (new Int128[problem.Towns.Count][], new Int128[problem.Towns.Count][]);
        foreach (var town in towns) Price(town);
    }

    /// <summary>Days a bus drives in one go, a day or a week, and the buses and weeks for which it does.</summary>
    /// <param name="Bus">one of the equal buses</param>
    /// <param name="Copies">all of them with their weeks</param>
    /// <param name="Days">weekdays</param>
    public sealed record Stretch(MobileBus Bus, (int Bus, int Week)[] Copies, int[] Days);

    /// <summary>A day of a plan found: rows of the travel table, and the towns in no order.</summary>
    public sealed record Day(int Bus, int Week, int Weekday, int From, int To, int[] Towns);

    private readonly record struct Label(int Parent, int Place, UInt128 Visits, Int128 Loss, (int Stretch, int Copy, int Day) When, int From, int[] Set);

    /// <summary>True when so many towns with so many visits can be told apart.</summary>
    public static bool Fits(MobileOfficeProblem problem, IEnumerable<int> towns) => towns.Sum(town => Bits(problem.Towns[town])) <= 128;

    /// <summary>Looks for the best plan of a value above that given.</summary>
    /// <param name="value">value to exceed; −1 for any plan</param>
    /// <param name="better">its days, or none</param>
    /// <returns>false when there are too many choices or no time, so that nothing is known</returns>
    public bool Find(long value, out List<Day>? better)
    {
        better = null;
        var bits = 0;
        foreach (var town in _towns)
        {
            _shift[town] = bits;
            bits += Bits(_problem.Towns[town]);
        }
        if (bits > 128) return false;
        var weeks = new Week[_stretches.Length];
        for (var s = 0; s < weeks.Length; s++)
        {
            if (Week.Of(_problem, _stretches[s], _prices) is not { } week) return false;
            weeks[s] = week;
            _bound += _stretches[s].Copies.Length * week.Left[0][0]!.Value;
        }
        _room = _bound - ((Int128)(value + 1) * _scale);
        if (_room < 0) return true;
        var layer = new Dictionary<(int Place, UInt128 Visits), int> { [(0, 0)] = 0 };
        _labels.Add(new(-1, 0, 0, 0, default, 0, []));
        for (var s = 0; s < weeks.Length; s++)
            for (var copy = 0; copy < _stretches[s].Copies.Length; copy++)
                for (var day = 0; day < _stretches[s].Days.Length; day++)
                    if (!Extend(ref layer, weeks[s], (s, copy, day))) return false;
        var (best, least) = (-1, _room + 1);
        foreach (var at in layer.Values)
        {
            var loss = _labels[at].Loss;
            foreach (var town in _towns) loss += _under[town][Visits(_labels[at].Visits, town)];
            if (loss < least) (best, least) = (at, loss);
        }
        if (best >= 0) better = Plan(best, weeks);
        return true;
    }

    private bool Extend(ref Dictionary<(int Place, UInt128 Visits), int> layer, Week week, (int Stretch, int Copy, int Day) when)
    {
        var next = new Dictionary<(int Place, UInt128 Visits), int>();
        var day = when.Day;
        foreach (var at in layer.Values)
        {
            var label = _labels[at];
            if (++_asked % Asked == 0 && !_goOn()) return false;
            if (week.Left[day][label.Place] is not { } ahead) continue;
            for (var to = 0; to < week.Nodes.Length; to++)
            {
                if (week.Left[day + 1][to] is not { } later) continue;
                foreach (var (set, earned) in week.Sets[day][label.Place][to])
                {
                    var loss = label.Loss + ahead - earned - later;
                    // those that follow earn no more
                    if (loss > _room) break;
                    if (Add(label.Visits, set, ref loss) is not { } visits || loss > _room) continue;
                    if (next.TryGetValue((to, visits), out var known) && _labels[known].Loss <= loss) continue;
                    if (_labels.Count >= _most) return false;
                    next[(to, visits)] = _labels.Count;
                    _labels.Add(new(at, to, visits, loss, when, label.Place, set));
                }
            }
        }
        layer = next;
        return true;
    }

    // none where a town would be visited more often than it may be
    private UInt128? Add(UInt128 visits, int[] set, ref Int128 loss)
    {
        foreach (var town in set)
        {
            var before = Visits(visits, town);
            if (before == _problem.Towns[town].VisitValues.Count) return null;
            loss += _over[town][before + 1] - _over[town][before];
            visits += UInt128.One << _shift[town];
        }
        return visits;
    }

    private int Visits(UInt128 visits, int town) => (int)(uint)(visits >> _shift[town]) & ((1 << Bits(_problem.Towns[town])) - 1);

    private static int Bits(MarketTown town) => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)town.VisitValues.Count);

    // what visits keep at the price, and what is lost by more or fewer than keep most
    private void Price(int town)
    {
        var (market, most) = (_problem.Towns[town], _problem.Towns[town].VisitValues.Count);
        var kept = new Int128[most + 1];
        for (var k = 0; k < most; k++) kept[k + 1] = kept[k] + ((Int128)market.VisitValues[k] * _scale) - _prices[town];
        var best = market.MinVisits;
        for (var k = best; k <= most; k++)
            if (kept[k] > kept[best]) best = k;
        _bound += kept[best];
        (_over[town], _under[town]) = (new Int128[most + 1], new Int128[most + 1]);
        for (var k = 0; k <= most; k++)
            if (k > best) _over[town][k] = kept[best] - kept[k];
            else _under[town][k] = k < market.MinVisits ? Int128.MaxValue >> 4 : kept[best] - kept[k];
    }

    private List<Day> Plan(int at, Week[] weeks)
    {
        var days = new List<Day>();
        for (; _labels[at].Parent >= 0; at = _labels[at].Parent)
        {
            var ((s, copy, day), nodes) = (_labels[at].When, weeks[_labels[at].When.Stretch].Nodes);
            var (bus, week) = _stretches[s].Copies[copy];
            days.Add(new(bus, week, _stretches[s].Days[day], nodes[_labels[at].From], nodes[_labels[at].Place], _labels[at].Set));
        }
        return days;
    }

    /// <summary>All sets of towns of each day of a stretch from each place to each, those that earn most first, and the most that can be earned from a place on.</summary>
    private sealed record Week(int[] Nodes, (int[] Towns, Int128 Earned)[][][][] Sets, Int128?[][] Left)
    {
        public static Week? Of(MobileOfficeProblem problem, Stretch stretch, IReadOnlyList<long> prices)
        {
            var depot = stretch.Bus.Depot;
            int[] nodes = [depot, .. problem.OvernightPlaces.Where(p => p != depot).Distinct()];
            var (days, count) = (stretch.Days.Length, 0);
            var sets = new (int[], Int128)[days][][][];
            for (var day = 0; day < days; day++)
            {
                var tours = new MobileOfficeTours(problem, stretch.Bus, stretch.Copies[0].Week, stretch.Days[day]);
                sets[day] = new (int[], Int128)[nodes.Length][][];
                for (var from = 0; from < nodes.Length; from++)
                {
                    var lists = tours.From(nodes[from], nodes);
                    if (lists.Any(list => list is null) || (count += lists.Sum(list => list!.Count)) > MostSets) return null;
                    sets[day][from] = [.. lists.Select(list => list!.Select(set => (set, set.Aggregate((Int128)0, (sum, town) => sum + prices[town]))).OrderByDescending(set => set.Item2).ToArray())];
                }
            }
            var left = new Int128?[days + 1][];
            left[days] = [0, .. new Int128?[nodes.Length - 1]];
            for (var day = days - 1; day >= 0; day--)
                left[day] = [.. nodes.Select((_, from) => nodes.Select((_, to) => left[day + 1][to] is { } later && sets[day][from][to] is [var best, ..] ? later + best.Item2 : (Int128?)null).Max())];
            return left[0][0] is null ? null : new(nodes, sets, left);
        }
    }
}
