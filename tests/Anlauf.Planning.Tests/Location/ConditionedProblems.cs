using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Random small problems with capacities, groups, budget and rules, and the plain enumeration that answers them.</summary>
internal static class ConditionedProblems
{
    /// <param name="seed">makes the problem</param>
    /// <param name="factor">multiplies demands, capacities and costs, and with them the value of every plan</param>
    public static CapacitatedProblem Random(int seed, long factor = 1)
    {
        var random = new Random(seed);
        var (sites, customers, kind) = (random.Next(1, 8), random.Next(1, 7), random.Next(5));
        var most = random.Next(6) == 0 ? 1 : 10;
        long[] demands = [.. Enumerable.Range(0, customers).Select(_ => (long)random.Next(0, most))];
        var room = random.Next(1, 4) * (int)(demands.Sum() / sites + 1);
        decimal Cost(int j) => kind switch { 0 => 7 * Math.Max(1, demands[j]), 1 => random.Next(0, 9) * Math.Max(1, demands[j]), _ => random.Next(0, 1000) / 8m };
        return new CapacitatedProblem(
            $"conditioned{seed}",
            [.. Enumerable.Range(0, sites).Select(_ => factor * (random.Next(5) == 0 ? 0 : random.Next(0, room + 1)))],
            [.. Enumerable.Range(0, sites).Select(_ => kind == 1 ? 0m : factor * random.Next(0, 100))],
            [.. demands.Select(d => factor * d)],
            [.. Enumerable.Range(0, sites).SelectMany(_ => Enumerable.Range(0, customers).Select(j => Cost(j) * factor))],
            Conditions(random, sites));
    }

    private static SiteConditions Conditions(Random random, int sites)
    {
        var (groups, dearest) = (random.Next(0, 3), random.Next(3) switch { 0 => 1, 1 => 9, _ => 2000 });
        return new(
            [.. Enumerable.Range(0, sites).Select(i => new CandidateSite($"{i}", dearest == 1 ? 1 : random.Next(0, dearest), groups == 0 ? -1 : random.Next(-1, groups),
                random.Next(12) switch { 0 => SiteRule.KeepOpen, 1 => SiteRule.Forbidden, _ => SiteRule.Free }))],
            [.. Enumerable.Range(0, groups).Select(g => new SiteGroup($"g{g}", random.Next(0, 3)))],
            random.Next(4) == 0 ? null : random.Next(0, dearest * sites / 2 + 2));
    }

    /// <summary>True when a set of sites keeps rules, groups and budget.</summary>
    public static bool Keeps(SiteConditions conditions, int[] open)
    {
        for (var i = 0; i < conditions.Sites.Count; i++)
            if (conditions.Sites[i].Rule == (open.Contains(i) ? SiteRule.Forbidden : SiteRule.KeepOpen)) return false;
        for (var g = 0; g < conditions.Groups.Count; g++)
            if (open.Count(i => conditions.Sites[i].Group == g) < conditions.Groups[g].LeastOpen) return false;
        return open.Length > 0 && !(open.Sum(i => conditions.Sites[i].Cost) > conditions.Budget);
    }

    /// <summary>Cheapest plan over all subsets, each served unit by unit; none when no subset keeps the conditions.</summary>
    public static decimal? Best(CapacitatedProblem problem)
    {
        decimal? best = null;
        foreach (var open in Subsets(problem.Capacities.Length))
        {
            if (!Keeps(problem.Conditions, open) || open.Sum(i => problem.Capacities[i]) < problem.Demands.Sum()) continue;
            var cost = open.Sum(i => problem.FixedCosts[i]) + UnitFlow.Cost(problem, open);
            if (best is null || cost < best) best = cost;
        }
        return best;
    }

    /// <summary>A random location problem of few inhabitants and what its sites can serve.</summary>
    public static (LocationProblem Problem, long?[] Capacities) RandomLocation(int seed, LocationGoal goal)
    {
        var random = new Random(seed);
        var (sites, clients) = (random.Next(1, 7), random.Next(1, 7));
        var conditions = Conditions(random, sites);
        var problem = new LocationProblem($"limited{seed}", goal, conditions.Sites, conditions.Groups,
            [.. Enumerable.Range(0, clients).Select(_ => (long)random.Next(0, 6))],
            new TravelMatrix(sites, clients, [.. Enumerable.Range(0, sites * clients).Select(_ => random.Next(20))]), conditions.Budget ?? 10_000, random.Next(3, 15));
        return (problem, [.. Enumerable.Range(0, sites).Select(_ => random.Next(5) == 0 ? (long?)null : random.Next(0, 15))]);
    }

    /// <summary>Most inhabitants served within reach and capacity over all subsets, found one by one along changing paths.</summary>
    public static long? MostServed(LocationProblem problem, long?[] capacities)
    {
        long? best = null;
        var conditions = new SiteConditions([.. problem.Sites, new CandidateSite("", 0)], problem.Groups, problem.Budget);
        foreach (var open in Subsets(problem.Sites.Count).Append([]))
        {
            // a plan that serves nobody needs no site
            if (!Keeps(conditions, [.. open, problem.Sites.Count])) continue;
            var people = Enumerable.Range(0, problem.Weights.Count).SelectMany(j => Enumerable.Repeat(j, (int)problem.Weights[j])).ToArray();
            var at = open.ToDictionary(i => i, _ => new List<int>());
            long served = people.Where((_, person) => Seat(person, [])).LongCount();
            if (best is null || served > best) best = served;

            bool Seat(int person, HashSet<int> seen)
            {
                foreach (var i in open)
                {
                    if (problem.Travel[i, people[person]] > problem.Reach || !seen.Add(i)) continue;
                    if (at[i].Count >= (capacities[i] ?? long.MaxValue))
                    {
                        var k = at[i].FindIndex(other => Seat(other, seen));
                        if (k < 0) continue;
                        at[i].RemoveAt(k);
                    }
                    at[i].Add(person);
                    return true;
                }
                return false;
            }
        }
        return best;
    }

    private static IEnumerable<int[]> Subsets(int sites) =>
        Enumerable.Range(1, (1 << sites) - 1).Select(set => Enumerable.Range(0, sites).Where(i => (set >> i & 1) != 0).ToArray());
}
