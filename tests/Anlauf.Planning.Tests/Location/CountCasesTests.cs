using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>A proof may look at plans with few and with many open sites one after the other.</summary>
public class CountCasesTests
{
    private static readonly SearchLimits Short = new() { Time = TimeSpan.FromSeconds(20) };

    [Fact]
    public void Two_cases_of_the_number_of_sites_prove_what_the_budget_alone_does_not()
    {
        // three sites of cost 2 reach ten people each; for 5 only two of them open, two and a half by the relaxation
        var problem = Covering([10, 10, 10], [2, 2, 2], 5);
        ProofBytes.Check(problem, 20, [0, 1], AtMostTwo()).Ok.ShouldBeTrue();
        ProofBytes.Check(problem, 20, [0, 1], AtMostTwo(perSite: 9)).Reason!.ShouldContain("erreicht die behauptete Schranke nicht");
    }

    [Fact]
    public void The_case_of_more_sites_must_be_impossible_or_proven()
    {
        var problem = Covering([10, 10, 10], [2, 2, 2], 6);
        ProofBytes.Check(problem, 20, [0, 1], AtMostTwo()).Ok.ShouldBeFalse();
    }

    [Fact]
    public void A_site_that_leaves_too_little_for_the_others_is_out_where_more_sites_must_open()
    {
        // the first site alone takes the whole budget, the two others reach more together
        var problem = Covering([10, 6, 6], [5, 2, 2], 5);
        var more = new ProofStep { Branch = 0, WhenOpen = new ProofStep(), WhenClosed = Bound([10, 6, 6], 0) };
        ProofBytes.Check(problem, 12, [1, 2], new ProofStep { Count = 1, WhenFewer = Bound([10, 6, 6], 10), WhenMore = more }).Ok.ShouldBeTrue();
        // without the limit the first site may open alone, so that case needs a proof
        ProofBytes.Check(problem, 12, [1, 2], more).Ok.ShouldBeFalse();
    }

    [Fact]
    public void A_site_that_others_make_unnecessary_may_still_be_needed_for_the_number()
    {
        // the second site reaches all that the first does, and ten more; the third one five
        var problem = Covering([10, 10, 5], [1, 1, 1], 1, [[0], [0, 1], [2]]);
        var without = new ProofStep { Dominated = [0], Next = Bound([10, 10, 5], 0, 5) };
        ProofBytes.Check(problem, 20, [1], without).Ok.ShouldBeTrue();
        ProofBytes.Check(problem, 20, [1], new ProofStep { Count = 0, WhenFewer = new ProofStep { Dominated = [0], Next = Bound([10, 10, 5], 20) }, WhenMore = without })
            .Reason!.ShouldContain("verzichtet ohne Grund");
    }

    [Fact]
    public void Problems_with_needs_and_unequal_costs_are_proven_and_no_changed_byte_proves_more()
    {
        var random = new Random(11);
        for (var seed = 0; seed < 24; seed++)
        {
            var problem = State(seed);
            var result = LocationSolver.Solve(problem, Short);
            result.Status.ShouldBe(PlanStatus.Optimal, $"seed {seed}");
            var good = (LocationCertificate)result.Certificate!;
            var check = CertificateChecker.Check(problem, good);
            check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
            var bytes = ProofBytes.Inflate(good.Proof);
            for (var k = 0; k < 40; k++)
            {
                var changed = ProofBytes.Changed(bytes, random.Next(bytes.Length), random.Next(7));
                var lie = good with { Proof = changed, Bound = good.Bound + (problem.Goal == LocationGoal.LeastTravel ? 1 : -1), Status = PlanStatus.Feasible };
                CertificateChecker.Check(problem, lie).Ok.ShouldBeFalse($"seed {seed}");
            }
        }
    }

    private static ProofStep AtMostTwo(long perSite = 10) => new() { Count = 2, WhenFewer = Bound([10, 10, 10], perSite), WhenMore = new ProofStep() };

    private static ProofStep Bound(long[] multipliers, long perSite, long price = 0) =>
        new() { Multipliers = VarInt.Differences(new long[multipliers.Length], multipliers), Price = price, PerSite = perSite };

    /// <summary>Every site reaches the client of its own number, or those named.</summary>
    private static LocationProblem Covering(long[] weights, long[] costs, long budget, int[][]? reached = null)
    {
        var distances = Enumerable.Range(0, costs.Length).SelectMany(i => Enumerable.Range(0, weights.Length)
            .Select(j => reached is null ? (i == j ? 0 : 9) : reached[i].Contains(j) ? 0 : 9)).ToArray();
        return new LocationProblem("counts", LocationGoal.MostCovered, [.. costs.Select((cost, i) => new CandidateSite($"{i}", cost))],
            [], weights, new TravelMatrix(costs.Length, weights.Length, distances), budget, 1);
    }

    private static LocationProblem State(int seed)
    {
        var random = new Random(seed);
        var n = 60 + 4 * seed;
        var points = Enumerable.Range(0, n).Select(_ => (X: random.Next(100), Y: random.Next(100))).ToArray();
        var distances = points.SelectMany(a => points.Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y))).ToArray();
        return new LocationProblem($"state{seed}", seed % 3 == 0 ? LocationGoal.LeastTravel : LocationGoal.MostCovered,
            [.. points.Select((p, i) => new CandidateSite($"{i}", random.Next(60, 90), p.X / 34))], [.. Enumerable.Range(0, 3).Select(g => new SiteGroup($"{g}", 2))],
            [.. points.Select(_ => (long)random.Next(100, 9000))], new TravelMatrix(n, n, distances), 700 + random.Next(200), 14);
    }
}
