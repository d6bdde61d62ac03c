using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Assignment.Mentors;
using Anlauf.Planning.Assignment.Sponsors;
using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Location;
using Anlauf.Planning.Routes.MobileOffice;
using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Instances;

/// <summary>Problems of any size from a seed, for growth curves and rehearsals: the shapes of the product, no published instances.</summary>
public static class GeneratedProblems
{
    private const double TenthsPerKilometre = 13;

    /// <summary>Kinds by name: the size that stands for n, and the problem of n times that size.</summary>
    public static IReadOnlyDictionary<string, (string Size, Func<int, ulong, PlanTask> Make)> Kinds { get; } =
        new Dictionary<string, (string, Func<int, ulong, PlanTask>)>
        {
            ["median"] = ("100 places, 10 sites", (n, seed) => Location(100 * n, 10 * n, LocationGoal.LeastTravel, seed)),
            ["cover"] = ("100 places, 10 sites, reach 120 ÷ √n of a side of 1,000", (n, seed) => Location(100 * n, 10 * n, LocationGoal.MostCovered, seed)),
            ["median-costs"] = ("100 places in groups of at least one site, unequal costs", (n, seed) => Association(100 * n, LocationGoal.LeastTravel, seed)),
            ["cover-costs"] = ("100 places in groups of at least one site, unequal costs", (n, seed) => Association(100 * n, LocationGoal.MostCovered, seed)),
            ["median-capacities"] = ("100 places in groups of at least one site, unequal costs, sites for twice an even share", (n, seed) => Limited(100 * n, LocationGoal.LeastTravel, seed)),
            ["cover-capacities"] = ("100 places in groups of at least one site, unequal costs, sites for twice an even share", (n, seed) => Limited(100 * n, LocationGoal.MostCovered, seed)),
            ["cflp"] = ("10 sites, 30 customers", (n, seed) => Capacitated(10 * n, 30 * n, seed)),
            ["sponsor"] = ("3 members × 15 constituencies, ±10 %", (n, seed) => Sponsor(3 * n, 15 * n, 100, false, seed)),
            ["sponsor-contiguous"] = ("3 members × 15 constituencies, ±10 %", (n, seed) => Sponsor(3 * n, 15 * n, 100, true, seed)),
            ["gap"] = ("5 agents × 50 jobs, costs and loads uncorrelated", (n, seed) => Generalised(5 * n, 50 * n, seed)),
            ["mentor"] = ("250 mentors × 1,000 candidates", (n, seed) => Mentor(250 * n, 1000 * n, seed)),
            ["mentor-places"] = ("250 mentors × 625 candidates, more places than candidates", (n, seed) => Mentor(250 * n, 625 * n, seed)),
            ["mobile"] = ("300 towns, 1 bus, 2 weeks", (n, seed) => Mobile(300, 2 * n, 1, [], false, seed)),
            ["mobile-nights"] = ("300 towns, 2 buses, 2 weeks, 3 places for the night, minimum visits", (n, seed) => Mobile(300, 2 * n, 2, [1, 2, 3], true, seed)),
            ["op"] = ("16 points", (n, seed) => Orienteering(16 * n, 1, seed)),
            ["top"] = ("16 points, 3 tours", (n, seed) => Orienteering(16 * n, 3, seed)),
        };

    /// <summary>Places in a square, each a candidate of cost 1; sites and places grow together, so the reach shrinks with √n.</summary>
    private static PlanTask Location(int places, int sites, LocationGoal goal, ulong seed)
    {
        var random = new Random((int)seed);
        var points = Many(places, () => Point(random, 1000));
        var distances = points.SelectMany(a => points.Select(b => (int)Distance(a, b))).ToArray();
        var reach = (int)(1000 * 1.2 / Math.Sqrt(places));
        var problem = new LocationProblem($"{goal}-{places}", goal, Enumerable.Range(0, places).Select(i => new CandidateSite($"{i}", 1)).ToList(), [],
            Many(places, () => (long)Math.Exp(4 + (4 * random.NextDouble()))), new TravelMatrix(places, places, distances), sites, reach);
        return new(problem, limits => LocationSolver.Solve(problem, limits));
    }

    /// <summary>As an association asks: offices cost what rents are there, and every group of 25 places keeps one at least.</summary>
    private static PlanTask Association(int places, LocationGoal goal, ulong seed)
    {
        var problem = Offices(places, goal, seed);
        return new(problem, limits => LocationSolver.Solve(problem, limits));
    }

    /// <summary>The same with capacities: the dearer an office, the more it serves, twice what it must on average where the budget is spent.</summary>
    private static PlanTask Limited(int places, LocationGoal goal, ulong seed)
    {
        var offices = Offices(places, goal, seed);
        var problem = CapacitatedLocation.Make(offices, [.. offices.Sites.Select(site => (long?)(2 * offices.Weights.Sum() * site.Cost / offices.Budget))]);
        return new(problem, limits => CapacitatedSolver.Solve(problem, limits));
    }

    private static LocationProblem Offices(int places, LocationGoal goal, ulong seed)
    {
        var random = new Random((int)seed);
        var points = Many(places, () => Point(random, 1000));
        var groups = Enumerable.Range(0, (places / 25) + 1).Select(g => new SiteGroup($"{g}", 1)).ToList();
        var sites = Enumerable.Range(0, places).Select(i => new CandidateSite($"{i}", random.Next(60, 140), i % groups.Count)).ToList();
        var distances = points.SelectMany(a => points.Select(b => (int)Distance(a, b))).ToArray();
        return new LocationProblem($"{goal}-costs-{places}", goal, sites, groups,
            Many(places, () => (long)Math.Exp(4 + (4 * random.NextDouble()))), new TravelMatrix(places, places, distances), 10L * places, (int)(1000 * 1.2 / Math.Sqrt(places)));
    }

    private static PlanTask Capacitated(int sites, int customers, ulong seed)
    {
        var random = new Random((int)seed);
        var (from, to) = (Many(sites, () => Point(random, 100)), Many(customers, () => Point(random, 100)));
        var demand = Many(customers, () => (long)random.Next(10, 60));
        var problem = new CapacitatedProblem($"cflp-{sites}x{customers}", Many(sites, () => demand.Sum() / 3), Many(sites, () => (decimal)random.Next(300, 900)), demand,
            [.. from.SelectMany(a => to.Select((b, k) => (decimal)(demand[k] * (long)Distance(a, b))))]);
        return new(problem, limits => CapacitatedSolver.Solve(problem, limits));
    }

    /// <summary>Mentors and candidates with topics and distance.</summary>
    public static PlanTask Mentor(int mentors, int candidates, ulong seed)
    {
        var random = new Random((int)seed);
        (double X, double Y, int Topics) Person() => (random.NextDouble() * 200, random.NextDouble() * 200, random.Next(1 << 12) & random.Next(1 << 12));
        var (givers, takers) = (Many(mentors, Person), Many(candidates, Person));
        var score = new long[mentors * candidates];
        for (var c = 0; c < candidates; c++)
            for (var k = 0; k < mentors; k++)
                score[(c * mentors) + k] = Math.Max(0, (100 * System.Numerics.BitOperations.PopCount((uint)(givers[k].Topics & takers[c].Topics)))
                    + 300 - (long)(TenthsPerKilometre * double.Hypot(givers[k].X - takers[c].X, givers[k].Y - takers[c].Y) / 3));
        var problem = new MentorProblem($"mentor-{mentors}x{candidates}", Many(mentors, () => random.Next(1, 7)), score);
        return new(problem, limits => MentorSolver.Solve(problem, limits));
    }

    private static PlanTask Sponsor(int members, int areas, int permille, bool connected, ulong seed)
    {
        var random = new Random((int)seed);
        var places = Many(areas, () => Point(random, 200));
        var homes = Many(members, () => Point(random, 200));
        var population = Many(areas, () => (long)random.Next(55_000, 85_000));
        var cost = new long[members * areas];
        for (var m = 0; m < members; m++)
            for (var v = 0; v < areas; v++) cost[(m * areas) + v] = population[v] / 1000 * (long)(TenthsPerKilometre * Distance(homes[m], places[v]));
        // Gabriel graph: neighbours have no third place within the circle over their connection
        var neighbours = Enumerable.Range(0, areas).SelectMany(a => Enumerable.Range(a + 1, areas - a - 1).Select(b => (a, b)))
            .Where(p => !Enumerable.Range(0, areas).Any(c => c != p.a && c != p.b
                && Math.Pow(Distance(places[c], places[p.a]), 2) + Math.Pow(Distance(places[c], places[p.b]), 2) < Math.Pow(Distance(places[p.a], places[p.b]), 2))).ToList();
        var problem = new SponsorProblem($"sponsor-{members}x{areas}", members, population, cost, 0, 0, neighbours, connected).WithTolerance(permille);
        return new(problem, limits => SponsorSolver.Solve(problem, limits));
    }

    private static PlanTask Generalised(int agents, int jobs, ulong seed)
    {
        var random = new Random((int)seed);
        var weight = Many(agents * jobs, () => (long)random.Next(5, 26));
        var cost = Many(agents * jobs, () => (long)random.Next(10, 51));
        var capacity = Enumerable.Range(0, agents).Select(i => (long)(0.8 * weight.Skip(i * jobs).Take(jobs).Sum() / agents)).ToArray();
        var problem = new GeneralisedAssignmentProblem($"gap-{agents}x{jobs}", agents, jobs, cost, weight, new long[agents], capacity);
        return new(problem, limits => GeneralisedAssignmentSolver.Solve(problem, limits));
    }

    /// <summary>Mobile office with random market towns; some towns demand a visit when asked for.</summary>
    public static PlanTask Mobile(int towns, int weeks, int buses, int[] nights, bool demands, ulong seed)
    {
        var random = new Random((int)seed);
        var places = Many(towns, () => Point(random, 160));
        places[0] = (80, 80);
        var travel = places.Select(a => places.Select(b => (int)Math.Ceiling(TenthsPerKilometre * Distance(a, b) / 10)).ToArray()).ToArray();
        var markets = Enumerable.Range(0, towns).Select(t =>
        {
            var open = 450 + (30 * random.Next(4));
            var value = (long)Math.Exp(2 + (4 * random.NextDouble()));
            var least = demands && random.Next(30) == 0 ? 1 : 0;
            return new MarketTown($"T{t}", t, [new(random.Next(5), open, open + (30 * random.Next(7, 11)))], 90, demands ? [value, value / 3] : [value], least);
        }).ToArray();
        var problem = new MobileOfficeProblem($"mobile-w{weeks}b{buses}", travel, markets,
            [.. Enumerable.Range(1, buses).Select(b => new MobileBus($"Bus {b}", 0, 390, 990))], weeks, 5, nights);
        return new(problem, limits => MobileOfficeSolver.Solve(problem, limits));
    }

    private static PlanTask Orienteering(int points, int tours, ulong seed)
    {
        var random = new Random((int)seed);
        var list = Many(points, () => new ScoredPoint(random.NextDouble() * 20, random.NextDouble() * 20, random.Next(1, 40)));
        var problem = new OrienteeringProblem($"op-{points}x{tours}", list, 0, 0, tours, 50m / tours);
        return new(problem, limits => OrienteeringSolver.Solve(problem, limits));
    }

    private static (double X, double Y) Point(Random random, double side) => (random.NextDouble() * side, random.NextDouble() * side);

    private static double Distance((double X, double Y) a, (double X, double Y) b) => double.Hypot(a.X - b.X, a.Y - b.Y);

    private static T[] Many<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
}
