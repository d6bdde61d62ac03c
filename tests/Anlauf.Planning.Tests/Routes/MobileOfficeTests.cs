using Anlauf.Planning.Certificates;
using Anlauf.Planning.Instances;
using Anlauf.Planning.Routes.MobileOffice;
using Anlauf.Testing;

namespace Anlauf.Planning.Tests.Routes;

public class MobileOfficeTests
{
    private static readonly SearchLimits Short = new() { Time = Timeout.InfiniteTimeSpan, Iterations = 4000 };

    [Fact]
    public void More_visits_than_market_days_are_proven_impossible_at_once()
    {
        var town = new MarketTown("Aue", 0, [new(1, 678, 711, WeekRhythm.A), new(1, 479, 735)], 200, [28, 22], 2);
        var problem = new MobileOfficeProblem("zu oft", [[0]], [town], [new("A", 0, 479, 980, 39)], 1, 2);
        var result = MobileOfficeSolver.Solve(problem, new() { Time = Timeout.InfiniteTimeSpan, Iterations = 20_000 });
        result.Status.ShouldBe(PlanStatus.Infeasible);
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void A_thousand_small_timetables_with_days_from_one_depot_are_proven_best()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var problem = SmallRoutes.Mobile(seed, plain: true);
            var result = MobileOfficeSolver.Solve(problem, Short);
            var best = SmallRoutes.Best(problem);
            result.Status.ShouldBe(best is null ? PlanStatus.Infeasible : PlanStatus.Optimal, $"seed {seed}, best {best}, value {result.Objective}, bound {result.Bound}");
            result.Objective.ShouldBe(best, $"seed {seed}");
            var check = CertificateChecker.Check(problem, result.Certificate!);
            check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
        }
    }

    [Fact]
    public void Seen_as_maximal_covering_three_thousand_small_timetables_are_proven_best_and_no_changed_proof_is_accepted()
    {
        var (covered, rejected) = (0, 0);
        for (var seed = 0; seed < 3000; seed++)
        {
            var problem = SmallRoutes.Mobile(seed, plain: true);
            if (problem.Buses.Count > 1) continue; // unequal buses are no covering
            var result = MobileOfficeSolver.Solve(problem, Short, null, nodes: 0);
            var best = SmallRoutes.Best(problem);
            result.Status.ShouldBe(best is null ? PlanStatus.Infeasible : PlanStatus.Optimal, $"seed {seed}, best {best}, value {result.Objective}, bound {result.Bound}");
            result.Objective.ShouldBe(best, $"seed {seed}");
            var proof = (MobileOfficeCertificate)result.Certificate!;
            var check = CertificateChecker.Check(problem, proof);
            check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
            foreach (var covering in proof.Coverings)
            {
                covered++;
                CoveringProof[] changed = [covering with { Bound = covering.Bound - 1 }, covering with { Scale = 0 }];
                foreach (var (other, number) in changed.Select((other, number) => (other, number)))
                {
                    var mutant = proof with { Coverings = [.. proof.Coverings.Select(c => c == covering ? other : c)], Bound = proof.Bound - (number == 0 ? 1 : 0) };
                    CertificateChecker.Check(problem, mutant).Ok.ShouldBeFalse($"seed {seed}, change {number}");
                    rejected++;
                }
            }
        }
        covered.ShouldBeGreaterThan(150);
        rejected.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void Four_weeks_with_two_buses_are_proven_and_the_covering_of_each_weekday_holds()
    {
        var task = GeneratedProblems.Mobile(300, 4, 2, [], demands: false, seed: 5);
        var problem = (MobileOfficeProblem)task.Problem;
        var result = MobileOfficeSolver.Solve(problem, new() { Time = TimeSpan.FromMinutes(2) }, null, nodes: 1);
        result.Status.ShouldBe(PlanStatus.Optimal);
        var proof = (MobileOfficeCertificate)result.Certificate!;
        proof.Coverings.ShouldNotBeEmpty();
        CertificateChecker.Check(problem, proof).Ok.ShouldBeTrue();
        var covering = proof.Coverings.MaxBy(c => c.Proof.Length)!;
        CertificateChecker.Check(problem, proof with { Coverings = [.. proof.Coverings.Where(c => c != covering), covering with { Proof = "" }] }).Ok.ShouldBeFalse();
        CertificateChecker.Check(problem, proof with { Coverings = [.. proof.Coverings.Where(c => c != covering)] }).Ok.ShouldBeFalse();
    }

    [Fact]
    public void With_nights_away_rhythms_repeated_visits_and_odd_travel_times_small_timetables_are_proven_best()
    {
        var rejected = 0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var problem = SmallRoutes.Mobile(seed, plain: false);
            var result = MobileOfficeSolver.Solve(problem, Short with { Iterations = 1500 });
            var best = SmallRoutes.Best(problem);
            result.Status.ShouldBe(best is null ? PlanStatus.Infeasible : PlanStatus.Optimal, $"seed {seed}, best {best}, value {result.Objective}, bound {result.Bound}");
            result.Objective.ShouldBe(best, $"seed {seed}");
            var proof = (MobileOfficeCertificate)result.Certificate!;
            var check = CertificateChecker.Check(problem, proof);
            check.Ok.ShouldBeTrue($"seed {seed}: {check.Reason}");
            if (best is null) continue;
            // neither prices nor trying every choice prove a plan that is not the best one
            var left = proof.Plan.Days.Where(day => day.From == day.To && day.Stops.Count > 0).Take(1).ToArray();
            MobileOfficePlan worse = new([.. proof.Plan.Days.Except(left)]);
            var value = MobileOfficeChecker.ValueOf(problem, worse);
            if (value == best || left.Length == 0) continue;
            CertificateChecker.Check(problem, proof with { Plan = worse, Objective = value, Bound = value }).Ok.ShouldBeFalse($"seed {seed}");
            CertificateChecker.Check(problem, proof with { Plan = worse, Objective = value, Bound = best - 1, Status = PlanStatus.Feasible }).Ok.ShouldBeFalse($"seed {seed}");
            rejected++;
        }
        rejected.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_visit_behind_the_end_of_all_time_is_no_visit()
    {
        // the second market is over before the bus gets there from the first
        MarketTown[] towns = [new("A", 1, [new(0, 480, 600)], 90, [10]), new("B", 2, [new(0, 480, 600)], 90, [10])];
        var problem = new MobileOfficeProblem("spät", [[0, 60, 60], [60, 0, 60], [60, 60, 0]], towns, [new("Bus", 0, 400, 990)], 1, 1);
        const int Late = int.MaxValue - 30;
        BusStop[] stops = [new(0, "A", 480, 480, 570), new(1, "B", Late, Late, unchecked(Late + 90))];
        var plan = new MobileOfficePlan([new(0, 0, 0, 0, 0, stops, 700)]);
        var certificate = new MobileOfficeCertificate { Instance = problem.Instance, Objective = 20, Bound = 20, Status = PlanStatus.Optimal, Plan = plan, Prices = [0, 0], Scale = 1, Searched = [], Coverings = [] };
        CertificateChecker.Check(problem, certificate).Feasible.ShouldBeFalse();
        CertificateChecker.Check(problem, MobileOfficeSolver.Solve(problem, Short).Certificate!).Objective.ShouldBe(10);
    }

    [Fact]
    public void The_least_of_all_numbers_is_no_bound_of_a_covering()
    {
        var problem = SmallRoutes.Mobile(1, plain: true);
        var good = (MobileOfficeCertificate)MobileOfficeSolver.Solve(problem, Short).Certificate!;
        for (var town = 0; town < problem.Towns.Count; town++)
            foreach (var bound in new[] { long.MinValue, long.MaxValue })
                CertificateChecker.Check(problem, good with { Searched = [], Coverings = [new(town, bound, 1, "")] }).Ok.ShouldBeFalse();
    }

    [Fact]
    public void A_certificate_changed_in_any_place_is_rejected()
    {
        var rejected = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var problem = SmallRoutes.Mobile(seed, plain: true);
            if (MobileOfficeSolver.Solve(problem, Short).Certificate is not MobileOfficeCertificate { Objective: > 0 } good) continue;
            var day = good.Plan.Days.First(d => d.Stops.Count > 0);
            var stop = day.Stops[0];
            MobileOfficeCertificate WithDay(BusDay changed) => good with { Plan = new([.. good.Plan.Days.Select(d => d == day ? changed : d)]) };
            MobileOfficeCertificate WithStop(BusStop changed) => WithDay(day with { Stops = [changed, .. day.Stops.Skip(1)] });
            MobileOfficeCertificate[] mutants =
            [
                good with { Objective = good.Objective + 1, Bound = good.Bound + 1 },
                good with { Objective = good.Objective - 1 },
                good with { Bound = good.Bound - 1 },
                good with { Bound = null },
                good with { Instance = "another" },
                good with { Status = PlanStatus.Infeasible },
                good with { Prices = [.. good.Prices.Skip(1)] },
                good with { Prices = [.. good.Prices.Select(p => -1 - p)] },
                good with { Plan = new([.. good.Plan.Days, day]) },
                good with { Plan = new([.. good.Plan.Days.Where(d => d != day)]), Objective = good.Objective },
                WithDay(day with { Bus = problem.Buses.Count }),
                WithDay(day with { Week = problem.Weeks }),
                WithDay(day with { Weekday = day.Weekday + 1 }),
                WithDay(day with { Return = problem.Buses[day.Bus].ShiftEnd + 1 }),
                WithDay(day with { Stops = [.. day.Stops, stop] }),
                WithStop(stop with { Town = problem.Towns.Count }),
                WithStop(stop with { Arrival = -1 }),
                WithStop(stop with { Begin = stop.Begin + 1 }),
                WithStop(stop with { Begin = stop.Begin + 1000, Departure = stop.Departure + 1000 }),
            ];
            foreach (var mutant in mutants)
            {
                if (mutant.Plan.Days.Count < good.Plan.Days.Count && day.Stops.All(s => problem.Towns[s.Town].VisitValues[0] == 0)) continue;
                CertificateChecker.Check(problem, mutant).Ok.ShouldBeFalse($"seed {seed}: mutant {Array.IndexOf(mutants, mutant)}");
                rejected++;
            }
        }
        rejected.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public void A_town_out_of_reach_with_demanded_visits_is_named()
    {
        var far = new MarketTown("Fernstadt", 1, [new(0, 480, 600)], 30, [10], MinVisits: 1);
        var problem = new MobileOfficeProblem("far", [[0, 500], [500, 0]], [far], [new("Bus", 0, 400, 900)], 1, 5);
        var result = MobileOfficeSolver.Solve(problem, Short);
        result.Status.ShouldBe(PlanStatus.Infeasible);
        CertificateChecker.Check(problem, result.Certificate!).Sentence.ShouldContain("Fernstadt");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(30, 0)]
    public void One_place_worthless_visits_and_equal_distances_get_the_right_answer(int minutes, long value)
    {
        var towns = Enumerable.Range(0, 3).Select(i => new MarketTown($"T{i}", 1, [new(i, 480, 600)], 60, [value])).ToArray();
        var problem = new MobileOfficeProblem("equal", [[0, minutes], [minutes, 0]], towns, [new("Bus", 0, 400, 900)], 1, 5);
        var result = MobileOfficeSolver.Solve(problem, Short);
        result.Objective.ShouldBe(3 * value);
        result.Status.ShouldBe(PlanStatus.Optimal);
    }

    [Fact]
    public void No_town_at_all_is_an_empty_plan()
    {
        var problem = new MobileOfficeProblem("empty", [[0]], [], [new("Bus", 0, 400, 900)], 4, 5);
        var result = MobileOfficeSolver.Solve(problem, Short);
        (result.Objective, result.Bound, result.Status).ShouldBe((0, 0, PlanStatus.Optimal));
        CertificateChecker.Check(problem, result.Certificate!).Ok.ShouldBeTrue();
    }

    [Fact]
    public void Values_too_large_to_add_up_are_refused_by_name()
    {
        MarketTown town = new("Großstadt", 0, [new(0, 480, 600)], 60, [long.MaxValue]);
        Should.Throw<PlanInputException>(() => new MobileOfficeProblem("large", [[0]], [town, town], [new("Bus", 0, 400, 900)], 1, 5))
            .Message.ShouldContain("Großstadt");
    }

    [Fact]
    public void Long_market_days_with_short_visits_get_a_plan_and_a_bound_that_holds()
    {
        var random = new Random(7);
        var points = Enumerable.Range(0, 41).Select(_ => (X: random.Next(60), Y: random.Next(60))).ToArray();
        var travel = points.Select(a => points.Select(b => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y)).ToArray()).ToArray();
        var towns = Enumerable.Range(1, 40).Select(i => new MarketTown($"T{i}", i, [new(0, 360, 1200)], 10, [random.Next(1, 100)])).ToArray();
        var problem = new MobileOfficeProblem("long", travel, towns, [new("Bus", 0, 360, 900)], 2, 1);
        var result = MobileOfficeSolver.Solve(problem, Short with { Iterations = 300 });
        result.Objective!.Value.ShouldBeGreaterThan(0);
        result.Bound!.Value.ShouldBeGreaterThanOrEqualTo(result.Objective.Value);
        var check = CertificateChecker.Check(problem, result.Certificate!);
        check.Ok.ShouldBeTrue(check.Reason);
    }

    [Fact]
    public void Equal_iterations_and_seed_give_equal_timetables()
    {
        var problem = SmallRoutes.Mobile(12, plain: false);
        string Run() => CertificateJson.Write(MobileOfficeSolver.Solve(problem, Short).Certificate!);
        Run().ShouldBe(Run());
    }

    [SkippableTheory]
    [InlineData("sn", "sn-mobile-w4b1", 10117)]
    [InlineData("st", "st-mobile-w4b1", 9722)]
    public void Four_weeks_with_one_bus_reach_the_proven_optimum(string folder, string problem, long best)
    {
        var path = SharedData.PathTo($"benchmarks/state/{folder}");
        var task = PlanFamilies.Find("state").Read(new([path]) { Problem = problem }).Single();
        var result = task.Solve(new() { Time = TimeSpan.FromSeconds(60) });
        (result.Objective, result.Status).ShouldBe((best, PlanStatus.Optimal));
        CertificateChecker.Check(task.Problem, result.Certificate!).Ok.ShouldBeTrue();
    }
}
