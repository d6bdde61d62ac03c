using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>Mobile office: lists day tours, prices them, chooses with proof; where a proof is too long, the best plan with a bound.</summary>
public static class MobileOfficeSolver
{
    private const int MostInList = 400_000, MostInAll = 60_000_000;
    private const double ListingShare = 0.5;
    private const long ProofNodes = 3_000_000;

    /// <summary>Solves the problem.</summary>
    /// <param name="problem">the problem</param>
    /// <param name="limits">time, iterations, seed</param>
    /// <param name="warm">certificate of a similar problem (same towns, one thing changed): its prices are the start</param>
    public static PlanResult Solve(MobileOfficeProblem problem, SearchLimits limits, MobileOfficeCertificate? warm = null) => Solve(problem, limits, warm, ProofNodes);

    /// <param name="problem">the problem</param>
    /// <param name="limits">time, iterations, seed</param>
    /// <param name="warm">certificate of a similar problem</param>
    /// <param name="nodes">nodes of the exhaustive choice before a part is seen as covering; none, and it is seen so at once</param>
    internal static PlanResult Solve(MobileOfficeProblem problem, SearchLimits limits, MobileOfficeCertificate? warm, long nodes)
    {
        var clock = limits.Start();
        var value = new VisitValue(problem);
        var slots = (long)problem.Buses.Count * problem.Weeks * problem.DaysPerWeek;
        var scale = 1L << 16;
        while (scale > 1 && (Int128)scale * (2 * value.Total + 1) * 8 * slots > long.MaxValue / 4) scale /= 2;
        var until = limits.Time == Timeout.InfiniteTimeSpan ? TimeSpan.FromDays(365) : limits.Time * ListingShare;
        var listing = new ListingBudget(MostInList, MostInAll, TourMaster.ListsOf(problem), () => limits.Cancellation.IsCancellationRequested ? until : clock.Elapsed, until);
        var parts = TourMaster.Build(problem, listing)
            .Select(part => new PartSearch(part, value, scale, limits.Seed, warm, clock)).ToList();
        if (Unreachable(problem, value, parts) is { } town) return Impossible(problem, [], scale, town, [], [], clock);
        Improve(parts, nodes, clock);

        var prices = new long[problem.Towns.Count];
        foreach (var part in parts)
            foreach (var t in part.Towns) prices[t] = part.Prices[t];
        if (parts.Any(p => p.Impossible))
            return Impossible(problem, prices, scale, null, [.. parts.Where(p => p.Impossible && p.Searched).Select(p => p.Towns[0])],
                [.. parts.Where(p => p.Impossible).Select(p => p.Covering).OfType<CoveringProof>()], clock);
        var bound = parts.Sum(p => p.Bound);
        if (parts.Any(p => p.Value < 0))
            return new() { Instance = problem.Instance, Status = PlanStatus.Unknown, Bound = bound, Seconds = clock.Elapsed.TotalSeconds };
        var plan = new MobileOfficePlan([.. parts.SelectMany(p => p.BestDays()).OrderBy(d => (d.Bus, d.Week, d.Weekday))]);
        var objective = MobileOfficeChecker.ValueOf(problem, plan);
        var status = objective == bound ? PlanStatus.Optimal : PlanStatus.Feasible;
        return new()
        {
            Instance = problem.Instance,
            Objective = objective,
            Bound = bound,
            Status = status,
            Seconds = clock.Elapsed.TotalSeconds,
            Solution = plan,
            Certificate = new MobileOfficeCertificate
            {
                Instance = problem.Instance,
                Status = status,
                Objective = objective,
                Bound = bound,
                Plan = plan,
                Prices = prices,
                Scale = scale,
                Searched = [.. parts.Where(p => p.Searched).Select(p => p.Towns[0])],
                Coverings = [.. parts.Select(p => p.Covering).OfType<CoveringProof>()],
            },
        };
    }

    private static void Improve(List<PartSearch> parts, long nodes, SearchClock clock)
    {
        if (nodes > 0)
            foreach (var part in parts) part.Open(clock);
        Report();
        foreach (var part in parts) part.Prove(nodes, clock);
        // the largest last: what the others leave of their time is its own
        var left = parts.Where(p => !p.Done && p.Coverable).OrderBy(p => p.Towns.Length).ToList();
        for (var k = 0; k < left.Count; k++)
        {
            left[k].Cover(clock, 1.0 / (left.Count - k));
            Report();
        }
        foreach (var part in parts.Where(p => nodes == 0 && !p.Done)) part.Open(clock);
        foreach (var part in parts) part.Enumerate(clock);
        while (!clock.Exhausted && parts.Any(p => !p.Done))
        {
            // no part may hold up the others
            foreach (var part in parts.Where(p => !p.Done)) part.Round(clock);
            Report();
        }

        void Report() => clock.Report(parts.Any(p => p.Value < 0) ? null : parts.Sum(p => p.Value), parts.Sum(p => p.Bound));
    }

    private static int? Unreachable(MobileOfficeProblem problem, VisitValue value, List<PartSearch> parts)
    {
        var reached = new bool[problem.Towns.Count];
        foreach (var town in parts.SelectMany(p => p.Towns)) reached[town] = true;
        for (var town = 0; town < reached.Length; town++)
            if (!reached[town] && value.Least(town) > 0) return town;
        return null;
    }

    private static PlanResult Impossible(MobileOfficeProblem problem, long[] prices, long scale, int? town, int[] searched, CoveringProof[] coverings, SearchClock clock) => new()
    {
        Instance = problem.Instance,
        Status = PlanStatus.Infeasible,
        Seconds = clock.Elapsed.TotalSeconds,
        Certificate = new MobileOfficeCertificate
        {
            Instance = problem.Instance,
            Status = PlanStatus.Infeasible,
            Plan = new([]),
            Prices = prices,
            Scale = scale,
            Searched = searched,
            Coverings = coverings,
            UnreachableTown = town,
        },
    };
}
