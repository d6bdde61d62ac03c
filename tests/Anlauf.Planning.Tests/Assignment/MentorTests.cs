using Anlauf.Planning.Assignment.Mentors;
using Anlauf.Planning.Certificates;

namespace Anlauf.Planning.Tests.Assignment;

public class MentorTests
{
    private static MentorProblem Random(int seed)
    {
        var random = new Random(seed);
        var (m, n) = (random.Next(1, 5), random.Next(1, 7));
        long[] Table(int least, int most) => [.. Enumerable.Range(0, m * n).Select(_ => (long)random.Next(least, most))];
        var most = random.Next(2, 30);
        var score = Table(-3, most);
        int[] capacity = [.. Enumerable.Range(0, m).Select(_ => random.Next(0, 4))];
        int[]? pins = null;
        if (random.Next(3) == 0)
        {
            pins = [.. Enumerable.Repeat(-1, n)];
            pins[0] = random.Next(-2, m);
            if (pins[0] >= 0) { capacity[pins[0]]++; score[pins[0]] = 20; }
        }
        var wishes = random.Next(2) == 0;
        return new($"zufall-{seed}", capacity, score, wishes ? Table(0, 5) : null, wishes ? Table(0, 5) : null, pins);
    }

    private static long BruteForce(MentorProblem problem)
    {
        var room = (int[])problem.Capacity.Clone();
        long Place(int c)
        {
            if (c == problem.Candidates) return 0;
            var best = problem.Pins[c] >= 0 ? long.MinValue / 2 : Place(c + 1);
            for (var k = 0; k < problem.Mentors; k++)
            {
                if (room[k] == 0 || !problem.Allows(c, k)) continue;
                room[k]--;
                best = Math.Max(best, problem.Value[(c * problem.Mentors) + k] + Place(c + 1));
                room[k]++;
            }
            return best;
        }
        return Place(0);
    }

    [Fact]
    public void Three_thousand_random_matchings_reach_what_brute_force_finds_with_a_proof_and_no_blocking_pair()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var problem = Random(seed);
            var result = MentorSolver.Solve(problem, new() { Threads = 1 << (seed % 3) });
            result.Objective.ShouldBe(BruteForce(problem), problem.Instance);
            result.Status.ShouldBe(PlanStatus.Optimal);
            var check = CertificateChecker.Check(problem, result.Certificate!);
            check.Ok.ShouldBeTrue($"{problem.Instance}: {check.Reason}");
        }
    }

    [Theory]
    [InlineData(60, 130, 4_000)] // the widest values of 16-bit lanes
    [InlineData(60, 130, 4_001)]
    [InlineData(33, 200, 1 << 28)] // the widest values of 32-bit lanes
    [InlineData(33, 200, (1 << 28) + 1)]
    public void Values_at_the_edge_of_a_lane_are_matched_best_with_a_proof(int mentors, int candidates, long most)
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            var score = new long[mentors * candidates];
            for (var k = 0; k < score.Length; k++) score[k] = random.Next(4) == 0 ? most : random.NextInt64(-most / 4, most + 1);
            var problem = new MentorProblem($"breit-{seed}", [.. Enumerable.Range(0, mentors).Select(_ => random.Next(0, 5))], score);
            var result = MentorSolver.Solve(problem, new());
            result.Status.ShouldBe(PlanStatus.Optimal);
            CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue(problem.Instance);
        }
    }

    public static TheoryData<string> Scores => ["few numbers", "wide", "few pairs", "products", "equal", "near", "beyond 32 bits",
        "wide products", "products with noise", "products with many forbidden", "sums", "sums with noise", "far", "the mentor alone", "the candidate alone"];

    // more mentors than a list of offers holds, so that lists are made anew and whole rows are read; some so large that threads share them
    private static MentorProblem Wide(string kind, int seed)
    {
        var random = new Random(seed);
        var (m, n) = seed % 8 < 2 ? (random.Next(200, 400), random.Next(700, 900)) : (random.Next(20, 150), random.Next(60, 260));
        int[] Numbers(int count, int most) => [.. Enumerable.Range(0, count).Select(_ => random.Next(1, most))];
        var (givers, takers) = (Numbers(m, 60), Numbers(n, 60));
        var score = new long[m * n];
        for (var c = 0; c < n; c++)
        {
            for (var k = 0; k < m; k++)
            {
                score[(c * m) + k] = kind switch
                {
                    "few numbers" => random.Next(-1, 4),
                    "wide" => random.Next(1_000_000),
                    "few pairs" => random.Next(20) == 0 ? random.Next(1000) : 0,
                    "products" => givers[k] * takers[c],
                    "equal" => 7,
                    "near" => 300 - (5 * Math.Abs(givers[k] - takers[c])) + random.Next(3),
                    "wide products" => givers[k] * givers[k] * takers[c] * takers[c],
                    "products with noise" => (givers[k] * takers[c]) + random.Next(5),
                    "products with many forbidden" => random.Next(2) * givers[k] * takers[c],
                    "sums" => givers[k] + takers[c] - 10,
                    "sums with noise" => givers[k] + takers[c] + random.Next(3),
                    "far" => Math.Abs(givers[k] - takers[c]),
                    "the mentor alone" => givers[k],
                    "the candidate alone" => takers[c],
                    _ => random.NextInt64(1L << 39),
                };
            }
        }
        // places for some, for about all, for more than all
        var most = Math.Max(2, (int)((0.5 + (0.6 * (seed % 4))) * 2 * n / m));
        int[] capacity = [.. Enumerable.Range(0, m).Select(_ => seed % 5 == 0 && random.Next(10) == 0 ? random.Next(n) : random.Next(0, most))];
        int[]? pins = seed % 3 == 0 ? [.. Enumerable.Repeat(-1, n)] : null;
        if (pins is not null) pins[random.Next(n)] = MentorProblem.Nobody;
        if (pins is not null && seed % 4 == 0 && score[m + 1] > 0) (pins[1], capacity[1]) = (1, Math.Max(1, capacity[1]));
        long[] Wish() => [.. Enumerable.Range(0, m * n).Select(_ => random.Next(10) == 0 ? (long)random.Next(-50, 300) : 0)];
        return new($"{kind}-{seed}", capacity, score, seed % 4 == 1 ? Wish() : null, seed % 4 >= 2 && seed % 8 < 4 ? Wish() : null, pins);
    }

    [Theory]
    [MemberData(nameof(Scores))]
    public void Any_number_of_threads_finds_the_same_best_matching_with_a_proof_and_the_same_stable_one(string kind)
    {
        for (var seed = 0; seed < 32; seed++)
        {
            var problem = Wide(kind, seed);
            var first = (MentorCertificate)MentorSolver.Solve(problem, new() { Threads = 1 }).Certificate!;
            first.Status.ShouldBe(PlanStatus.Optimal, problem.Instance);
            var check = CertificateChecker.Check(problem, first);
            check.Ok.ShouldBeTrue($"{problem.Instance}: {check.Reason}");
            if (problem.Pins.Max() < 0 && problem.Candidates < 300) first.StableMentorOf.ShouldBe(DeferredAcceptance(problem), problem.Instance);
            foreach (var threads in new[] { 2, 4 })
            {
                var other = (MentorCertificate)MentorSolver.Solve(problem, new() { Threads = threads }).Certificate!;
                other.MentorOf.ShouldBe(first.MentorOf, problem.Instance);
                other.Prices.ShouldBe(first.Prices, problem.Instance);
                other.StableMentorOf.ShouldBe(first.StableMentorOf, problem.Instance);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_search_stopped_early_answers_with_the_stable_matching_and_a_bound(int threads)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        foreach (var limits in new SearchLimits[] { new() { Cancellation = cancelled.Token }, new() { Time = TimeSpan.Zero }, new() { Iterations = 1 }, new() { Iterations = 20 } })
        {
            var problem = Wide("near", 3);
            var result = MentorSolver.Solve(problem, limits with { Threads = threads });
            result.Status.ShouldBe(PlanStatus.Feasible);
            result.Bound!.Value.ShouldBeGreaterThanOrEqualTo(MentorSolver.Solve(problem, new()).Objective!.Value);
            var check = CertificateChecker.Check(problem, result.Certificate!);
            check.Ok.ShouldBeTrue(check.Reason);
        }
    }

    [Theory]
    [InlineData(37, 90)] // whole vectors of mentors and some left over
    [InlineData(8, 40)]
    [InlineData(7, 40)]
    public void With_many_mentors_no_pair_blocks_the_stable_matching_with_and_without_wishes(int mentors, int candidates)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            // few different numbers, so that ties are common
            long[] Table(int least, int most) => [.. Enumerable.Range(0, mentors * candidates).Select(_ => (long)random.Next(least, most))];
            int[] capacity = [.. Enumerable.Range(0, mentors).Select(_ => random.Next(0, 5))];
            var problem = new MentorProblem($"viele-{seed}", capacity, Table(-2, 8), seed % 2 == 0 ? Table(0, 4) : null, seed % 4 < 2 ? Table(0, 4) : null);
            var certificate = (MentorCertificate)MentorSolver.Solve(problem, new()).Certificate!;
            var check = CertificateChecker.Check(problem, certificate);
            check.Ok.ShouldBeTrue($"{problem.Instance}: {check.Reason}");
            certificate.StableMentorOf.ShouldBe(DeferredAcceptance(problem), problem.Instance);
        }
    }

    // the textbook way: everybody asks in the order of liking, of equal ones the first
    private static int[] DeferredAcceptance(MentorProblem problem)
    {
        int[] mentorOf = [.. Enumerable.Repeat(-1, problem.Candidates)];
        var lists = Enumerable.Range(0, problem.Candidates).Select(c => new Queue<int>(Enumerable.Range(0, problem.Mentors)
            .Where(k => problem.Allows(c, k) && problem.Capacity[k] > 0).OrderByDescending(k => problem.CandidateRank(c, k)))).ToArray();
        var looking = new Queue<int>(Enumerable.Range(0, problem.Candidates));
        while (looking.TryDequeue(out var c))
        {
            if (!lists[c].TryDequeue(out var k)) continue;
            mentorOf[c] = k;
            var guests = Enumerable.Range(0, problem.Candidates).Where(other => mentorOf[other] == k).ToList();
            if (guests.Count <= problem.Capacity[k]) continue;
            var sent = guests.OrderBy(other => problem.MentorRank(other, k)).ThenByDescending(other => other).First();
            mentorOf[sent] = -1;
            looking.Enqueue(sent);
        }
        return mentorOf;
    }

    [Fact]
    public void The_checker_rejects_every_changed_matching_price_and_claim()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var problem = Random(seed);
            var certificate = (MentorCertificate)MentorSolver.Solve(problem, new()).Certificate!;
            bool Ok(MentorCertificate changed) => CertificateChecker.Check(problem, changed).Ok;
            Ok(certificate with { Objective = certificate.Objective + 1 }).ShouldBeFalse();
            Ok(certificate with { Bound = certificate.Bound - 1 }).ShouldBeFalse();
            Ok(certificate with { StableObjective = certificate.StableObjective + 1 }).ShouldBeFalse();
            Ok(certificate with { Prices = [.. certificate.Prices.Skip(1)] }).ShouldBeFalse();
            Ok(certificate with { Prices = [.. certificate.Prices.Select(p => -p - 1)] }).ShouldBeFalse();
            for (var c = 0; c < problem.Candidates; c++)
            {
                // another mentor for one candidate changes the value, breaks a rule, or is another best matching
                var moved = certificate.MentorOf.ToArray();
                moved[c] = moved[c] == -1 ? 0 : -1;
                Ok(certificate with { MentorOf = moved }).ShouldBeFalse();
                var stable = certificate.StableMentorOf.ToArray();
                stable[c] = stable[c] == -1 ? 0 : -1;
                Ok(certificate with { StableMentorOf = stable }).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Two_people_who_would_rather_have_each_other_block_a_matching()
    {
        var problem = new MentorProblem("tausch", [1, 1], [9, 5, 6, 3]);
        var certificate = (MentorCertificate)MentorSolver.Solve(problem, new()).Certificate!;
        certificate.StableMentorOf.ShouldBe([0, 1]);
        CertificateChecker.Check(problem, certificate with { StableMentorOf = [1, 0], StableObjective = 11 }).Reason!.ShouldContain("lieber miteinander");
    }

    [Fact]
    public void Equal_scores_and_one_mentor_without_room_end_in_nobody_matched()
    {
        var result = MentorSolver.Solve(new("leer", [0], [5, 5, 5]), new());
        result.Objective.ShouldBe(0);
        result.Status.ShouldBe(PlanStatus.Optimal);
    }

    [Fact]
    public void Scores_beyond_32_bits_are_summed_right()
    {
        var problem = new MentorProblem("gross", [1, 1], [1L << 40, 1L << 39, 1L << 40, 1]);
        MentorSolver.Solve(problem, new()).Objective.ShouldBe((1L << 40) + (1L << 39));
    }

    [Fact]
    public void More_pins_than_places_are_refused_naming_the_mentor() =>
        Should.Throw<PlanInputException>(() => new MentorProblem("voll", [1], [5, 5], pins: [0, 0])).Message.ShouldContain("Mentor 1");

    [SkippableTheory]
    [InlineData("sn", 69201)]
    [InlineData("st", 69311)]
    [InlineData("syn201", 67325)]
    public void Published_optima_of_the_states_are_found(string state, long optimum)
    {
        var folder = Testing.SharedData.PathTo("benchmarks/state");
        var task = PlanFamilies.Find("state").Read(new([Path.Combine(folder, state)]) { Problem = $"{state}-mentor" }).Single();
        var result = task.Solve(new());
        result.Objective.ShouldBe(optimum);
        CertificateChecker.Check(task.Problem, result.Certificate!).Ok.ShouldBeTrue();
    }
}
