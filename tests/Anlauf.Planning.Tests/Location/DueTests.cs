using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>A proof may say that a client must be covered, because without it the bound is reached already.</summary>
public class DueTests
{
    [Fact]
    public void Clients_that_must_be_covered_may_show_that_the_money_does_not_reach()
    {
        // each site of cost 10 reaches two of three; a half of all would do for 15, there are 14
        var problem = Covering([10, 10, 10], [10, 10, 10], 14, [[0, 1], [1, 2], [0, 2]]);
        Check(problem, 20, [0], Due([0, 1, 2], Bound([50, 50, 50], 10))).Reason.ShouldBeNull();
        // without that the multipliers count more than is at stake
        Check(problem, 20, [0], Bound([50, 50, 50], 10)).Ok.ShouldBeFalse();
        Check(problem, 20, [0], Due([0, 1], Bound([50, 50, 50], 10))).Ok.ShouldBeFalse();
        Check(problem, 20, [0], Bound([10, 10, 10], 2)).Ok.ShouldBeFalse();
    }

    [Fact]
    public void Nobody_must_be_covered_whom_a_better_plan_may_leave()
    {
        var problem = Covering([10, 10, 10], [10, 10, 10], 14, [[0, 1], [1, 2], [0, 2]]);
        Check(problem, 20, [0], Due([0, 1, 2], Bound([50, 50, 50], 10)), 19).Reason!.ShouldContain("ohne Grund");
        // the multiplier takes part of the weight already
        var two = Covering([10, 10], [1, 1], 1, [[0], [1]]);
        Check(two, 10, [0], new ProofStep { Multipliers = Bound([10, 0], 10).Multipliers, Price = 10, Due = [0], Next = Bound([10, 10], 10) }).Reason!.ShouldContain("ohne Grund");
    }

    [Fact]
    public void Clients_with_the_same_sites_are_left_together()
    {
        // two of 5 with one site between them: leaving one means leaving both
        var problem = Covering([5, 5, 10], [4, 4], 7, [[0, 1], [2]]);
        Check(problem, 10, [0], Due([0, 1, 2], Bound([20, 20, 40], 10))).Reason.ShouldBeNull();
        Check(Covering([5, 5, 10], [4, 4, 4], 7, [[0], [1], [2]]), 10, [2], Due([0, 1, 2], Bound([40, 40, 40], 10))).Ok.ShouldBeFalse();
    }

    [Fact]
    public void A_site_that_only_reaches_whom_others_reach_anyway_is_not_needed()
    {
        // the third site reaches the second client only, whom each site of the first one reaches as well
        int[][] reached = [[0, 1], [0, 1], [1, 2]];
        var problem = Covering([10, 10, 4], [3, 3, 2], 4, reached);
        var without = new ProofStep { Due = [0], Multipliers = Bound([0, 0, 0], 0).Multipliers, Dominated = [2], Next = Bound([0, 0, 4], 0) };
        Check(problem, 20, [0], without).Ok.ShouldBeFalse();
        var small = Covering([10, 10], [3, 3, 2], 2, [[0, 1], [0, 1], [1]]);
        Check(small, 10, [2], new ProofStep { Due = [0], Multipliers = Bound([0, 0], 0).Multipliers, Dominated = [2], Next = Bound([60, 0], 20) }).Reason.ShouldBeNull();
        Check(small, 10, [2], new ProofStep { Multipliers = Bound([0, 0], 0).Multipliers, Dominated = [2], Next = Bound([10, 0], 3) }).Reason!.ShouldContain("verzichtet ohne Grund");
    }

    [Fact]
    public void Of_two_clients_with_equal_sites_one_still_counts()
    {
        var problem = Covering([10, 10], [3, 3], 3, [[0, 1], [0, 1]]);
        Check(problem, 20, [0], new ProofStep { Multipliers = Bound([0, 0], 0).Multipliers, Due = [0, 1], Dominated = [0, 1], Next = Bound([0, 0], 0) }, 19).Ok.ShouldBeFalse();
    }

    [Fact]
    public void A_client_nobody_lives_at_still_needs_the_site_it_must_be_covered_from()
    {
        // only the first site reaches the last client, of weight 0, and is best: 4 stay without; with the second site it is 5
        var problem = Covering([10, 5, 4, 0], [1, 1, 1], 1, [[0, 1, 3], [0, 2], [1]]);
        var start = new ProofStep { Multipliers = Bound([10, 5, 4, 0], 14).Multipliers, Price = 14 };
        (start.Due, start.Dominated, start.Next) = ([3], [0], Bound([10, 5, 4, 1000], 14));
        Check(problem, 14, [1], start).Ok.ShouldBeFalse();
        Check(problem, 15, [0], Bound([10, 5, 4, 0], 14)).Reason.ShouldBeNull();
    }

    [Fact]
    public void Problems_where_nearly_all_are_covered_get_the_value_of_plain_enumeration_and_no_changed_byte_proves_more()
    {
        var random = new Random(5);
        for (var seed = 0; seed < 400; seed++)
        {
            var problem = NearlyAll(seed, random.Next(6, 12), random.Next(8, 24));
            var result = LocationSolver.Solve(problem, new SearchLimits { Time = TimeSpan.FromSeconds(20) });
            result.Objective.ShouldBe(SmallProblems.Best(problem), $"seed {seed}");
            if (result.Certificate is not LocationCertificate { Status: PlanStatus.Optimal } good) continue;
            CertificateChecker.Check(problem, good).Reason.ShouldBeNull($"seed {seed}");
            Mutate(problem, good, random, 20);
        }
    }

    [Fact]
    public void A_state_where_nearly_all_are_covered_is_proven_and_no_changed_byte_proves_more()
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var problem = NearlyAll(seed, 120, 150);
            var result = LocationSolver.Solve(problem, new SearchLimits { Time = TimeSpan.FromSeconds(60) });
            result.Status.ShouldBe(PlanStatus.Optimal, $"seed {seed}");
            CertificateChecker.Check(problem, result.Certificate!).Reason.ShouldBeNull($"seed {seed}");
            Mutate(problem, (LocationCertificate)result.Certificate!, new Random(seed), 60);
        }
    }

    [Fact]
    public void Weights_and_costs_of_every_size_get_a_proof_that_holds()
    {
        // beside many others those that once ended in a wrong proof
        foreach (var seed in Enumerable.Range(0, 800).Concat([9215, 33231, 37198, 43692, 44873, 72322]))
        {
            if (AnySize(seed) is not { } problem) continue;
            var result = LocationSolver.Solve(problem, new SearchLimits { Time = TimeSpan.FromSeconds(20) });
            CertificateChecker.Check(problem, result.Certificate!).Reason.ShouldBeNull($"seed {seed}");
        }
    }

    private static LocationProblem? AnySize(int seed)
    {
        var random = new Random(seed);
        var sites = random.Next(3) == 0 ? random.Next(5, 12) : random.Next(30, 140);
        var clients = random.Next(sites / 2, sites * 2);
        var top = random.Next(4) switch { 0 => 20L, 1 => 5000L, 2 => 1L << 40, _ => 1L << 25 };
        var dearest = random.Next(4) switch { 0 => 1, 1 => 40, 2 => 1_000_000, _ => 3 };
        var points = Enumerable.Range(0, sites + clients).Select(_ => (X: random.Next(100), Y: random.Next(100))).ToArray();
        var distances = points.Take(sites).SelectMany(a => points.Skip(sites).Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y))).ToArray();
        var groups = random.Next(0, 4);
        var reach = sites < 12 ? random.Next(15, 50) : random.Next(8, 30);
        var candidates = Enumerable.Range(0, sites).Select(i => new CandidateSite($"{i}", 1 + random.NextInt64(dearest), groups == 0 ? -1 : points[i].X * groups / 100,
            random.Next(40) == 0 ? SiteRule.KeepOpen : SiteRule.Free)).ToArray();
        SiteGroup[] needs = [.. Enumerable.Range(0, groups).Select(g => new SiteGroup($"{g}", random.Next(0, 3)))];
        long[] weights = [.. Enumerable.Range(0, clients).Select(_ => random.NextInt64(random.Next(2) == 0 ? 1 + top / 100 : top))];
        // about as many sites as reach everybody
        var some = sites < 12 ? random.Next(2, 6) : (2 + random.NextDouble() * 3) * 10000 / (3.14 * reach * reach) / 2;
        var budget = (long)(candidates.Average(c => (double)c.Cost) * some);
        return weights.Sum() > 1L << 50 ? null : new LocationProblem($"size{seed}", LocationGoal.MostCovered, candidates, needs, weights, new TravelMatrix(sites, clients, distances), budget, reach);
    }

    private static void Mutate(LocationProblem problem, LocationCertificate good, Random random, int times)
    {
        if (good.Bound - 1 < 0) return;
        var bytes = ProofBytes.Inflate(good.Proof);
        for (var k = 0; k < times && bytes.Length > 0; k++)
        {
            var changed = ProofBytes.Changed(bytes, random.Next(bytes.Length), random.Next(8));
            CertificateChecker.Check(problem, good with { Proof = changed, Bound = good.Bound - 1, Status = PlanStatus.Feasible }).Ok.ShouldBeFalse(problem.Instance);
        }
    }

    private static ProofStep Due(List<int> clients, ProofStep next) => new() { Multipliers = Bound([0, 0, 0], 0).Multipliers, Due = clients, Next = next };

    private static ProofStep Bound(long[] multipliers, long price) =>
        new() { Multipliers = VarInt.Differences(new long[multipliers.Length], multipliers), Price = price };

    private static CheckResult Check(LocationProblem problem, long value, int[] open, ProofStep proof, long? bound = null)
    {
        // differences are those to the step above
        for (var (step, above) = (proof, new long[problem.Weights.Count]); step.Next is { } next; step = next)
            if (step.Multipliers is { } here && next.Multipliers is { } there) next.Multipliers = VarInt.Differences(above = Add(above, here), Add(new long[above.Length], there));
        return ProofBytes.Check(problem, value, open, proof, bound);
    }

    private static long[] Add(long[] to, byte[] differences)
    {
        var sum = (long[])to.Clone();
        for (int j = 0, at = 0; j < sum.Length; j++)
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                value |= (ulong)(differences[at] & 127) << shift;
                if (differences[at++] < 128) break;
            }
            sum[j] += (long)(value >> 1) ^ -(long)(value & 1);
        }
        return sum;
    }

    private static LocationProblem Covering(long[] weights, long[] costs, long budget, int[][] reached)
    {
        var distances = Enumerable.Range(0, costs.Length).SelectMany(i => Enumerable.Range(0, weights.Length).Select(j => reached[i].Contains(j) ? 0 : 9)).ToArray();
        return new LocationProblem("due", LocationGoal.MostCovered, [.. costs.Select((cost, i) => new CandidateSite($"{i}", cost))],
            [], weights, new TravelMatrix(costs.Length, weights.Length, distances), budget, 1);
    }

    /// <summary>Random places, and money for nearly all of them to be in reach.</summary>
    private static LocationProblem NearlyAll(int seed, int sites, int clients)
    {
        var random = new Random(seed);
        var points = Enumerable.Range(0, sites + clients).Select(_ => (X: random.Next(100), Y: random.Next(100))).ToArray();
        var distances = points.Take(sites).SelectMany(a => points.Skip(sites).Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y))).ToArray();
        var reach = sites > 50 ? 18 : 35;
        return new LocationProblem($"nearly{seed}", LocationGoal.MostCovered,
            [.. Enumerable.Range(0, sites).Select(i => new CandidateSite($"{i}", 60 + random.Next(40), seed % 3 == 0 ? points[i].X / 51 : -1))],
            [.. Enumerable.Range(0, 2).Select(g => new SiteGroup($"{g}", seed % 3 == 0 ? 1 : 0))],
            [.. Enumerable.Range(0, clients).Select(_ => (long)random.Next(random.Next(2) == 0 ? 20 : 5000))],
            new TravelMatrix(sites, clients, distances), sites > 50 ? 80 * 11 : 80 * random.Next(3, 5), reach);
    }
}
