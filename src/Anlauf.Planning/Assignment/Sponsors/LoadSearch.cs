using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Best plan without connected areas. Multipliers from a coarse knapsack relaxation; then every (member, set) is listed
/// whose price leaves room for a plan of cost at most T, and the list is searched. T starts at the best plan known, or
/// lower where the list would grow too long, and rises until a plan is found or none can be better.
/// </summary>
internal sealed partial class LoadSearch
{
    /// <summary>So many columns left in a node are tried one by one.</summary>
    public const int Exhaustible = 2_000;

    private const int FirstList = 25_000, WholeList = 250_000, SecondList = 400_000, LongestList = 6_000_000;
    private const int FirstPart = 1;
    private const int MostProofBytes = 64 << 20;
    private readonly SponsorProblem _problem;
    private readonly SearchClock _clock;
    private readonly Incumbent _incumbent;
    private readonly LocalSearch _local;
    private readonly PricedSets _priced;
    private readonly long[] _u;
    private readonly double[] _shares;
    private readonly int _workers, _exhaustible;
    private ColumnProof? _proof;

    private LoadSearch(SponsorProblem problem, SearchClock clock, int workers, int exhaustible)
    {
        (_problem, _clock, _workers, _exhaustible) = (problem, clock, workers, exhaustible);
        _incumbent = new(problem.Relaxed);
        _local = new(problem.Relaxed, _incumbent);
        _u = new long[problem.Constituencies];
        _shares = new double[problem.Constituencies * problem.Members];
        var largest = problem.Cost.Max(c => Math.Abs((decimal)c)) * problem.Constituencies;
        var scale = 64;
        while (scale > 1 && largest * scale > 1L << 50) scale /= 2;
        _priced = new(problem, scale, workers);
    }

    /// <summary>The best plan with its proof, or what was reached; none when this way does not suit the problem.</summary>
    /// <param name="problem">a problem without connected areas</param>
    /// <param name="clock">one iteration is one node of a search</param>
    /// <param name="before">certificate of a similar problem to start from</param>
    /// <param name="workers">most threads; what is found does not depend on them</param>
    /// <param name="exhaustible">so many columns left in a node are tried one by one; few make a small problem branch like a large one</param>
    public static SponsorCertificate? Find(SponsorProblem problem, SearchClock clock, SponsorCertificate? before, int workers, int exhaustible = Exhaustible)
    {
        if (problem.Constituencies > PricedSets.MostConstituencies || problem.Members < 2 || problem.MaxLoad < 1) return null;
        var search = new LoadSearch(problem, clock, workers, exhaustible);
        search.Begin(before);
        return search._incumbent.Exists && search.Search() ? search.Certificate() : null;
    }

    private void Begin(SponsorCertificate? before)
    {
        var n = _problem.Constituencies;
        if (before?.MemberOf is { } plan && plan.Count == n)
        {
            for (var v = 0; v < n; v++)
                _local.Plan[v] = plan[v] >= 0 && plan[v] < _problem.Members && _problem.Relaxed.Allows(plan[v], v) ? plan[v] : -1;
            _local.Improve();
        }
        if (!_incumbent.Exists)
        {
            _local.Plan.Fill(-1);
            _local.Improve();
        }
        var warm = before?.Start is { } start && start.Count == n && start.All(double.IsFinite) ? start : null;
        for (var v = 0; v < n; v++)
            _u[v] = warm is null ? 0 : (long)Math.Round(Math.Clamp(warm[v] * _priced.Scale, -(double)(1L << 50), 1L << 50));
        if (warm is null || !_incumbent.Exists) ClimbCoarsely();
    }

    // multipliers of relaxations with few cells per table, and plans repaired from their solutions
    private void ClimbCoarsely()
    {
        for (var v = 0; v < _u.Length; v++)
            _u[v] = _priced.Scale * Enumerable.Range(0, _problem.Members).Select(m => _problem.Cost[(m * _u.Length) + v]).Order().Skip(1).First();
        ClimbCoarsely(256, 120, 4);
        if (_incumbent.Exists) ClimbCoarsely(1024, 30, 1);
    }

    private void ClimbCoarsely(int cells, int steps, int reach)
    {
        var model = new ScaledModel(_problem.Relaxed, cells);
        var calls = 0;
        var repairs = new Repairs(_problem.Relaxed);
        var ascent = new DualAscent(model, new Relaxation(model))
        {
            Relaxed = relaxation =>
            {
                if ((++calls & (calls - 1)) != 0 && calls % 64 != 0) return;
                var prices = new double[_problem.Members];
                relaxation.PriceCapacity(prices);
                repairs.Add([.. relaxation.TakenBy], prices);
            },
        };
        var u = _u.Select((value, v) => Math.Clamp((long)Math.Round(value * ((double)model.Scale / _priced.Scale)), model.Low[v], model.High[v])).ToArray();
        var target = _incumbent.Exists ? _incumbent.Cost : _problem.Relaxed.CostlierThanAny;
        ascent.Climb(u, new CandidateSet(_problem.Relaxed), target * model.Scale, (target + 1) * model.Scale, steps, 10, reach);
        repairs.Run(_workers, _incumbent);
        for (var v = 0; v < u.Length; v++) _u[v] = (long)Math.Round(u[v] * ((double)_priced.Scale / model.Scale));
    }

    // false when the lists grow too long for this way
    private bool Search()
    {
        var bound = Sharpen();
        TryNearest(bound);
        Keep(CeilingDivide(bound, _priced.Scale) - 1, ProofOfBound());
        var most = FirstList;
        var step = Math.Max(1, (_incumbent.Cost - _proof!.Threshold) / FirstPart);
        while (_proof.Threshold < _incumbent.Cost - 1 && !_clock.Exhausted)
        {
            var (from, wanted) = (CeilingDivide(bound, _priced.Scale) - 1, _incumbent.Cost - 1);
            var threshold = Math.Min(wanted, from + step);
            if (threshold <= _proof.Threshold)
            {
                // nothing as near as that is new: longer lists, or another way
                if (most >= LongestList) return false;
                most *= 4;
                step = Math.Max(4 * step, _proof.Threshold - from + 1);
                continue;
            }
            // all that is left at once where it is not much, a short list first otherwise
            var whole = threshold == wanted && most == FirstList;
            var columns = _priced.List(_u, (threshold * _priced.Scale) - bound, whole ? WholeList : most, whole);
            if (columns is null)
            {
                // too long: a nearer threshold leaves less
                step = Math.Max(1, (threshold - from) * 3 / 5);
                continue;
            }
            var writer = new ProofWriter(MostProofBytes);
            var tree = new ColumnTree(_problem, columns, writer, _workers, () => _clock.Step()) { Exhaustible = _exhaustible, Basis = _basis };
            var finished = tree.Run(_u, threshold);
            if (tree.Best is { } better) _incumbent.Offer(better);
            if (!finished) return true;
            if (writer.Overflown) return false;
            Keep(tree.Threshold, writer.ToArray());
            step = most == FirstList ? wanted - from : (threshold - from) * 2;
            most = Math.Max(most, SecondList);
        }
        return true;
    }

    private byte[] ProofOfBound()
    {
        var writer = new ProofWriter(MostProofBytes);
        writer.WritePass(_u, new long[_u.Length]);
        writer.WriteClose();
        return writer.ToArray();
    }

    private void Keep(long threshold, byte[] tree)
    {
        if (_proof is null || threshold > _proof.Threshold) _proof = new(threshold, _priced.Scale, tree);
        _clock.Report(_incumbent.Cost, Math.Min(_proof.Threshold + 1, _incumbent.Cost));
    }

    private SponsorCertificate Certificate()
    {
        var bound = Math.Min(_proof!.Threshold + 1, _incumbent.Cost);
        return new()
        {
            Instance = _problem.Instance,
            Objective = _incumbent.Cost,
            Bound = bound,
            Status = bound == _incumbent.Cost ? PlanStatus.Optimal : PlanStatus.Feasible,
            MemberOf = [.. _incumbent.AgentOf],
            Columns = _proof,
            Start = [.. _u.Select(u => (double)u / _priced.Scale)],
        };
    }

    private static long CeilingDivide(long a, long b) => (a / b) + (a % b > 0 ? 1 : 0);
}
