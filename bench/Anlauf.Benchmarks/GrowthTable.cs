using System.Globalization;
using Anlauf.Planning;
using Anlauf.Planning.Certificates;
using Anlauf.Planning.Instances;

namespace Anlauf.Benchmarks;

/// <summary>How seconds grow with size: generated problems of n, 2n, 4n, 8n, the median of several seeds each.</summary>
internal static class GrowthTable
{
    public static int Run(string kind, string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (!GeneratedProblems.Kinds.TryGetValue(kind, out var family))
        {
            Console.Error.WriteLine($"kinds: {string.Join(", ", GeneratedProblems.Kinds.Keys)}");
            return 2;
        }
        var settings = BenchSettings.Parse(kind, arguments);
        family.Make(1, 99).Solve(settings.Limits with { Time = TimeSpan.FromSeconds(2) }); // compiles
        Console.WriteLine($"n = {family.Size}; limit {settings.Limits.Time.TotalSeconds:0} s, median of {settings.Repeat} seeds");
        Console.WriteLine("| size | instance | seconds | CPU s | × | gap % | proven | certificates |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
        var (before, wrong) = (0.0, 0);
        foreach (var size in new[] { 1, 2, 4, 8 })
        {
            var (seconds, processor, gaps, proven, name) = (new List<double>(), new List<double>(), new List<double>(), 0, "");
            var ok = 0;
            for (var seed = 1; seed <= settings.Repeat; seed++)
            {
                var task = family.Make(size, (ulong)seed);
                var cpu = Processor.Seconds;
                var result = task.Solve(settings.Limits);
                processor.Add(Processor.Seconds - cpu);
                name = task.Problem.Instance;
                seconds.Add(result.Seconds);
                gaps.Add(result.Gap ?? (result.Status == PlanStatus.Infeasible ? 0 : 1));
                if (result.Status is PlanStatus.Optimal or PlanStatus.Infeasible) proven++;
                var check = result.Certificate is { } certificate ? CertificateChecker.Check(task.Problem, certificate) : null;
                if (check is { Ok: true }) ok++;
                else Console.WriteLine($"  {name}: {check?.Reason ?? "no certificate"}");
            }
            wrong += settings.Repeat - ok;
            seconds.Sort();
            processor.Sort();
            gaps.Sort();
            var (median, used) = (seconds[seconds.Count / 2], processor[processor.Count / 2]);
            Console.WriteLine($"| {size} n | {name} | {median:0.0000} | {used:0.0000} | {(before > 0 ? $"{used / before:0.0}" : "")} | {100 * gaps[gaps.Count / 2]:0.000} | {proven} of {settings.Repeat} | {ok} ok |");
            before = used;
        }
        return wrong == 0 ? 0 : 1;
    }
}
