using Anlauf.Planning.Capacitated;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Transport cost by the textbook: one unit at a time along the cheapest path of the residual graph.</summary>
internal static class UnitFlow
{
    public static decimal Cost(CapacitatedProblem problem, int[] open)
    {
        int n = problem.Demands.Length, m = open.Length;
        decimal total = 0;
        var flow = new long[m, n];
        for (var j = 0; j < n; j++)
        {
            if (problem.Demands[j] == 0) total += open.Min(i => problem.Costs[i * n + j]);
            for (long unit = 0; unit < problem.Demands[j]; unit++) total += Send(problem, open, flow, j);
        }
        return total;
    }

    private static decimal Send(CapacitatedProblem problem, int[] open, long[,] flow, int customer)
    {
        int n = problem.Demands.Length, m = open.Length;
        decimal Unit(int a, int j) => problem.Costs[open[a] * n + j] / problem.Demands[j];
        var distance = Enumerable.Range(0, m).Select(a => Unit(a, customer)).ToArray();
        var via = Enumerable.Repeat((Site: -1, Customer: customer), m).ToArray();
        for (var round = 0; round < m; round++)
            for (var a = 0; a < m; a++)
                for (var j = 0; j < n; j++)
                    for (var b = 0; b < m && flow[a, j] > 0; b++)
                        if (distance[a] - Unit(a, j) + Unit(b, j) < distance[b] - 1e-15m)
                            (distance[b], via[b]) = (distance[a] - Unit(a, j) + Unit(b, j), (a, j));
        var sink = Enumerable.Range(0, m).Where(a => Enumerable.Range(0, n).Sum(j => flow[a, j]) < problem.Capacities[open[a]]).MinBy(a => distance[a]);
        for (var b = sink; ; b = via[b].Site)
        {
            flow[b, via[b].Customer]++;
            if (via[b].Site < 0) return distance[sink];
            flow[via[b].Site, via[b].Customer]--;
        }
    }
}
