using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// Solves <see cref="SponsorProblem"/>: with connected areas by listing the connected sets and set partitioning,
/// otherwise as generalised assignment. An impossible window is answered with the least tolerance that works.
/// One iteration is one evaluation of a bound or one node.
/// </summary>
public static class SponsorSolver
{
    private const int MostSets = 5_000_000, FewNodes = 4_000, MostNodes = 1_000_000;
    private const int ClimbSteps = 400, MostClimbs = 4;

    /// <summary>Solves the problem.</summary>
    /// <param name="problem">the data</param>
    /// <param name="limits">time, iterations, seed, cancellation, progress</param>
    /// <param name="before">certificate of the same problem before a change: a warm start, never a claim</param>
    public static PlanResult Solve(SponsorProblem problem, SearchLimits limits, SponsorCertificate? before = null) => Solve(problem, limits, before, FewNodes);

    /// <param name="problem">the data</param>
    /// <param name="limits">time, iterations, seed, cancellation, progress</param>
    /// <param name="before">certificate of the same problem before a change</param>
    /// <param name="fewNodes">after so many nodes without any division multipliers are asked where one could be, and after as many again any division will do</param>
    internal static PlanResult Solve(SponsorProblem problem, SearchLimits limits, SponsorCertificate? before, int fewNodes)
    {
        var clock = limits.Start();
        if (!problem.Connected) return SolveRelaxed(problem, limits, clock, before);
        var sets = ConnectedSets.List(problem, MostSets, () => clock.Step(0));
        if (sets is null) return BoundOnly(problem, limits, clock);
        sets = new Remainders(problem).Useful(sets);
        var divisions = new CoverSearch(problem, sets, () => clock.Step());
        var cover = divisions.Find(fewNodes);
        return cover is { Count: 0 } ? Undivided(problem, clock) : Connected(problem, clock, sets, divisions, cover, before, fewNodes);
    }

    private static PlanResult Undivided(SponsorProblem problem, SearchClock clock) => Infeasible(problem, clock, new SponsorCertificate
    {
        Instance = problem.Instance,
        Status = PlanStatus.Infeasible,
        Areas = new AreaProof(problem.Relaxed.CostlierThanAny, 1, []),
    });

    private static PlanResult Connected(
        SponsorProblem problem, SearchClock clock, List<ConnectedSet> sets, CoverSearch divisions, List<int>? cover, SponsorCertificate? before, int fewNodes)
    {
        var columns = new SetColumns(problem, sets);
        var plan = cover is null ? null : Distribute(problem, columns, cover);
        var value = plan is null ? (long?)null : Cost(problem, plan);
        var worst = problem.Relaxed.CostlierThanAny;
        var u = new long[problem.Constituencies];
        for (var v = 0; v < u.Length; v++)
            u[v] = before?.Areas is { } warm && warm.Multipliers.Count == u.Length
                ? (long)Math.Clamp(warm.Multipliers[v] / (double)warm.Scale * columns.Scale, -1L << 50, 1L << 50)
                : columns.Scale * Enumerable.Range(0, problem.Members).Min(m => problem.Cost[(m * u.Length) + v]);
        var scaled = Climb(columns, u, value, clock);
        var proven = scaled >= SetColumns.Forbidden / 2 ? worst : CeilingDivide(scaled, columns.Scale) - 1; // no plan costs at most this
        clock.Report(value, proven + 1);
        var step = Math.Max(1, Math.Min((value ?? worst) - proven, Math.Abs(proven) / 4) / 32);
        var (guided, asked) = (0, false);
        while (proven < (value - 1 ?? worst) && !clock.Exhausted)
        {
            // without a plan the bound mostly leads to one; where it does not, any division will do
            if (value is null && !asked && guided >= fewNodes)
            {
                asked = true;
                cover = divisions.Find(MostNodes);
                if (cover is { Count: 0 }) return Undivided(problem, clock);
                plan = cover is null ? null : Distribute(problem, columns, cover);
                value = plan is null ? null : Cost(problem, plan);
                clock.Report(value, proven + 1);
                continue;
            }
            var search = new PartitionSearch(problem, columns, () => clock.Step() && (value is not null || asked || ++guided < fewNodes));
            var finished = search.Run(u, Math.Min(proven + step, value - 1 ?? worst));
            if (search.Best is { } better) (plan, value) = (better, Cost(problem, better));
            if (finished) proven = search.Threshold;
            clock.Report(value, proven + 1);
            step *= 2;
        }
        var infeasible = value is null && proven >= worst;
        var certificate = new SponsorCertificate
        {
            Instance = problem.Instance,
            Objective = value,
            Bound = infeasible ? null : Math.Min(proven + 1, value ?? long.MaxValue),
            Status = infeasible ? PlanStatus.Infeasible : value is null ? PlanStatus.Unknown : proven + 1 >= value ? PlanStatus.Optimal : PlanStatus.Feasible,
            MemberOf = plan,
            Areas = new AreaProof(proven, columns.Scale, u),
        };
        return infeasible ? Infeasible(problem, clock, certificate) : Result(problem, clock, certificate);
    }

    // where no plan is known the steps aim a quarter higher, and again where that is reached
    private static long Climb(SetColumns columns, long[] u, long? value, SearchClock clock)
    {
        var bound = value is null ? columns.Evaluate(u) : 0;
        for (var time = 1; bound < SetColumns.Forbidden / 2; time++)
        {
            var target = value * columns.Scale ?? bound + Math.Max(columns.Scale, Math.Abs(bound) / 4);
            bound = columns.Climb(u, target, ClimbSteps, () => clock.Step());
            if (bound <= target || value is not null || time == MostClimbs || clock.Exhausted) break;
        }
        return bound;
    }

    private static PlanResult SolveRelaxed(SponsorProblem problem, SearchLimits limits, SearchClock clock, SponsorCertificate? before)
    {
        if (LoadSearch.Find(problem, clock, before, limits.Workers) is { } found && (found.Status == PlanStatus.Optimal || clock.Exhausted))
            return Result(problem, clock, found);
        var start = before is null ? null : new GeneralisedAssignmentStart(before.MemberOf?.ToArray(), before.Start?.ToArray());
        var inner = (GapCertificate)GeneralisedAssignmentSolver.Solve(problem.Relaxed, limits, start).Certificate!;
        var certificate = new SponsorCertificate
        {
            Instance = problem.Instance,
            Objective = inner.Objective,
            Bound = inner.Bound,
            Status = inner.Status,
            MemberOf = inner.AgentOf,
            Loads = inner.Proof,
            Start = inner.Multipliers,
        };
        return inner.Status == PlanStatus.Infeasible ? Infeasible(problem, clock, certificate) : Result(problem, clock, certificate);
    }

    // too many connected sets to list: the problem without connectedness still bounds it
    private static PlanResult BoundOnly(SponsorProblem problem, SearchLimits limits, SearchClock clock)
    {
        var left = limits.Time == Timeout.InfiniteTimeSpan ? limits.Time : limits.Time - clock.Elapsed;
        if (left != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero) left = TimeSpan.FromTicks(1);
        var inner = (GapCertificate)GeneralisedAssignmentSolver.Solve(problem.Relaxed, limits with { Time = left }).Certificate!;
        var plan = inner.AgentOf is { } agents && Areas.FirstTorn(problem, agents) is null ? inner.AgentOf : null;
        var impossible = inner.Status == PlanStatus.Infeasible;
        return Result(problem, clock, new SponsorCertificate
        {
            Instance = problem.Instance,
            Objective = plan is null ? null : inner.Objective,
            Bound = impossible ? null : inner.Proof.Threshold + 1 is var b && plan is not null ? Math.Min(b, (long)inner.Objective!.Value) : b,
            Status = impossible ? PlanStatus.Infeasible : plan is null ? PlanStatus.Unknown : inner.Status,
            MemberOf = plan,
            Loads = inner.Proof,
        });
    }

    private static PlanResult Infeasible(SponsorProblem problem, SearchClock clock, SponsorCertificate certificate)
    {
        var least = LeastTolerance.Find(problem, clock);
        return Result(problem, clock, certificate with
        {
            LeastTolerancePermille = least?.Permille,
            LeastPlan = least?.MemberOf,
            LeastProof = least is null || SponsorChecker.IsRefusedBelow(problem, least.Permille) ? null : least.JustBelow,
        });
    }

    private static PlanResult Result(SponsorProblem problem, SearchClock clock, SponsorCertificate certificate) => new()
    {
        Instance = problem.Instance,
        Objective = certificate.Objective,
        Bound = certificate.Bound,
        Status = certificate.Status,
        Seconds = clock.Elapsed.TotalSeconds,
        Certificate = certificate,
        Solution = certificate.Status == PlanStatus.Infeasible
            ? new SponsorRefusal(SponsorSentences.Refusal(problem, certificate), certificate.LeastTolerancePermille, certificate.LeastPlan)
            : certificate.MemberOf is { } memberOf ? new SponsorPlan(memberOf) : null,
    };

    // the cheapest set first; a set with pins goes to their member
    private static int[]? Distribute(SponsorProblem problem, SetColumns columns, List<int> cover)
    {
        var plan = new int[problem.Constituencies];
        var free = Enumerable.Range(0, problem.Members).ToHashSet();
        foreach (var set in cover.OrderByDescending(s => columns.Sets[s].Owner))
        {
            var member = free.MinBy(m => columns.Cost(set, m));
            if (columns.Cost(set, member) == SetColumns.Forbidden) return null;
            free.Remove(member);
            for (var areas = columns.Sets[set].Areas; areas != 0; areas &= areas - 1) plan[(int)UInt128.TrailingZeroCount(areas)] = member;
        }
        return plan;
    }

    private static long Cost(SponsorProblem problem, int[] plan)
    {
        long sum = 0;
        for (var v = 0; v < plan.Length; v++) sum += problem.Cost[(plan[v] * plan.Length) + v];
        return sum;
    }

    private static long CeilingDivide(long a, long b) => (a / b) + (a % b > 0 ? 1 : 0);
}

/// <summary>The plan: member of each constituency, counted from 0.</summary>
/// <param name="MemberOf">member of each constituency</param>
public sealed record SponsorPlan(IReadOnlyList<int> MemberOf);

/// <summary>Why there is no plan, and what would help.</summary>
/// <param name="Reason">German sentence for people</param>
/// <param name="LeastTolerancePermille">least tolerance that works, in thousandths of the mean load, or none</param>
/// <param name="MemberOf">a plan at that tolerance, or none</param>
public sealed record SponsorRefusal(string Reason, int? LeastTolerancePermille, IReadOnlyList<int>? MemberOf);
