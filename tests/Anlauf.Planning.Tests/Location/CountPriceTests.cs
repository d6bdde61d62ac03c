using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>The relaxation prices limits on the number of open sites, and the first split of a large median uses them.</summary>
public class CountPriceTests
{
    [Fact]
    public void At_its_prices_the_relaxation_says_what_the_rule_of_the_certificate_says()
    {
        var random = new Random(5);
        for (var seed = 0; seed < 60; seed++)
        {
            var core = CoreBuilder.Build(State(40, seed, 600));
            foreach (var (fewest, most) in new[] { (0, 6), (0, 7), (9, LocationCore.NoMost), (10, LocationCore.NoMost), (7, 8) })
            {
                var limited = core.WithLimits(fewest, most);
                var relaxation = new Relaxation(limited);
                var multipliers = new long[Math.Max(core.Clients, core.Stride)];
                for (var turn = 0; turn < 4; turn++)
                {
                    for (var j = 0; j < core.Clients; j++) multipliers[j] = random.NextInt64(core.Ceiling[j] / 2);
                    var bound = relaxation.Evaluate(multipliers, 1);
                    bound.ShouldBe(new SiteBounds(limited).Evaluate(multipliers, relaxation.Price, relaxation.PerSite), $"seed {seed}, {fewest} to {most}");
                    bound.ShouldBe(relaxation.EvaluateAt(multipliers, relaxation.Price, relaxation.PerSite));
                    if (most == LocationCore.NoMost) relaxation.PerSite.ShouldBeLessThanOrEqualTo(0);
                    if (fewest == 0) relaxation.PerSite.ShouldBeGreaterThanOrEqualTo(0);
                }
            }
        }
    }

    [Fact]
    public void A_limit_that_binds_raises_the_bound()
    {
        var core = CoreBuilder.Build(State(60, 3, 600));
        var free = new Relaxation(core);
        var multipliers = new long[Math.Max(core.Clients, core.Stride)];
        for (var j = 0; j < core.Clients; j++) multipliers[j] = core.Ceiling[j] / 4;
        var bound = free.Evaluate(multipliers, 1);
        var open = (int)(free.Share.Sum() / Relaxation.Whole);
        new Relaxation(core.WithLimits(0, open - 2)).Evaluate(multipliers, 1).ShouldBeGreaterThan(bound);
        new Relaxation(core.WithLimits(open + 3, LocationCore.NoMost)).Evaluate(multipliers, 1).ShouldBeGreaterThan(bound);
    }

    [Fact]
    public void Large_medians_are_proven_by_cases_of_the_number_before_any_other()
    {
        var byCases = 0;
        for (var seed = 0; seed < 4; seed++)
        {
            var problem = State(500, seed, 900);
            var result = LocationSolver.Solve(problem, new SearchLimits { Iterations = 20_000 });
            var certificate = (LocationCertificate)result.Certificate!;
            var check = CertificateChecker.Check(problem, certificate);
            check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
            if (BeginsWithCount(ProofBytes.Inflate(certificate.Proof), problem.Weights.Count)) byCases++;
        }
        byCases.ShouldBeGreaterThan(0);
    }

    /// <summary>True when the first cases are those of the number of open sites; steps that only decide sites may come before.</summary>
    private static bool BeginsWithCount(byte[] proof, int clients)
    {
        var at = 0;
        while (true)
        {
            var flags = proof[at++];
            if ((flags & 64) != 0) return true;
            if ((flags & ~3) != 0 || (flags & 2) == 0) return false;
            if ((flags & 1) != 0) for (var k = 0; k <= clients; k++) Number();
            for (var list = 0; list < 2; list++)
                for (var left = Number(); left > 0; left--) Number();
        }

        long Number()
        {
            long value = 0;
            for (var shift = 0; ; shift += 7)
            {
                value |= (long)(proof[at] & 127) << shift;
                if (proof[at++] < 128) return value;
            }
        }
    }

    private static LocationProblem State(int n, int seed, long budget)
    {
        var random = new Random(seed);
        var points = Enumerable.Range(0, n).Select(_ => (X: random.Next(1000), Y: random.Next(1000))).ToArray();
        var distances = points.SelectMany(a => points.Select(b => (int)double.Hypot(a.X - b.X, a.Y - b.Y))).ToArray();
        return new LocationProblem($"state{seed}", LocationGoal.LeastTravel,
            [.. points.Select((p, i) => new CandidateSite($"{i}", random.Next(60, 90), p.X / 334))], [.. Enumerable.Range(0, 3).Select(g => new SiteGroup($"{g}", 2))],
            [.. points.Select(_ => (long)random.Next(100, 9000))], new TravelMatrix(n, n, distances), budget);
    }
}
