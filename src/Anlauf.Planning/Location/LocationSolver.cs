using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Location;

/// <summary>
/// Solves location problems: Lagrangian bound, swaps for plans, branch and bound for the proof
/// (see <see cref="Relaxation"/>, <see cref="SwapSearch"/>, <see cref="BranchAndBound"/>).
/// </summary>
public static class LocationSolver
{
    /// <summary>Best plan and bound within the limits, with several threads by two ways at once, or by one tree that all of them work on where people are to be covered. Iterations are evaluations of the relaxation or 64 looks at a swap.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="limits">time, iterations, seed, cancellation</param>
    /// <param name="start">
    /// <see cref="LocationPlan.Start"/> of a similar problem; one with other numbers of sites or clients is not used.
    /// It changes only how fast the answer comes, never whether it is proven.
    /// </param>
    public static PlanResult Solve(LocationProblem problem, SearchLimits limits, LocationStart? start = null)
    {
        var clock = limits.Start();
        var most = NearestSites.Most(problem);
        for (var nearest = Math.Min(most, NearestSites.Count(problem)); ; nearest = Math.Min(most, nearest * NearestSites.Wider))
        {
            if (nearest >= problem.Sites.Count) nearest = int.MaxValue;
            var affordable = NearestSites.Affordable(problem, nearest, clock);
            if (Search(problem, limits, clock, start, affordable, isLast: affordable < nearest || nearest >= most) is { } result) return result;
        }
    }

    /// <summary>One search among the nearest sites of each client; none where these turn out to be too few.</summary>
    private static PlanResult? Search(LocationProblem problem, SearchLimits limits, SearchClock clock, LocationStart? start, int nearest, bool isLast)
    {
        var (root, kept, isCut) = Prepare(problem, nearest, clock);
        if (IsInfeasible(problem, root, kept.Length)) return Infeasible(problem, clock);

        var units = new Units(problem, root.Scale);
        var incumbent = new Incumbent(root, limits.Seed, clock, value => clock.Report(units.Value(value), null));
        if (start is not null && (start.Multipliers.Count != problem.Weights.Count || start.Open.Any(i => i >= problem.Sites.Count))) start = null;
        incumbent.TryPlan(start?.Open ?? (clock.Exhausted ? ByWeight(problem) : []));
        int[] Open() => [.. kept.Concat(incumbent.Plan).Order()];
        bool IsTooNear(IReadOnlyList<int> sites) => isCut && (sites.Count == 0 || NearestSites.Value(problem, sites) > incumbent.Value / root.Scale);
        if (!isLast && !clock.Exhausted && IsTooNear(Open())) return null;
        var tree = new BranchAndBound(root, incumbent, clock);
        var proof = start is null ? tree.Run(incumbent.Multipliers(), 0) : tree.RunFrom(start);
        var bound = Math.Min(tree.OpenBound, incumbent.Value);
        var open = Open();
        if (!isLast && !clock.Exhausted && IsTooNear(open)) return null;
        // where every site is equally far none needs to open for the value, but somebody has to be travelled to
        if (open.Length == 0 && problem.Goal == LocationGoal.LeastTravel) open = [root.SiteIds[Array.IndexOf(root.SiteCost, root.SiteCost.Min())]];
        var plan = new LocationPlan(open, [.. open.Select(i => problem.Sites[i].Name)], open.Sum(i => problem.Sites[i].Cost))
        {
            Start = tree.RootMultipliers is { } multipliers ? new LocationStart(open, multipliers, tree.RootPrice, root.Scale) { History = tree.History } : null,
        };
        var objective = isCut ? NearestSites.Value(problem, open) : units.Value(incumbent.Value);
        var proven = units.Bound(bound);
        var status = proven == objective ? PlanStatus.Optimal : PlanStatus.Feasible;
        clock.Report(objective, proven);
        var seconds = clock.Elapsed.TotalSeconds;
        return new PlanResult
        {
            Instance = problem.Instance,
            Objective = objective,
            Bound = proven,
            Status = status,
            Seconds = seconds,
            Solution = plan,
            Certificate = new LocationCertificate
            {
                Instance = problem.Instance,
                Objective = objective,
                Bound = proven,
                Status = status,
                Open = open,
                Scale = root.Scale,
                // that no plan costs less than nothing needs no proof
                Proof = bound > 0 ? ProofWriter.Write(proof) : "",
            },
        };
    }

    /// <summary>The core without the sites to keep open, these sites, and whether it is made of the nearest sites only. A method of its own: what is not needed later takes no room.</summary>
    private static (LocationCore Root, int[] Kept, bool IsCut) Prepare(LocationProblem problem, int nearest, SearchClock clock)
    {
        var whole = CoreBuilder.Build(problem, nearest, clock);
        var decisions = Array.ConvertAll(whole.SiteIds, i => problem.Sites[i].Rule == SiteRule.KeepOpen ? Decision.Open : Decision.Free);
        int[] kept = [.. whole.SiteIds.Where((_, i) => decisions[i] == Decision.Open)];
        var isReduced = kept.Length == 0 && !whole.IsCovering && Enumerable.Range(0, whole.Clients).All(j => whole.Start[j] < whole.Start[j + 1] && whole.PairCost[whole.Start[j + 1] - 1] > 0);
        return (isReduced ? whole : CoreReduction.Apply(whole, decisions, null, out _), kept, whole.IsCut);
    }

    /// <summary>Where there is no time to look for a plan: the sites where most people live for what they cost.</summary>
    private static IEnumerable<int> ByWeight(LocationProblem problem) => problem.Travel is not GeoTravel ? []
        : Enumerable.Range(0, problem.Sites.Count).OrderByDescending(i => problem.Weights[i] / (1.0 + problem.Sites[i].Cost));

    private static bool IsInfeasible(LocationProblem problem, LocationCore root, int kept)
    {
        var least = Implications.LeastCost(root, out _);
        if (least > root.Budget || root.Budget < 0) return true;
        // somebody must be travelled to
        return problem.Goal == LocationGoal.LeastTravel && kept == 0 && least == 0
            && root.GroupNeed.All(n => n == 0) && (root.Sites == 0 || root.SiteCost.Min() > root.Budget);
    }

    private static PlanResult Infeasible(LocationProblem problem, SearchClock clock) => new()
    {
        Instance = problem.Instance,
        Status = PlanStatus.Infeasible,
        Seconds = clock.Elapsed.TotalSeconds,
        Certificate = new LocationCertificate { Instance = problem.Instance, Status = PlanStatus.Infeasible, Open = [], Scale = 1, Proof = "" },
    };

    /// <summary>From scaled cost to the value people ask for.</summary>
    private readonly struct Units(LocationProblem problem, long scale)
    {
        public decimal Value(long cost) => problem.Goal == LocationGoal.MostCovered
            ? problem.Weights.Sum() - cost / scale
            : cost / scale;

        /// <summary>Values are whole, so a bound may be rounded up (least) or down (most).</summary>
        public decimal Bound(long cost)
        {
            var whole = cost <= 0 ? 0 : (cost + scale - 1) / scale;
            return problem.Goal == LocationGoal.MostCovered ? problem.Weights.Sum() - whole : whole;
        }
    }
}
