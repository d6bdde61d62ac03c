using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

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
        var plan = new Timetable(problem).Plan(parts.SelectMany(p => p.Best));
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

/// <summary>Bound and plan of one part and how far its proof has come.</summary>
internal sealed class PartSearch
{
    private const long MostProofNodes = 64_000_000;
    private readonly TourMaster _part;
    private readonly VisitValue _visits;
    private readonly DualSearch _dual;
    private readonly PlanSearch _primal;
    private readonly bool _listable;
    private long _nodes;
    private int _rounds;
    private CoveringProof? _covered;

    public PartSearch(TourMaster part, VisitValue visits, long scale, ulong seed, MobileOfficeCertificate? warm, SearchClock clock)
    {
        (_part, _visits) = (part, visits);
        _dual = new(part, visits, scale);
        if (warm is not null) _dual.StartFrom(warm.Prices, warm.Scale);
        _primal = new(part, visits, seed, clock);
        _listable = ListSearch.Fits(part, visits);
        Coverable = TourCovering.Fits(part, visits);
    }

    public int[] Towns => _part.Towns;

    public long[] Prices => _dual.Prices;

    public long Value => _primal.Value;

    // without a plan the bound may show that there is none
    private long Target() => Math.Max(-1, _primal.Value);

    private int Days => _part.Groups.Max(g => g.Weekdays.Length);

    /// <summary>True when an exhaustive search showed that no plan is better; the bound is then the value.</summary>
    public bool Searched { get; private set; }

    /// <summary>Proof as maximal covering where it says more than prices and search do.</summary>
    public CoveringProof? Covering => _covered?.Bound < BoundOfPrices ? _covered : null;

    /// <summary>True when <see cref="Cover"/> suits the part.</summary>
    public bool Coverable { get; }

    public long Bound => Covering?.Bound ?? BoundOfPrices;

    private long BoundOfPrices => Searched ? Math.Max(-1, Value) : _part.Towns.Length == 0 ? 0 : Floor(_dual.Bound, _dual.Scale);

    /// <summary>True when it is proven that demanded visits cannot all be made.</summary>
    public bool Impossible => Bound < 0;

    public bool Done => _part.Towns.Length == 0 || Value >= Bound || Impossible;

    public IEnumerable<(TourGroup, int, DayChoice[])> Best => _primal.Best;

    public void Open(SearchClock clock)
    {
        if (_part.Towns.Length == 0) return;
        _primal.Run(60, long.MaxValue, clock);
        _dual.Run(Target, 1500, clock);
        if (!Done) _primal.Run(150, Bound, clock);
    }

    /// <summary>Looks for a plan and a bound as for maximal covering.</summary>
    public void Cover(SearchClock clock, double share)
    {
        var result = LocationSolver.Search(TourCovering.Problem(_part, _visits), clock.Share(share), null, new(0, false));
        var surplus = TourCovering.Surplus(_part, _visits);
        _primal.Adopt([.. ((LocationPlan)result.Solution!).Open.Select(tour => (0, tour))]);
        var proof = (LocationCertificate)result.Certificate!;
        _covered = new(Towns[0], (long)result.Bound!.Value - surplus, proof.Scale, proof.Proof);
    }

    public void Prove(long nodes, SearchClock clock)
    {
        if (Done || !_listable || nodes == 0) return;
        _nodes = nodes;
        while (!Done && !clock.Exhausted) // without prices a plan found may be no better
        {
            var (plan, proven) = ListSearch.Find(_part, _visits, _dual, Math.Max(0, Value + 1), nodes, clock);
            if (plan is not null) _primal.Adopt(plan);
            else
            {
                Searched = proven;
                return;
            }
        }
    }

    public void Round(SearchClock clock)
    {
        // covering counts one visit to a town: where more are worth something the other search has its turn
        if (Days > 1 && (_rounds % 8 == 7 || _part.Towns.All(t => _visits.Most(t) == 1))) _primal.Vary(_rounds, Prices, clock);
        else _primal.Run(300, Bound, clock);
        if (Done) return;
        if (++_rounds % 8 == 0)
        {
            _dual.StartFrom(_dual.Prices, _dual.Scale);
            _dual.Run(Target, 500, clock);
            if (_listable && _nodes < MostProofNodes / 4) Prove(_nodes * 4, clock); // the checker has to search as much
        }
    }

    private static long Floor(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);
}
