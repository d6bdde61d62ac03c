namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>Turns sets of towns into days with times: the order with the earliest return.</summary>
internal sealed class Timetable(MobileOfficeProblem problem)
{
    /// <summary>The day with the earliest return, or none when no order keeps market times, shift and driving.</summary>
    public BusDay? Day(int bus, int week, int weekday, int from, int to, IReadOnlyList<int> towns)
    {
        var driver = problem.Buses[bus];
        BusDay? best = null;
        var stops = new List<BusStop>();
        var windows = towns.Select(town => DayMarkets.WindowsOf(problem.Towns[town], week, weekday)).ToArray();
        var reached = new (int Time, int Driven)[towns.Count << towns.Count]; // by last stop and set: the earliest known
        Array.Fill(reached, (int.MaxValue, int.MaxValue));
        void Extend(int place, int time, int driven, int set)
        {
            if (stops.Count == towns.Count)
            {
                var home = time + problem.Travel[place][to];
                if (home <= driver.ShiftEnd && driven <= driver.MaxDriving - problem.Travel[place][to] && (best is null || home < best.Return))
                    best = new(bus, week, weekday, from, to, [.. stops], home);
                return;
            }
            for (var k = 0; k < towns.Count; k++)
            {
                if ((set >> k & 1) == 1) continue;
                var (town, market) = (towns[k], problem.Towns[towns[k]]);
                var arrival = time + problem.Travel[place][market.Place];
                var drivenThere = driven + problem.Travel[place][market.Place];
                if (arrival > driver.ShiftEnd || (best is not null && arrival >= best.Return) || drivenThere > driver.MaxDriving) continue;
                foreach (var (open, close) in windows[k])
                {
                    var begin = Math.Max(arrival, open);
                    if (begin + market.VisitMinutes > close) continue;
                    // of two orders of the same stops with the same last one the earlier suffices if it has driven no more
                    var end = begin + market.VisitMinutes;
                    ref var known = ref reached[(k << towns.Count) | set];
                    if (known.Time <= end && known.Driven <= drivenThere) break;
                    if (end <= known.Time) known = (end, drivenThere);
                    stops.Add(new(town, market.Name, arrival, begin, end));
                    Extend(market.Place, end, drivenThere, set | 1 << k);
                    stops.RemoveAt(stops.Count - 1);
                    break;
                }
            }
        }
        if (towns.Count == 0 && from == to) return new(bus, week, weekday, from, to, [], driver.ShiftStart);
        Extend(from, driver.ShiftStart, 0, 0);
        return best;
    }

    /// <summary>The whole plan. A town planned more often than allowed is dropped where the day stays possible without it.</summary>
    public MobileOfficePlan Plan(IEnumerable<(TourGroup Group, int Copy, DayChoice[] Days)> stretches)
    {
        var planned = stretches.SelectMany(s => s.Days.Select((choice, day) =>
        {
            var (bus, week) = s.Group.Copies[s.Copy];
            return (bus, week, weekday: s.Group.Weekdays[day], from: Place(bus, choice.From), to: Place(bus, choice.To), towns: s.Group.Towns(day, choice).ToArray().ToList());
        })).OrderBy(d => (d.bus, d.week, d.weekday)).ToList();
        var visits = new int[problem.Towns.Count];
        foreach (var town in planned.SelectMany(d => d.towns)) visits[town]++;
        foreach (var day in planned)
            foreach (var town in day.towns.Where(t => visits[t] > problem.Towns[t].VisitValues.Count).ToArray())
            {
                if (visits[town] <= problem.Towns[town].VisitValues.Count) continue;
                List<int> without = [.. day.towns.Where(t => t != town)];
                if (Day(day.bus, day.week, day.weekday, day.from, day.to, without) is null) continue;
                day.towns.Remove(town);
                visits[town]--;
            }
        // only with travel times that break the triangle inequality: the way over the town is needed, so the day loses more stops
        foreach (var day in planned)
            foreach (var town in day.towns.Where(t => visits[t] > problem.Towns[t].VisitValues.Count).ToArray())
            {
                if (visits[town] <= problem.Towns[town].VisitValues.Count || !day.towns.Contains(town)) continue;
                var rest = Largest(day.bus, day.week, day.weekday, day.from, day.to, [.. day.towns.Where(t => t != town)]);
                foreach (var lost in day.towns.Except(rest).ToArray())
                {
                    visits[lost]--;
                    day.towns.Remove(lost);
                }
            }
        return new([.. planned.Select(d => Day(d.bus, d.week, d.weekday, d.from, d.to, d.towns)!).Where(d => d.Stops.Count > 0 || d.From != d.To)]);
    }

    private List<int> Largest(int bus, int week, int weekday, int from, int to, List<int> towns)
    {
        for (var drop = 1; drop < 1 << towns.Count; drop++)
        {
            List<int> kept = [.. towns.Where((_, i) => (drop >> i & 1) == 0)];
            if (Day(bus, week, weekday, from, to, kept) is not null) return kept;
        }
        return [];
    }

    private int Place(int bus, int node)
    {
        if (node == 0) return problem.Buses[bus].Depot;
        return problem.OvernightPlaces.Where(p => p != problem.Buses[bus].Depot).Distinct().ElementAt(node - 1);
    }
}
