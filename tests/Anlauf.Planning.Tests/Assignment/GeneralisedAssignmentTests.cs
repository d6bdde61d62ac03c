using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Tests.Assignment;

public class GeneralisedAssignmentTests
{
    private static readonly SearchLimits Limits = new() { Time = TimeSpan.FromSeconds(60) };

    private static GeneralisedAssignmentProblem Random(int seed, bool windows)
    {
        var random = new Random(seed);
        var (m, n) = (random.Next(1, 5), random.Next(1, 8));
        var most = random.Next(1, 40);
        var cost = Enumerable.Range(0, m * n).Select(_ => (long)random.Next(-5, most)).ToArray();
        var weight = Enumerable.Range(0, m * n).Select(_ => (long)random.Next(0, 12)).ToArray();
        var mean = Math.Max(1, 6 * n / m);
        var max = Enumerable.Range(0, m).Select(_ => (long)random.Next(mean / 2, (2 * mean) + 2)).ToArray();
        var min = max.Select(upper => windows ? random.NextInt64(0, upper + 2) : 0).ToArray();
        var allowed = random.Next(3) == 0 ? Enumerable.Range(0, m * n).Select(_ => random.Next(4) > 0).ToArray() : null;
        return new($"zufall-{seed}", m, n, cost, weight, min, max, allowed);
    }

    private static long? BruteForce(GeneralisedAssignmentProblem problem)
    {
        var load = new long[problem.Agents];
        long? best = null;
        void Place(int job, long cost)
        {
            if (job == problem.Jobs)
            {
                for (var i = 0; i < load.Length; i++)
                    if (load[i] < problem.MinLoad[i] || load[i] > problem.MaxLoad[i]) return;
                if (best is null || cost < best) best = cost;
                return;
            }
            for (var i = 0; i < problem.Agents; i++)
            {
                if (!problem.Allows(i, job)) continue;
                var pair = (i * problem.Jobs) + job;
                load[i] += problem.Weight[pair];
                Place(job + 1, cost + problem.Cost[pair]);
                load[i] -= problem.Weight[pair];
            }
        }
        Place(0, 0);
        return best;
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 100_000)]
    public void Two_thousand_random_problems_have_the_cost_brute_force_finds_and_a_proof(bool windows, int firstSeed)
    {
        for (var seed = firstSeed; seed < firstSeed + 2000; seed++)
        {
            var problem = Random(seed, windows);
            var expected = BruteForce(problem);
            var result = GeneralisedAssignmentSolver.Solve(problem, Limits);
            result.Objective.ShouldBe(expected, problem.Instance);
            result.Status.ShouldBe(expected is null ? PlanStatus.Infeasible : PlanStatus.Optimal, problem.Instance);
            var check = CertificateChecker.Check(problem, result.Certificate!);
            check.Ok.ShouldBeTrue($"{problem.Instance}: {check.Reason}");
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(200)]
    [InlineData(250)]
    public void Multipliers_that_many_agents_would_all_collect_prove_nothing(int agents)
    {
        long[] ones = [.. Enumerable.Repeat(1L, agents * 2)], greatest = [1L << 55, 1L << 55];
        var problem = new GeneralisedAssignmentProblem("viele", agents, 2, ones, ones, new long[agents], [.. Enumerable.Repeat(2L, agents)]);
        var writer = new ProofWriter(1000);
        writer.WritePass(greatest, new long[2]);
        writer.WriteClose();
        var forged = new GapCertificate
        {
            Instance = problem.Instance,
            Objective = 2,
            Bound = 2,
            Status = PlanStatus.Optimal,
            AgentOf = [0, 1],
            Proof = new AssignmentProof(1, 1, [.. Enumerable.Repeat(1L, agents)], writer.ToArray()),
        };
        CertificateChecker.Check(problem, forged).Ok.ShouldBeFalse();
        CertificateChecker.Check(problem, forged with { Bound = null, Objective = null, AgentOf = null, Status = PlanStatus.Infeasible, Proof = forged.Proof with { Threshold = 2 } }).Ok.ShouldBeFalse();
    }

    [Fact]
    public void The_checker_accepts_no_claim_better_than_the_truth_whatever_byte_of_the_proof_is_changed()
    {
        var random = new Random(7);
        for (var seed = 0; seed < 60; seed++)
        {
            var problem = Random(seed, seed % 2 == 0);
            var truth = BruteForce(problem);
            var certificate = (GapCertificate)GeneralisedAssignmentSolver.Solve(problem, Limits).Certificate!;
            for (var change = 0; change < 30; change++)
            {
                var tree = (byte[])certificate.Proof.Tree.Clone();
                tree[random.Next(tree.Length)] ^= (byte)(1 << random.Next(8));
                var result = CertificateChecker.Check(problem, certificate with { Proof = certificate.Proof with { Tree = tree } });
                // a changed multiplier may still prove the same truth, never another
                if (result.Ok) result.Bound.ShouldBe(truth, problem.Instance);
            }
            CertificateChecker.Check(problem, certificate with { Proof = certificate.Proof with { Tree = [] } }).Ok.ShouldBeFalse();
            CertificateChecker.Check(problem, certificate with { Proof = certificate.Proof with { Scale = 0 } }).Ok.ShouldBeFalse();
            CertificateChecker.Check(problem, certificate with { Proof = certificate.Proof with { Unit = [] } }).Ok.ShouldBeFalse();
            if (truth is null) continue;
            CertificateChecker.Check(problem, certificate with { Proof = certificate.Proof with { Threshold = certificate.Proof.Threshold + 1 } }).Ok.ShouldBe(false, problem.Instance);
            CertificateChecker.Check(problem, certificate with { Objective = truth - 1 }).Ok.ShouldBeFalse();
            CertificateChecker.Check(problem, certificate with { Bound = truth - 1 }).Ok.ShouldBeFalse();
            CertificateChecker.Check(problem, certificate with { Status = PlanStatus.Feasible }).Ok.ShouldBeFalse();
            CertificateChecker.Check(problem, certificate with { Instance = "anders" }).Ok.ShouldBeFalse();
            CertificateChecker.Check(problem, certificate with { AgentOf = [.. certificate.AgentOf!.Skip(1)] }).Ok.ShouldBeFalse();
        }
    }

    [Fact]
    public void Costs_beyond_32_bits_are_summed_right()
    {
        const long big = 3_000_000_000;
        var problem = new GeneralisedAssignmentProblem("gross", 2, 3,
            [big, 2 * big, big + 1, big + 1, big, big], [5_000_000_000, 5_000_000_000, 1, 5_000_000_000, 5_000_000_000, 1],
            [0, 0], [5_000_000_000, 6_000_000_000]);
        var result = GeneralisedAssignmentSolver.Solve(problem, Limits);
        result.Objective.ShouldBe(BruteForce(problem));
        result.Status.ShouldBe(PlanStatus.Optimal);
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void Numbers_too_large_to_sum_are_refused() =>
        Should.Throw<PlanInputException>(() => new GeneralisedAssignmentProblem("zu-gross", 1, 2, [1L << 60, 1], [1, 1], [0], [2]))
            .Message.ShouldContain("gröbere Einheiten");

    [Fact]
    public void A_negative_load_is_refused_naming_the_job() =>
        Should.Throw<PlanInputException>(() => new GeneralisedAssignmentProblem("falsch", 1, 2, [1, 1], [1, -1], [0], [2]))
            .Message.ShouldContain("Aufgabe 2");

    [Fact]
    public void The_same_iterations_and_seed_give_the_same_plan_and_bound()
    {
        var random = new Random(3);
        var problem = new GeneralisedAssignmentProblem("gleich", 8, 60,
            [.. Enumerable.Range(0, 480).Select(_ => random.NextInt64(10, 100))],
            [.. Enumerable.Range(0, 480).Select(_ => random.NextInt64(5, 25))], new long[8], [.. Enumerable.Repeat(95L, 8)]);
        var limits = new SearchLimits { Time = Timeout.InfiniteTimeSpan, Iterations = 4000, Seed = 5 };
        var first = GeneralisedAssignmentSolver.Solve(problem, limits);
        var second = GeneralisedAssignmentSolver.Solve(problem, limits);
        second.Objective.ShouldBe(first.Objective);
        second.Bound.ShouldBe(first.Bound);
        ((GapCertificate)second.Certificate!).AgentOf.ShouldBe(((GapCertificate)first.Certificate!).AgentOf);
        CertificateChecker.Check(problem, first.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void A_cancelled_search_still_hands_back_a_bound_the_checker_accepts()
    {
        var problem = Random(11, false);
        var result = GeneralisedAssignmentSolver.Solve(problem, new SearchLimits { Cancellation = new CancellationToken(true) });
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vectors_and_single_steps_give_the_same_knapsack(bool narrow)
    {
        var random = new Random(17);
        for (var round = 0; round < 500; round++)
        {
            var (count, most) = (random.Next(0, 20), random.Next(0, 90));
            var least = random.Next(2) == 0 ? 0 : random.Next(0, most + 1);
            var with = Kernel(narrow, true);
            var without = Kernel(narrow, false);
            for (var k = 0; k < count; k++)
            {
                with.Price[k] = without.Price[k] = random.Next(-1000, 500);
                with.Weight[k] = without.Weight[k] = random.Next(0, 40);
            }
            with.Solve(count, least, most).ShouldBe(without.Solve(count, least, most));
            with.Chosen.ShouldBe(without.Chosen);
            if (without.Solve(count, least, most) == Knapsack.Impossible) continue;
            with.Marginals();
            without.Marginals();
            with.In.ShouldBe(without.In);
            with.Out.ShouldBe(without.Out);
        }

        static Knapsack Kernel(bool narrow, bool vectors) => narrow
            ? new VectorKnapsack<int>(20, 100, 1 << 29) { UseVectors = vectors }
            : new VectorKnapsack<long>(20, 100, Knapsack.Impossible) { UseVectors = vectors };
    }

    // two kinds: loads and costs independent, and costs that fall with the load (types C and D of the literature)
    private static GeneralisedAssignmentProblem Tight(int seed, int agents, int jobs)
    {
        var random = new Random(seed);
        var opposed = seed % 2 == 0;
        var weight = Enumerable.Range(0, agents * jobs).Select(_ => opposed ? random.NextInt64(1, 101) : random.NextInt64(5, 26)).ToArray();
        var cost = weight.Select(w => opposed ? 111 - w + random.NextInt64(-10, 11) : random.NextInt64(10, 51)).ToArray();
        var most = Enumerable.Range(0, agents).Select(i => weight[(i * jobs)..((i + 1) * jobs)].Sum() * 8 / (10 * agents)).ToArray();
        return new($"knapp-{seed}", agents, jobs, cost, weight, new long[agents], most);
    }

    [Fact]
    public void One_two_and_four_threads_prove_the_same_cost_and_the_checker_agrees()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var problem = Tight(seed, 3 + (seed % 3), 40);
            long? cost = null;
            foreach (var threads in new[] { 1, 2, 4 })
            {
                var result = GeneralisedAssignmentSolver.Solve(problem, Limits with { Threads = threads });
                result.Status.ShouldBe(PlanStatus.Optimal, problem.Instance);
                cost ??= (long)result.Objective!;
                result.Objective.ShouldBe(cost, problem.Instance);
                var check = CertificateChecker.Check(problem, result.Certificate!);
                check.Ok.ShouldBeTrue($"{problem.Instance}: {check.Reason}");
            }
        }
    }

    [Fact]
    public void A_search_stopped_by_time_or_by_hand_ends_its_threads_and_keeps_what_it_has()
    {
        var problem = Tight(2, 20, 200);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        foreach (var limits in new[] { Limits with { Time = TimeSpan.FromMilliseconds(400), Threads = 4 }, Limits with { Cancellation = stop.Token, Threads = 4 } })
        {
            var result = GeneralisedAssignmentSolver.Solve(problem, limits);
            var check = CertificateChecker.Check(problem, result.Certificate!);
            check.Ok.ShouldBeTrue(check.Reason);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_core_gives_the_same_knapsack_as_the_whole_table(bool narrow)
    {
        var random = new Random(23);
        for (var round = 0; round < 300; round++)
        {
            var (count, most) = (random.Next(1, 200), random.Next(0, 1500));
            var core = new KnapsackCore(200, 1500, narrow) { Reach = random.Next(2) * random.Next(300) };
            var whole = Knapsack.Create(200, 1500, narrow);
            for (var k = 0; k < count; k++)
            {
                core.Price[k] = whole.Price[k] = random.Next(-1000, 300);
                core.Weight[k] = whole.Weight[k] = random.Next(0, 100);
            }
            var value = whole.Solve(count, 0, most);
            core.Solve(count, 0, most).ShouldBe(value);
            Enumerable.Range(0, count).Where(k => core.Chosen[k]).Sum(k => core.Price[k]).ShouldBe(value);
            Enumerable.Range(0, count).Where(k => core.Chosen[k]).Sum(k => core.Weight[k]).ShouldBeLessThanOrEqualTo(most);
            core.Room = random.Next(400);
            whole.Marginals();
            core.Marginals();
            // exact up to the room, beyond it no more than the truth
            for (var k = 0; k < count; k++)
            {
                Math.Min(core.In[k], value + core.Room + 1).ShouldBe(Math.Min(whole.In[k], value + core.Room + 1));
                Math.Min(core.Out[k], value + core.Room + 1).ShouldBe(Math.Min(whole.Out[k], value + core.Room + 1));
                core.In[k].ShouldBeLessThanOrEqualTo(whole.In[k]);
                core.Out[k].ShouldBeLessThanOrEqualTo(whole.Out[k]);
            }
        }
    }

    [SkippableTheory]
    [InlineData("gap1-0", 261)]
    [InlineData("gap12-1", 956)]
    [InlineData("c05100", 1931)]
    [InlineData("e05100", 12681)]
    [InlineData("b20200", 2339)]
    public void Published_optima_are_found_and_proven(string instance, long optimum)
    {
        var folder = Testing.SharedData.PathTo("benchmarks/gap");
        var task = PlanFamilies.Find("gap").Read(new([Path.Combine(folder, instance + ".txt")])).Single();
        var result = task.Solve(Limits);
        result.Objective.ShouldBe(optimum);
        result.Status.ShouldBe(PlanStatus.Optimal);
        CertificateChecker.Check(task.Problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void A_file_that_ends_too_early_names_the_line()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.txt");
        File.WriteAllText(path, "2 2\n1 2\n3 4\n1 1\n1 1\n5\n");
        try
        {
            Should.Throw<PlanInputException>(() => PlanFamilies.Find("gap").Read(new([path])).Single()).Field.ShouldBe("Kapazität");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
