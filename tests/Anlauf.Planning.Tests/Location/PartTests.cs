using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Planning.Tests.Location;

/// <summary>Large covering problems are solved part by part; the proof of the whole is put together from those of the parts.</summary>
public class PartTests
{
    private const int SitesEach = 6, ClientsEach = 9;
    private static readonly SearchLimits Minute = new() { Time = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_thousand_places_in_valleys_of_their_own_get_the_best_way_to_share_the_money(int seed)
    {
        var problem = Valleys(seed, 170, 0.3);
        var result = LocationSolver.Solve(problem, Minute);
        result.Objective.ShouldBe(BestByTable(problem));
        result.Status.ShouldBe(PlanStatus.Optimal);
        Check(problem, result).Reason.ShouldBeNull();
    }

    [Fact]
    public void Parts_that_share_clients_still_give_a_proof_that_holds()
    {
        var problem = Plain(7, 2600, 140);
        var result = LocationSolver.Solve(problem, Minute);
        result.Status.ShouldBe(PlanStatus.Optimal);
        Check(problem, result).Reason.ShouldBeNull();
    }

    [Fact]
    public void A_large_problem_stopped_early_still_has_a_bound_that_holds()
    {
        var problem = Plain(8, 2600, 140);
        foreach (var iterations in new[] { 1, 100, 400, 1200, 3000 })
        {
            var result = LocationSolver.Solve(problem, new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = iterations });
            result.Bound!.Value.ShouldBeGreaterThanOrEqualTo(result.Objective!.Value);
            Check(problem, result).Reason.ShouldBeNull($"{iterations}");
        }
    }

    [Fact]
    public void Two_thousand_small_problems_closed_by_the_choices_of_their_parts_get_the_value_of_plain_enumeration()
    {
        var closed = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var problem = Valleys(seed, 2, 0.4, random => random.Next(1, 5));
            if (Close(problem, seed) is not { } proof) continue;
            closed++;
            CertificateChecker.Check(problem, proof).Reason.ShouldBeNull($"seed {seed}");
            CertificateChecker.Check(problem, proof with { Bound = proof.Bound - 1, Status = PlanStatus.Feasible }).Ok.ShouldBeFalse($"seed {seed}");
        }
        closed.ShouldBeGreaterThan(1500);
    }

    [Fact]
    public void A_proof_by_parts_with_any_byte_changed_is_rejected_or_still_true()
    {
        var changes = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var problem = Valleys(seed, 2, 0.4, random => random.Next(1, 5));
            if (Close(problem, seed) is not { } proof) continue;
            var bytes = ProofBytes.Inflate(proof.Proof);
            for (var k = 0; k < bytes.Length; k++)
                for (var bit = 0; bit < 7; bit += 3)
                {
                    CertificateChecker.Check(problem, proof with { Proof = ProofBytes.Changed(bytes, k, bit), Bound = proof.Bound - 1, Status = PlanStatus.Feasible }).Ok.ShouldBeFalse($"seed {seed}, byte {k}");
                    changes++;
                }
        }
        changes.ShouldBeGreaterThan(5000);
    }

    [Fact]
    public void A_large_proof_changed_here_and_there_never_shows_more_than_is_true()
    {
        var problem = Valleys(4, 170, 0.3);
        var proof = (LocationCertificate)LocationSolver.Solve(problem, Minute).Certificate!;
        var bytes = ProofBytes.Inflate(proof.Proof);
        for (var k = 0; k < 100; k++)
        {
            CertificateChecker.Check(problem, proof with { Proof = ProofBytes.Changed(bytes, (int)(k * (long)bytes.Length / 100), k % 7), Bound = proof.Bound - 1, Status = PlanStatus.Feasible }).Ok.ShouldBeFalse($"{k}");
        }
    }

    [Fact]
    public void What_a_part_costs_with_a_site_open_or_closed_is_never_claimed_too_high()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var problem = Valleys(seed, 3, 0.4, random => random.Next(2, 6));
            var (core, multipliers, price) = Core(problem, seed);
            // two parts at random, so that they share clients
            var part = Enumerable.Range(0, core.Sites).Select(i => core.GroupNeed.Max() > 0 ? i * 2 / core.Sites : (i * 7 + seed) % 2).ToArray();
            if (core.GroupNeed.Max() > 0 || part.Distinct().Count() < 2) continue;
            foreach (var one in CorePart.Make(core, part, 2, multipliers, price))
            {
                var tree = new PartTree(one, (seed % 5) * core.Scale * 40, 1000, new SearchLimits().Start());
                tree.Run();
                var (whenOpen, whenClosed) = Enumerate(one.Core);
                var least = Math.Min(whenOpen.Min(), whenClosed.Min());
                tree.Bound.ShouldBeInRange(Math.Min(least, tree.FirstBound) - core.Scale, least, $"seed {seed}");
                for (var i = 0; i < one.Core.Sites; i++)
                {
                    tree.WhenOpen[i].ShouldBeLessThanOrEqualTo(whenOpen[i], $"seed {seed}, site {i} open");
                    tree.WhenClosed[i].ShouldBeLessThanOrEqualTo(whenClosed[i], $"seed {seed}, site {i} closed");
                }
            }
        }
    }

    private static (long[] Open, long[] Closed) Enumerate(LocationCore part)
    {
        var (open, closed) = (new long[part.Sites], new long[part.Sites]);
        Array.Fill(open, long.MaxValue);
        Array.Fill(closed, long.MaxValue);
        for (var set = 0; set < 1 << part.Sites; set++)
        {
            long value = 0;
            for (var i = 0; i < part.Sites; i++)
                if ((set >> i & 1) != 0) value += part.OpenCost![i];
            for (var j = 0; j < part.Clients; j++)
                if (!part.PairSite[part.Start[j]..part.Start[j + 1]].Any(i => (set >> i & 1) != 0)) value += part.Ceiling[j];
            for (var i = 0; i < part.Sites; i++)
                if ((set >> i & 1) != 0) open[i] = Math.Min(open[i], value);
                else closed[i] = Math.Min(closed[i], value);
        }
        return (open, closed);
    }

    private static (LocationCore Core, long[] Multipliers, long Price) Core(LocationProblem problem, int seed)
    {
        var random = new Random(seed + 5000);
        var built = CoreBuilder.Build(problem);
        var core = CoreReduction.Apply(built, new Decision[built.Sites], null, out _);
        return (core, [.. core.Ceiling.Select(c => random.NextInt64(c + 1))], random.NextInt64(60 * core.Scale));
    }

    /// <summary>The certificate from all choices of the parts, or none where the search leaves it at that.</summary>
    private static LocationCertificate? Close(LocationProblem problem, int seed)
    {
        var best = SmallProblems.Best(problem);
        var (core, multipliers, price) = Core(problem, seed);
        if (best is null || core.Clients == 0) return null;
        var step = new ProofStep { Multipliers = VarInt.Differences(new long[problem.Weights.Count], core.Full(multipliers)), Price = price };
        var cost = problem.Weights.Sum() - best.Value;
        if (new PartSearch(new SearchLimits().Start()).TryClose(core, multipliers, price, (cost * core.Scale) + 1, step) is not { Open: { } open } plan) return null;
        plan.Value.ShouldBe(cost * core.Scale, $"seed {seed}");
        return new LocationCertificate
        {
            Instance = problem.Instance,
            Objective = best,
            Bound = best,
            Status = PlanStatus.Optimal,
            Open = [.. Enumerable.Range(0, core.Sites).Where(i => open[i] > 0).Select(i => core.SiteIds[i]).Order()],
            Scale = core.Scale,
            Proof = ProofWriter.Write(step),
        };
    }

    // valleys far apart; in some of them at least one site must open
    private static LocationProblem Valleys(int seed, int count, double share, Func<Random, int>? sitesOf = null)
    {
        var random = new Random(seed);
        var (sites, weights, reached) = (new List<CandidateSite>(), new List<long>(), new List<HashSet<int>>());
        var groups = new List<SiteGroup>();
        for (var v = 0; v < count; v++)
        {
            var group = random.Next(3) == 0 ? groups.Count : -1;
            if (group >= 0) groups.Add(new SiteGroup($"Tal {v}", 1));
            var first = weights.Count;
            for (var j = 0; j < ClientsEach; j++) weights.Add(random.Next(50, 3000));
            for (var i = sitesOf?.Invoke(random) ?? SitesEach; i > 0; i--)
            {
                sites.Add(new CandidateSite($"{v}/{i}", random.Next(20, 90), group));
                reached.Add([.. Enumerable.Range(first, ClientsEach).Where(_ => random.Next(3) == 0)]);
            }
        }
        var distances = new int[sites.Count * weights.Count];
        for (var i = 0; i < sites.Count; i++)
            for (var j = 0; j < weights.Count; j++) distances[(i * weights.Count) + j] = reached[i].Contains(j) ? 0 : 9;
        return new LocationProblem($"valleys{seed}", LocationGoal.MostCovered, sites, groups, weights,
            new TravelMatrix(sites.Count, weights.Count, distances), (long)(share * sites.Sum(s => s.Cost)), 1);
    }

    private static LocationProblem Plain(int seed, int towns, int reach)
    {
        var random = new Random(seed);
        var at = Enumerable.Range(0, towns).Select(_ => (X: random.Next(2000), Y: random.Next(2000))).ToArray();
        var distances = new int[towns * towns];
        for (var i = 0; i < towns; i++)
            for (var j = 0; j < towns; j++) distances[(i * towns) + j] = (int)Math.Sqrt(Math.Pow(at[i].X - at[j].X, 2) + Math.Pow(at[i].Y - at[j].Y, 2));
        var sites = at.Select((place, i) => new CandidateSite($"{i}", random.Next(40, 150), place.X / 400 * 5 + place.Y / 400)).ToArray();
        return new LocationProblem($"plain{seed}", LocationGoal.MostCovered, sites, [.. Enumerable.Range(0, 25).Select(g => new SiteGroup($"{g}", 2))],
            [.. at.Select(_ => (long)random.Next(100, 20_000))], new TravelMatrix(towns, towns, distances), sites.Sum(s => s.Cost) / 6, reach);
    }

    // each valley by enumeration, the whole by a table over the budget
    private static long BestByTable(LocationProblem problem)
    {
        var best = new long[problem.Budget + 1];
        foreach (var valley in Enumerable.Range(0, problem.Sites.Count).GroupBy(i => problem.Sites[i].Name.Split('/')[0]))
        {
            var sites = valley.ToArray();
            var need = problem.Sites[sites[0]].Group is var g and >= 0 ? problem.Groups[g].LeastOpen : 0;
            var next = new long[best.Length];
            Array.Fill(next, long.MinValue / 2);
            for (var set = 0; set < 1 << sites.Length; set++)
            {
                var open = sites.Where((_, k) => (set >> k & 1) != 0).ToArray();
                if (open.Length < need) continue;
                var cost = open.Sum(i => problem.Sites[i].Cost);
                long covered = 0;
                var first = int.Parse(problem.Sites[sites[0]].Name.Split('/')[0], System.Globalization.CultureInfo.InvariantCulture) * ClientsEach;
                for (var j = first; j < first + ClientsEach; j++)
                    if (open.Any(i => problem.Travel[i, j] == 0)) covered += problem.Weights[j];
                for (var budget = cost; budget < best.Length; budget++) next[budget] = Math.Max(next[budget], best[budget - cost] + covered);
            }
            best = next;
        }
        return best[^1];
    }

    private static CheckResult Check(LocationProblem problem, PlanResult result) => CertificateChecker.Check(problem, result.Certificate!);
}
