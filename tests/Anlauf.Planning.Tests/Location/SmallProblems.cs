using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Random small problems and the plain enumeration that answers them.</summary>
internal static class SmallProblems
{
    public static LocationProblem Random(int seed)
    {
        var random = new Random(seed);
        var sites = random.Next(1, 9);
        var clients = random.Next(1, 10);
        var groups = random.Next(0, 3);
        var longest = random.Next(3) switch { 0 => 1, 1 => 9, _ => 500 };
        var distances = Enumerable.Range(0, sites * clients).Select(_ => random.Next(longest + 1)).ToArray();
        var weights = Enumerable.Range(0, clients).Select(_ => (long)random.Next(random.Next(2) == 0 ? 3 : 5000)).ToArray();
        var cost = random.Next(2) == 0 ? 1 : 9;
        return new LocationProblem(
            $"small{seed}", random.Next(2) == 0 ? LocationGoal.LeastTravel : LocationGoal.MostCovered,
            [.. Enumerable.Range(0, sites).Select(i => new CandidateSite($"{i}", cost == 1 ? 1 : random.Next(0, cost), groups == 0 ? -1 : random.Next(-1, groups),
                random.Next(12) switch { 0 => SiteRule.KeepOpen, 1 => SiteRule.Forbidden, _ => SiteRule.Free }))],
            [.. Enumerable.Range(0, groups).Select(g => new SiteGroup($"g{g}", random.Next(0, 3)))],
            weights, new TravelMatrix(sites, clients, distances), random.Next(0, cost * sites / 2 + 2), random.Next(longest + 1));
    }

    /// <summary>Best value over all subsets, or none when no subset keeps the rules.</summary>
    public static long? Best(LocationProblem problem)
    {
        long? best = null;
        for (var set = 0; set < 1 << problem.Sites.Count; set++)
        {
            var open = Enumerable.Range(0, problem.Sites.Count).Where(i => (set >> i & 1) != 0).ToArray();
            if (Value(problem, open) is not { } value) continue;
            best = best is null ? value : problem.Goal == LocationGoal.LeastTravel ? Math.Min(best.Value, value) : Math.Max(best.Value, value);
        }
        return best;
    }

    private static long? Value(LocationProblem problem, int[] open)
    {
        if (open.Sum(i => problem.Sites[i].Cost) > problem.Budget) return null;
        for (var i = 0; i < problem.Sites.Count; i++)
            if (problem.Sites[i].Rule == (open.Contains(i) ? SiteRule.Forbidden : SiteRule.KeepOpen)) return null;
        for (var g = 0; g < problem.Groups.Count; g++)
            if (open.Count(i => problem.Sites[i].Group == g) < problem.Groups[g].LeastOpen) return null;
        if (problem.Goal == LocationGoal.LeastTravel)
            return open.Length == 0 ? null : Enumerable.Range(0, problem.Weights.Count).Sum(j => problem.Weights[j] * open.Min(i => problem.Travel[i, j]));
        return Enumerable.Range(0, problem.Weights.Count).Where(j => open.Any(i => problem.Travel[i, j] <= problem.Reach)).Sum(j => problem.Weights[j]);
    }

    public static CapacitatedProblem RandomCapacitated(int seed)
    {
        var random = new Random(seed);
        var sites = random.Next(1, 6);
        var customers = random.Next(1, 7);
        return new CapacitatedProblem(
            $"cap{seed}",
            [.. Enumerable.Range(0, sites).Select(_ => (long)random.Next(1, 30))],
            [.. Enumerable.Range(0, sites).Select(_ => (decimal)random.Next(0, 100))],
            [.. Enumerable.Range(0, customers).Select(_ => (long)random.Next(0, 10))],
            [.. Enumerable.Range(0, sites * customers).Select(_ => random.Next(0, 1000) / 8m)]);
    }

    /// <summary>Cheapest plan over all subsets, each served unit by unit with Bellman and Ford; none when all are too small.</summary>
    public static decimal? Best(CapacitatedProblem problem)
    {
        decimal? best = null;
        for (var set = 1; set < 1 << problem.Capacities.Length; set++)
        {
            var open = Enumerable.Range(0, problem.Capacities.Length).Where(i => (set >> i & 1) != 0).ToArray();
            if (open.Sum(i => problem.Capacities[i]) < problem.Demands.Sum()) continue;
            var cost = open.Sum(i => problem.FixedCosts[i]) + UnitFlow.Cost(problem, open);
            if (best is null || cost < best) best = cost;
        }
        return best;
    }
}
