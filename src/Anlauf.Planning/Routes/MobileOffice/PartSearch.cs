using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>Bound and plan of one part and how far its proof has come.</summary>
internal sealed class PartSearch
{
    private const long MostProofNodes = 64_000_000;
    private const int FirstChoices = 100_000, MostChoices = 1_600_000, MostTours = 4_000;
    private readonly TourMaster _part;
    private readonly VisitValue _visits;
    private readonly DualSearch _dual;
    private readonly PlanSearch _primal;
    private readonly bool _listable;
    private long _nodes;
    private int _rounds;
    private CoveringProof? _covered;
    private IReadOnlyList<BusDay>? _days;
    private long? _known;
    private int _choices = FirstChoices;

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

    public long Value => _known ?? _primal.Value;

    // without a plan the bound may show that there is none
    private long Target() => Math.Max(-1, Value);

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

    /// <summary>The days of the best plan.</summary>
    public IReadOnlyList<BusDay> BestDays() => _days ?? new Timetable(_part.Problem).Plan(_primal.Best).Days;

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
        var result = LocationSolver.Solve(TourCovering.Problem(_part, _visits), clock.Share(share));
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

    /// <summary>
    /// Small parts that are not proven otherwise: every choice of tours. Also where a plan counts on leaving a town out that the bus
    /// must pass through, which travel times that break the triangle inequality bring about: its days are worth less than it says.
    /// </summary>
    public void Enumerate(SearchClock clock)
    {
        if (_part.Towns.Length == 0 || Impossible || _choices > MostChoices || clock.Exhausted || !EveryTimetable.Fits(_part.Problem, _part.Towns)) return;
        if (_part.Groups.Sum(g => g.Lists.Sum(day => day.Sum(from => from.Sum(list => list is { Relaxation: null } ? list.Count : list is null ? 0 : MostTours)))) > MostTours) return;
        var days = Value < 0 ? null : BestDays();
        var value = days is null ? -1 : MobileOfficeChecker.ValueOf(_part.Problem, new(days));
        if (value >= Bound) return;
        var every = new EveryTimetable(_part.Problem, _part.Towns, [.. _part.Groups.Select(g => new EveryTimetable.Stretch(_part.Problem.Buses[g.Copies[0].Bus], g.Copies, g.Weekdays))],
            Prices, _dual.Scale, _choices, () => !clock.Exhausted);
        _choices *= 4;
        if (!every.Find(value, out var better)) return;
        var timetable = new Timetable(_part.Problem);
        if (better is not null) days = [.. better.Select(d => timetable.Day(d.Bus, d.Week, d.Weekday, d.From, d.To, d.Towns)!).Where(d => d.Stops.Count > 0 || d.From != d.To)];
        (_days, _known) = (days, days is null ? _primal.Value : MobileOfficeChecker.ValueOf(_part.Problem, new(days)));
        (Searched, _covered) = (true, null);
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
            Enumerate(clock);
            if (!Done && _listable && _nodes < MostProofNodes / 4) Prove(_nodes * 4, clock); // the checker has to search as much
        }
    }

    private static long Floor(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);
}
