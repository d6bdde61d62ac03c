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
        void Extend(int place, int time, int driven)
        {
            if (stops.Count == towns.Count)
            {
                var home = time + problem.Travel[place][to];
                if (home <= driver.ShiftEnd && driven <= driver.MaxDriving - problem.Travel[place][to] && (best is null || home < best.Return))
                    best = new(bus, week, weekday, from, to, [.. stops], home);
                return;
            }
            foreach (var town in towns)
            {
                if (stops.Any(s => s.Town == town)) continue;
                var market = problem.Towns[town];
                var arrival = time + problem.Travel[place][market.Place];
                var drivenThere = driven + problem.Travel[place][market.Place];
                if (arrival > driver.ShiftEnd || (best is not null && arrival >= best.Return) || drivenThere > driver.MaxDriving) continue;
                foreach (var (open, close) in DayTours.Windows(market, week, weekday))
                {
                    var begin = Math.Max(arrival, open);
                    if (begin + market.VisitMinutes > close) continue;
                    stops.Add(new(town, market.Name, arrival, begin, begin + market.VisitMinutes));
                    Extend(market.Place, begin + market.VisitMinutes, drivenThere);
                    stops.RemoveAt(stops.Count - 1);
                    break;
                }
            }
        }
        if (towns.Count == 0 && from == to) return new(bus, week, weekday, from, to, [], driver.ShiftStart);
        Extend(from, driver.ShiftStart, 0);
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
