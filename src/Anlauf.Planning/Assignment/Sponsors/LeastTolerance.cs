using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>The least tolerance that works, a plan at it, and for plans without connected areas the proof that one step less does not.</summary>
internal sealed record LeastToleranceFound(int Permille, int[] MemberOf, AssignmentProof? JustBelow);

/// <summary>Finds the least tolerance, in steps of a thousandth of the mean load, at which a plan exists.</summary>
internal static class LeastTolerance
{
    private const int Most = 2000;
    private const int MostSets = 300_000;

    /// <summary>The least tolerance above that of the problem, or none when it could not be settled.</summary>
    public static LeastToleranceFound? Find(SponsorProblem problem, SearchClock clock)
    {
        var below = problem.TolerancePermille ?? WidestInside(problem);
        if (below < -1) return null; // the window lies beside the mean: no tolerance describes it
        AssignmentProof? proof = null;
        int[]? plan = null;
        var above = below;
        for (var step = 5; plan is null; step *= 2)
        {
            if (above >= Most) return null;
            below = above;
            above = Math.Min(Most, above + step);
            if (!Try(problem.WithTolerance(above), clock, out plan, out var impossible)) return null;
            if (plan is null) proof = impossible;
        }
        while (above - below > 1)
        {
            var middle = (above + below) / 2;
            if (!Try(problem.WithTolerance(middle), clock, out var found, out var impossible)) return null;
            if (found is null) (below, proof) = (middle, impossible);
            else (above, plan) = (middle, found);
        }
        return new(above, plan, proof);
    }

    private static int WidestInside(SponsorProblem problem)
    {
        var permille = -1;
        while (permille < Most && problem.Window(permille + 1) is var (min, max) && min >= problem.MinLoad && max <= problem.MaxLoad) permille++;
        var (low, high) = problem.Window(0);
        return problem.MinLoad > high || problem.MaxLoad < low - 1 ? -2 : permille;
    }

    // false when it could not be settled
    private static bool Try(SponsorProblem problem, SearchClock clock, out int[]? plan, out AssignmentProof? impossible)
    {
        (plan, impossible) = (null, null);
        if (clock.Exhausted) return false;
        if (!problem.Connected) return TryLoads(problem, clock, out plan, out impossible);
        var sets = ConnectedSets.List(problem, MostSets, () => clock.Step(0));
        if (sets is null) return false;
        sets = new Remainders(problem).Useful(sets);
        var cover = new CoverSearch(problem, sets, () => clock.Step()).Find();
        if (cover is null) return false;
        if (cover.Count > 0) plan = Owned(problem, cover.Select(s => sets[s]));
        return true;
    }

    private static int[] Owned(SponsorProblem problem, IEnumerable<ConnectedSet> cover)
    {
        var plan = new int[problem.Constituencies];
        var free = new Queue<int>(Enumerable.Range(0, problem.Members).Except(problem.Pins));
        foreach (var set in cover)
        {
            var member = set.Owner >= 0 ? set.Owner : free.Dequeue();
            for (var areas = set.Areas; areas != 0; areas &= areas - 1) plan[(int)UInt128.TrailingZeroCount(areas)] = member;
        }
        return plan;
    }

    // without costs the first plan is already proven best
    private static bool TryLoads(SponsorProblem problem, SearchClock clock, out int[]? plan, out AssignmentProof? impossible)
    {
        var relaxed = problem.Relaxed;
        var free = new GeneralisedAssignmentProblem(relaxed.Instance, relaxed.Agents, relaxed.Jobs,
            new long[relaxed.Cost.Length], relaxed.Weight, relaxed.MinLoad, relaxed.MaxLoad, relaxed.Allowed);
        var result = GeneralisedAssignmentSolver.Solve(free, clock.Part(20_000, TimeSpan.FromSeconds(5)));
        var certificate = (GapCertificate)result.Certificate!;
        plan = certificate.AgentOf?.ToArray();
        impossible = result.Status == PlanStatus.Infeasible ? certificate.Proof : null;
        return plan is not null || impossible is not null;
    }
}
