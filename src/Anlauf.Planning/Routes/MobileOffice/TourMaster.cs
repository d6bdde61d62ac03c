namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>
/// Interchangeable stretches of days: buses with equal shifts and depots, in weeks with equal markets. A stretch begins and ends at
/// the depot; it is one day, or a whole week when nights away are allowed.
/// </summary>
internal sealed class TourGroup(int[] weekdays, TourList?[][][] lists, (int Bus, int Week)[] copies)
{
    public int[] Weekdays { get; } = weekdays;

    /// <summary>Tours by day of the stretch, start and end; none where the end is out of reach. Node 0 is the depot.</summary>
    public TourList?[][][] Lists { get; } = lists;

    /// <summary>The bus and week of each copy.</summary>
    public (int Bus, int Week)[] Copies { get; } = copies;

    /// <summary>Places where a night may be spent, the depot included.</summary>
    public int Nodes { get; } = lists[0].Length;

    /// <summary>
    /// The stretch with the highest sum of weights: a longest path over (day, place of the night).
    /// Start, end and tour of each day go to <paramref name="chosen"/>.
    /// </summary>
    public long Best(long[] weights, Span<DayChoice> chosen) => Longest(weights, chosen, false);

    /// <summary>
    /// A bound on the sum of weights of any stretch, with the visits that make it up counted once per copy: exact where the lists are
    /// complete, from the relaxation of the days elsewhere.
    /// </summary>
    public long Bound(long[] weights, int[] visits, Span<DayChoice> chosen)
    {
        var bound = Longest(weights, chosen, true);
        for (var day = 0; day < Weekdays.Length; day++)
        {
            var list = Lists[day][chosen[day].From][chosen[day].To]!;
            if (list.Relaxation is { } knapsack) knapsack.Bound(weights, visits, Copies.Length);
            else
                foreach (var town in list.Tour(chosen[day].Tour)) visits[town] += Copies.Length;
        }
        return bound;
    }

    private long Longest(long[] weights, Span<DayChoice> chosen, bool relaxed)
    {
        var days = Weekdays.Length;
        var cells = (days + 1) * Nodes;
        var value = cells <= 1024 ? stackalloc long[cells] : new long[cells];
        var steps = cells <= 1024 ? stackalloc DayChoice[cells] : new DayChoice[cells];
        value.Fill(-1);
        value[0] = 0;
        for (var day = 0; day < days; day++)
            for (var from = 0; from < Nodes; from++)
            {
                var sofar = value[day * Nodes + from];
                if (sofar < 0) continue;
                for (var to = 0; to < (day == days - 1 ? 1 : Nodes); to++)
                {
                    if (Lists[day][from][to] is not { } list) continue;
                    var tour = list.Best(weights, out var sum);
                    if (relaxed && list.Relaxation is { } knapsack) sum = knapsack.Bound(weights, null, 0);
                    ref var cell = ref value[(day + 1) * Nodes + to];
                    if (sofar + sum <= cell) continue;
                    cell = sofar + sum;
                    steps[(day + 1) * Nodes + to] = new(from, to, tour);
                }
            }
        var node = 0;
        for (var day = days; day > 0; day--)
        {
            chosen[day - 1] = steps[day * Nodes + node];
            node = chosen[day - 1].From;
        }
        return value[days * Nodes];
    }

    public ReadOnlySpan<int> Towns(int day, DayChoice choice) => Lists[day][choice.From][choice.To]!.Tour(choice.Tour);
}

/// <summary>One day of a stretch: nodes of start and end and the number of the tour in its list.</summary>
internal readonly record struct DayChoice(int From, int To, int Tour);

/// <summary>A part of the problem that shares no town with the others (usually one weekday).</summary>
internal sealed class TourMaster(MobileOfficeProblem problem, TourGroup[] groups, int[] towns)
{
    public MobileOfficeProblem Problem { get; } = problem;
    public TourGroup[] Groups { get; } = groups;

    /// <summary>Towns within reach of the groups.</summary>
    public int[] Towns { get; } = towns;

    /// <summary>Lists all tours and splits the problem.</summary>
    public static List<TourMaster> Build(MobileOfficeProblem problem, ListingBudget budget)
    {
        var groups = ListGroups(problem, budget);
        var owner = Enumerable.Range(0, groups.Count).ToArray();
        int Root(int g) => owner[g] == g ? g : owner[g] = Root(owner[g]);
        var groupOf = new int[problem.Towns.Count];
        Array.Fill(groupOf, -1);
        for (var g = 0; g < groups.Count; g++)
            foreach (var town in TownsOf(groups[g]))
            {
                if (groupOf[town] < 0) groupOf[town] = g;
                owner[Root(g)] = Root(groupOf[town]);
            }
        var parts = new List<TourMaster>();
        for (var root = 0; root < groups.Count; root++)
        {
            if (Root(root) != root) continue;
            var members = Enumerable.Range(0, groups.Count).Where(g => Root(g) == root).Select(g => groups[g]).ToArray();
            parts.Add(new(problem, members, [.. members.SelectMany(TownsOf).Distinct().Order()]));
        }
        return parts;
    }

    private static IEnumerable<int> TownsOf(TourGroup group) =>
        group.Lists.SelectMany(day => day).SelectMany(from => from).Where(list => list is not null).SelectMany(list => list!.Relaxation?.Candidates ?? list.Towns).Distinct();

    /// <summary>Number of starts of a day for which tours are listed.</summary>
    public static int ListsOf(MobileOfficeProblem problem) =>
        problem.Buses.Select(bus => bus with { Name = "" }).Distinct().Sum(bus => 1 + problem.OvernightPlaces.Where(p => p != bus.Depot).Distinct().Count()) * problem.DaysPerWeek * Math.Min(Rhythms(problem), problem.Weeks);

    private static int Rhythms(MobileOfficeProblem problem) => problem.Towns.Any(t => t.Windows.Any(w => w.Weeks != WeekRhythm.Every)) ? 2 : 1;

    private static List<TourGroup> ListGroups(MobileOfficeProblem problem, ListingBudget budget)
    {
        var groups = new List<TourGroup>();
        var rhythmic = Rhythms(problem);
        var markets = Enumerable.Range(0, Math.Min(rhythmic, problem.Weeks)).Select(parity => Enumerable.Range(0, problem.DaysPerWeek).Select(day => new DayMarkets(problem, parity, day)).ToArray()).ToArray();
        foreach (var buses in Enumerable.Range(0, problem.Buses.Count).GroupBy(b => problem.Buses[b] with { Name = "" }))
            for (var parity = 0; parity < Math.Min(rhythmic, problem.Weeks); parity++)
            {
                var copies = buses.SelectMany(bus => Enumerable.Range(0, problem.Weeks).Where(w => w % rhythmic == parity).Select(w => (bus, w))).ToArray();
                int[] nodes = [buses.Key.Depot, .. problem.OvernightPlaces.Where(p => p != buses.Key.Depot).Distinct()];
                var days = new List<TourList?[][]>();
                for (var day = 0; day < problem.DaysPerWeek; day++)
                    days.Add([.. nodes.Select(start => DayTours.List(problem, buses.Key, markets[parity][day], start, nodes, budget))]);
                if (nodes.Length > 1) groups.Add(new([.. Enumerable.Range(0, problem.DaysPerWeek)], [.. days], copies));
                else groups.AddRange(days.Select((day, weekday) => new TourGroup([weekday], [day], copies)));
            }
        return groups;
    }
}
