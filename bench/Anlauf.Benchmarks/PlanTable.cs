using System.Globalization;
using Anlauf.Benchmarks.Baselines;
using Anlauf.Planning;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Instances;

namespace Anlauf.Benchmarks;

/// <summary>
/// Solves every instance of a family's best_known.csv (without one: of the folder) and prints one table: instance, value, bound,
/// gap, best known value, seconds. Every certificate is checked. With --baseline also seconds of the public solvers that are there.
/// </summary>
internal static class PlanTable
{
    public static int Run(string family, string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var settings = BenchSettings.Parse(family, arguments);
        var baselines = settings.Baseline ? Baseline.Present() : [];
        Console.WriteLine($"| {"instance",-22} | {"value",14} | {"bound",14} | {"gap %",8} | {"best known",14} | {"seconds",8} | {"CPU s",8} | {"check",6} |{string.Concat(baselines.Select(solver => $" {solver.Name} s | ratio |"))}");
        Console.WriteLine($"| {new string('-', 22)} | {new string('-', 14)} | {new string('-', 14)} | {new string('-', 8)} | {new string('-', 14)} | {new string('-', 8)} | {new string('-', 8)} | {new string('-', 6)} |{string.Concat(baselines.Select(_ => " --- | --- |"))}");
        var total = 0.0;
        var optimal = 0;
        var wrong = 0;
        var seconds = new List<double>();
        foreach (var (instance, known, task) in Instances(family, settings))
        {
            Rehearsal.Before(task.Problem);
            PlanResult? result = null;
            var (best, processor) = (double.MaxValue, double.MaxValue);
            for (var run = 0; run < settings.Repeat; run++)
            {
                var cpu = Processor.Seconds;
                result = task.Solve(settings.Limits);
                processor = Math.Min(processor, Processor.Seconds - cpu);
                best = Math.Min(best, result.Seconds);
            }
            var check = result!.Certificate is { } certificate ? CertificateChecker.Check(task.Problem, certificate) : null;
            total += best;
            seconds.Add(best);
            if (result.Status is PlanStatus.Optimal or PlanStatus.Infeasible) optimal++;
            if (check is not { Ok: true }) wrong++;
            var line = $"| {instance,-22} | {result.Objective,14:0.###} | {result.Bound,14:0.###} | {100 * result.Gap,8:0.0000} | {known,14} | {best,8:0.0000} | {processor,8:0.0000} | {(check is null ? "none" : check.Ok ? "ok" : "WRONG"),6} |";
            foreach (var (took, done) in Baseline.Seconds(baselines, task.Problem, settings.BaselineTime))
                line += $" {(done ? "" : "> ")}{took:0.00} | {(done ? "" : "> ")}{took / best:0} |";
            Console.WriteLine(line);
            if (check is { Ok: false }) Console.WriteLine($"  {check.Reason}");
        }
        seconds.Sort();
        if (seconds.Count > 0)
            Console.WriteLine($"{seconds.Count} instances, {optimal} proven, {wrong} certificates not verified; total {total:0.000} s, median {seconds[seconds.Count / 2]:0.0000} s, worst {seconds[^1]:0.000} s; CPU of the process {Processor.Seconds:0.0} s");
        return wrong == 0 ? 0 : 1;
    }

    private static IEnumerable<(string Instance, string Known, PlanTask Task)> Instances(string family, BenchSettings settings)
    {
        bool Wanted(string instance) => settings.Only is null || instance.Contains(settings.Only, StringComparison.Ordinal);
        return BestKnown.In(settings.Folder)
            ? BestKnown.Read(settings.Folder).Where(row => Wanted(row.Instance)).Select(row => (row.Instance, row.Value, Task: row.Open(family, settings.Folder)))
                .Where(row => row.Task is not null).Select(row => (row.Instance, row.Value, row.Task!))
            : FolderInstances.Of(family, settings.Folder).Where(found => Wanted(found.Instance)).Select(found => (found.Instance, "", found.Task));
    }
}

/// <summary>Options of the table.</summary>
internal sealed record BenchSettings(string Folder, string? Only, SearchLimits Limits, int Repeat, bool Baseline, double BaselineTime)
{
    public static BenchSettings Parse(string family, string[] arguments)
    {
        string? folder = null, only = null;
        double time = 30, baselineTime = 300;
        long? iterations = null;
        ulong seed = 1;
        int threads = 0, repeat = 1;
        var baseline = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--only": only = arguments[++i]; break;
                case "--time": time = double.Parse(arguments[++i], CultureInfo.InvariantCulture); break;
                case "--iterations": iterations = long.Parse(arguments[++i], CultureInfo.InvariantCulture); break;
                case "--seed": seed = ulong.Parse(arguments[++i], CultureInfo.InvariantCulture); break;
                case "--threads": threads = int.Parse(arguments[++i], CultureInfo.InvariantCulture); break;
                case "--repeat": repeat = int.Parse(arguments[++i], CultureInfo.InvariantCulture); break;
                case "--baseline": baseline = true; break;
                case "--baseline-time": baselineTime = double.Parse(arguments[++i], CultureInfo.InvariantCulture); break;
                default: folder = arguments[i]; break;
            }
        }
        var limits = new SearchLimits { Time = TimeSpan.FromSeconds(time), Iterations = iterations, Seed = seed, Threads = threads };
        return new(folder ?? Path.Combine("..", "shared", "data", "benchmarks", family), only, limits, repeat, baseline, baselineTime);
    }
}
