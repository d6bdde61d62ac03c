namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>What all listings of tours of one day share, whatever bus they are for: towns with a market, opening times, shortest ways.</summary>
internal sealed class DayMarkets
{
    private readonly MobileOfficeProblem _problem;
    private readonly int[] _next;
    private readonly bool[] _shared;
    private readonly Dictionary<int, int[]> _ways = [];

    public DayMarkets(MobileOfficeProblem problem, int week, int weekday)
    {
        _problem = problem;
        Windows = [.. problem.Towns.Select(town => WindowsOf(town, week, weekday))];
        Candidates = [.. Enumerable.Range(0, problem.Towns.Count).Where(town => Windows[town].Length > 0)];
        var places = Candidates.Select(t => problem.Towns[t].Place).ToArray();
        _shared = [.. places.Select(place => places.Count(other => other == place) > 1)];
        _next = [.. places.Select(place => places.Min(other => other == place ? int.MaxValue : problem.Travel[other][place]))];
    }

    /// <summary>Towns with a market that day.</summary>
    public int[] Candidates { get; }

    /// <summary>Opening times by town, earliest first.</summary>
    public (int Open, int Close)[][] Windows { get; }

    /// <summary>Opening times of a town on a day, earliest first.</summary>
    public static (int Open, int Close)[] WindowsOf(MarketTown town, int week, int weekday) =>
        [.. town.Windows.Where(w => w.IsHeld(week, weekday)).OrderBy(w => w.Open).ThenBy(w => w.Close).Select(w => (w.Open, w.Close))];

    /// <summary>Shortest way of every candidate to an end, by town: travel times need not keep the triangle inequality, so the way over other towns of the day counts (Dijkstra without heap).</summary>
    public int[] WaysTo(int end)
    {
        if (_ways.TryGetValue(end, out var known)) return known;
        var ways = new int[_problem.Towns.Count];
        foreach (var town in Candidates) ways[town] = _problem.Travel[_problem.Towns[town].Place][end];
        var open = Candidates.ToList();
        while (open.Count > 0)
        {
            var next = open.MinBy(town => ways[town]);
            open.Remove(next);
            foreach (var town in open)
                ways[town] = Math.Min(ways[town], ways[next] + _problem.Travel[_problem.Towns[town].Place][_problem.Towns[next].Place]);
        }
        return _ways[end] = ways;
    }

    /// <summary>What bounds the tours of a bus that day without listing them.</summary>
    public DayKnapsack Knapsack(MobileBus bus, int start, int end)
    {
        int Way(int c) => Math.Min(_problem.Travel[start][_problem.Towns[Candidates[c]].Place], _next[c]);
        var minutes = Candidates.Select((t, c) => _problem.Towns[t].VisitMinutes + (_shared[c] ? 0 : Way(c))).ToArray();
        var home = Candidates.Min(t => _problem.Travel[_problem.Towns[t].Place][end]);
        return new(Candidates, minutes, bus.ShiftEnd - bus.ShiftStart - Math.Min(home, _problem.Travel[start][end]));
    }
}
