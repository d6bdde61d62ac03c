using Anlauf.Planning.Routes.MobileOffice;
using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Tests.Routes;

/// <summary>Small random tour problems and their best values by plain enumeration.</summary>
internal static class SmallRoutes
{
    public static MobileOfficeProblem Mobile(int seed, bool plain)
    {
        var random = new Random(seed);
        var places = random.Next(2, 7);
        var travel = Travel(random, places, plain);
        var days = random.Next(1, plain ? 3 : 4);
        var towns = Enumerable.Range(0, random.Next(1, 6)).Select(t =>
        {
            var windows = Enumerable.Range(0, plain ? 1 : random.Next(1, 3)).Select(_ =>
            {
                var open = random.Next(0, 60);
                return new MarketWindow(random.Next(days), open, open + random.Next(10, 90), plain ? WeekRhythm.Every : (WeekRhythm)random.Next(3));
            }).ToArray();
            var visits = plain ? 1 : random.Next(1, 3);
            var values = Enumerable.Range(0, visits).Select(_ => (long)random.Next(0, 30)).OrderDescending().ToArray();
            return new MarketTown($"T{t}", random.Next(places), windows, random.Next(5, 25), values, random.Next(8) == 0 ? 1 : 0);
        }).ToArray();
        var bus = new MobileBus("A", 0, 0, random.Next(40, 130), random.Next(3) == 0 ? random.Next(10, 60) : int.MaxValue);
        MobileBus[] buses = random.Next(3) == 0 ? [bus, new("B", random.Next(places), 10, 100)] : [bus];
        int[] nights = !plain && random.Next(2) == 0 ? [random.Next(places)] : [];
        return new($"seed {seed}", travel, towns, buses, random.Next(1, 3), days, nights);
    }

    /// <summary>Best value over all plans, or none when demanded visits are impossible.</summary>
    public static long? Best(MobileOfficeProblem problem)
    {
        // state: place of the bus and visits so far, two bits a town
        var plans = new HashSet<int> { 0 };
        for (var b = 0; b < problem.Buses.Count; b++)
            for (var week = 0; week < problem.Weeks; week++)
            {
                var states = plans.Select(v => (Place: problem.Buses[b].Depot, Visits: v)).ToHashSet();
                for (var day = 0; day < problem.DaysPerWeek; day++)
                {
                    var next = new HashSet<(int, int)>();
                    foreach (var from in states.Select(s => s.Place).Distinct())
                        foreach (var to in problem.OvernightPlaces.Append(problem.Buses[b].Depot).Distinct())
                        {
                            var sets = DaySets(problem, problem.Buses[b], week, day, from, to);
                            foreach (var (_, visits) in states.Where(s => s.Place == from))
                                foreach (var set in sets)
                                    if (Add(problem, visits, set) is { } sum) next.Add((to, sum));
                        }
                    states = next;
                }
                plans = [.. states.Where(s => s.Place == problem.Buses[b].Depot).Select(s => s.Visits)];
            }
        return plans.Select(v => Value(problem, v)).Max();
    }

    public static OrienteeringProblem Orienteering(int seed)
    {
        var random = new Random(seed);
        var points = Enumerable.Range(0, random.Next(2, 9))
            .Select(_ => new ScoredPoint(random.Next(0, 10), random.Next(0, 10), random.Next(0, 12))).ToArray();
        return new($"seed {seed}", points, 0, random.Next(2) == 0 ? 0 : points.Length - 1, random.Next(1, 4), random.Next(0, 30));
    }

    public static long? Best(OrienteeringProblem problem)
    {
        var n = problem.Points.Count;
        var fits = new bool[1 << n];
        void Extend(int set, int last, long length)
        {
            if (length + problem.Leg(last, problem.End) <= problem.Budget) fits[set] = true;
            for (var p = 0; p < n; p++)
                if (p != problem.Start && p != problem.End && (set >> p & 1) == 0 && length + problem.Leg(last, p) <= problem.Budget)
                    Extend(set | 1 << p, p, length + problem.Leg(last, p));
        }
        Extend(0, problem.Start, 0);
        if (!fits[0]) return null;
        var reached = new HashSet<int> { 0 };
        for (var tour = 0; tour < problem.Tours; tour++)
            reached = [.. reached.SelectMany(a => Enumerable.Range(0, 1 << n).Where(b => fits[b] && (a & b) == 0).Select(b => a | b))];
        return reached.Max(set => Enumerable.Range(0, n).Where(p => (set >> p & 1) == 1).Sum(p => problem.Points[p].Score));
    }

    private static int[][] Travel(Random random, int places, bool metric)
    {
        var travel = Enumerable.Range(0, places).Select(_ => Enumerable.Range(0, places).Select(_ => random.Next(0, 30)).ToArray()).ToArray();
        for (var i = 0; i < places; i++) travel[i][i] = 0;
        if (!metric) return travel;
        for (var k = 0; k < places; k++)
            for (var i = 0; i < places; i++)
                for (var j = 0; j < places; j++) travel[i][j] = Math.Min(travel[i][j], travel[i][k] + travel[k][j]);
        return travel;
    }

    private static HashSet<int> DaySets(MobileOfficeProblem problem, MobileBus bus, int week, int day, int from, int to)
    {
        var sets = new HashSet<int>();
        if (from == to) sets.Add(0);
        void Extend(int place, int time, int driven, int set)
        {
            if (time + problem.Travel[place][to] <= bus.ShiftEnd && driven + problem.Travel[place][to] <= bus.MaxDriving) sets.Add(set);
            for (var t = 0; t < problem.Towns.Count; t++)
            {
                if ((set >> t & 1) == 1) continue;
                var leg = problem.Travel[place][problem.Towns[t].Place];
                foreach (var window in problem.Towns[t].Windows.Where(w => w.IsHeld(week, day)))
                {
                    var end = Math.Max(time + leg, window.Open) + problem.Towns[t].VisitMinutes;
                    if (end <= window.Close && end <= bus.ShiftEnd) Extend(problem.Towns[t].Place, end, driven + leg, set | 1 << t);
                }
            }
        }
        Extend(from, bus.ShiftStart, 0, 0);
        return sets;
    }

    private static int? Add(MobileOfficeProblem problem, int visits, int set)
    {
        for (var t = 0; t < problem.Towns.Count; t++)
        {
            if ((set >> t & 1) == 0) continue;
            if ((visits >> 2 * t & 3) == problem.Towns[t].VisitValues.Count) return null;
            visits += 1 << 2 * t;
        }
        return visits;
    }

    private static long? Value(MobileOfficeProblem problem, int visits)
    {
        var value = 0L;
        for (var t = 0; t < problem.Towns.Count; t++)
        {
            var count = visits >> 2 * t & 3;
            if (count < problem.Towns[t].MinVisits) return null;
            value += problem.Towns[t].VisitValues.Take(count).Sum();
        }
        return value;
    }
}
