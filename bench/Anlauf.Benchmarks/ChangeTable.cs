using System.Diagnostics;
using System.Globalization;
using Anlauf.Planning;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Location;

namespace Anlauf.Benchmarks;

/// <summary>
/// How long a location problem takes after one change, from the plan before and from nothing: a site lost, a site kept open,
/// somewhat more or less money, a place that grows; wall clock, because that is what somebody waits for. Every warm answer is checked and compared with the cold one.
/// </summary>
internal static class ChangeTable
{
    private const int Sites = 4;

    public static int Run(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var settings = BenchSettings.Parse("state", arguments);
        Console.WriteLine("| instance | change | warm s | cold s | warm CPU s | gap % | gap % after 0.1 s | check |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
        var (wrong, all) = (0, new List<double>());
        foreach (var row in BestKnown.Read(settings.Folder).Where(row => settings.Only is null || row.Instance.Contains(settings.Only, StringComparison.Ordinal)))
        {
            if (row.Open("state", settings.Folder)?.Problem is not LocationProblem before) continue;
            // without any plan there is none to start from
            if (LocationSolver.Solve(before, settings.Limits).Solution is not LocationPlan plan) continue;
            var seconds = new List<double>();
            foreach (var (name, after) in Changes(before, plan))
            {
                var (cold, coldSeconds, _) = Timed(settings.Repeat, () => LocationSolver.Solve(after, settings.Limits));
                var (warm, warmSeconds, processor) = Timed(settings.Repeat, () => LocationSolver.Solve(after, settings.Limits, plan.Start));
                var early = LocationSolver.Solve(after, settings.Limits with { Time = TimeSpan.FromSeconds(0.1) }, plan.Start);
                var ok = CertificateChecker.Check(after, warm.Certificate!).Ok
                    && (warm.Objective == cold.Objective || cold.Status != PlanStatus.Optimal || warm.Status != PlanStatus.Optimal);
                if (!ok) wrong++;
                seconds.Add(warmSeconds);
                Console.WriteLine($"| {row.Instance} | {name} | {warmSeconds:0.000} | {coldSeconds:0.000} | {processor:0.000} | {100 * warm.Gap:0.0000} | {100 * early.Gap:0.000} | {(ok ? "ok" : "WRONG")} |");
            }
            Console.WriteLine($"| {row.Instance} | mean | {seconds.Average():0.000} | worst {seconds.Max():0.000} | | | | |");
            all.AddRange(seconds);
        }
        if (all.Count > 0) Console.WriteLine($"{all.Count} changes, mean {all.Average():0.000} s, {all.Count(s => s < 0.1)} under 0.1 s, worst {all.Max():0.000} s, {wrong} wrong");
        return wrong == 0 ? 0 : 1;
    }

    /// <summary>Best wall clock and processor time of some runs.</summary>
    private static (PlanResult Result, double Seconds, double Processor) Timed(int repeat, Func<PlanResult> solve)
    {
        PlanResult? result = null;
        var (seconds, processor) = (double.MaxValue, double.MaxValue);
        for (var run = 0; run < repeat; run++)
        {
            var (cpu, from) = (Processor.Seconds, Stopwatch.GetTimestamp());
            result = solve();
            seconds = Math.Min(seconds, Stopwatch.GetElapsedTime(from).TotalSeconds);
            processor = Math.Min(processor, Processor.Seconds - cpu);
        }
        return (result!, seconds, processor);
    }

    private static IEnumerable<(string Name, LocationProblem Problem)> Changes(LocationProblem before, LocationPlan plan)
    {
        for (var k = 0; k < Sites; k++)
        {
            var (lost, kept) = (plan.Open[k * plan.Open.Count / Sites], (k * before.Sites.Count / Sites) + 5);
            yield return ($"without site {lost}", With(before, Rule(before, lost, SiteRule.Forbidden), before.Weights, before.Budget));
            yield return ($"with site {kept}", With(before, Rule(before, kept, SiteRule.KeepOpen), before.Weights, before.Budget));
        }
        yield return ("budget + 2 %", With(before, before.Sites, before.Weights, before.Budget * 102 / 100));
        yield return ("budget − 2 %", With(before, before.Sites, before.Weights, before.Budget * 98 / 100));
        var grown = before.Weights.Count / 2;
        yield return ($"place {grown} doubled", With(before, before.Sites, [.. before.Weights.Select((w, j) => j == grown ? 2 * w : w)], before.Budget));
    }

    private static CandidateSite[] Rule(LocationProblem problem, int site, SiteRule rule) =>
        [.. problem.Sites.Select((s, i) => i == site ? s with { Rule = rule } : s)];

    private static LocationProblem With(LocationProblem before, IReadOnlyList<CandidateSite> sites, IReadOnlyList<long> weights, long budget) =>
        new(before.Instance, before.Goal, sites, before.Groups, weights, before.Travel, budget, before.Reach);
}
