using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Anlauf.Planning;

namespace Anlauf.Benchmarks.Baselines;

/// <summary>
/// A public solver on the plain integer program of a problem, one thread, on the same machine in the same run: CBC (Debian
/// coinor-cbc) and HiGHS (npm install --prefix bench/Anlauf.Benchmarks/Baselines), where they are there.
/// </summary>
/// <param name="Name">heads its column</param>
/// <param name="Probe">a command that succeeds where the solver is there</param>
/// <param name="Command">program and arguments for a model and a limit of time in seconds</param>
/// <param name="Finished">words of its answer that say the optimum is proven</param>
internal sealed record Baseline(string Name, string[] Probe, Func<string, string, string[]> Command, string[] Finished)
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Baselines", "highs.mjs");

    /// <summary>Writes a problem in LP format; a family without a writer has no baseline.</summary>
    private static readonly List<Func<PlanProblem, TextWriter, bool>> Writers = [LocationModelWriter.Write, AssignmentModelWriter.Write];

    private static readonly Baseline[] All =
    [
        new("cbc", ["cbc", "quit"], (model, limit) => ["cbc", model, "sec", limit, "ratio", "0", "allow", "0", "solve", "quit"],
            ["Optimal solution found", "Optimal - objective value"]),
        new("highs", ["node", Script], (model, limit) => ["node", Script, model, limit], ["Optimal "]),
    ];

    /// <summary>The solvers this machine has.</summary>
    public static IReadOnlyList<Baseline> Present() => [.. All.Where(solver => Run(solver.Probe, TimeSpan.FromSeconds(20)).Code == 0)];

    /// <summary>Wall-clock seconds of every solver, reading the model included, and whether it finished; none for a family without a model.</summary>
    public static IReadOnlyList<(double Seconds, bool Done)> Seconds(IReadOnlyList<Baseline> solvers, PlanProblem problem, double limit)
    {
        var path = Path.Combine(Path.GetTempPath(), $"anlauf-{Environment.ProcessId}.lp");
        try
        {
            using (var writer = new StreamWriter(path))
                if (!Writers.Any(write => write(problem, writer))) return [];
            return [.. solvers.Select(solver => solver.Solve(path, limit))];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private (double Seconds, bool Done) Solve(string model, double limit)
    {
        var watch = Stopwatch.StartNew();
        // a solver that overlooks its limit, or never comes to look at it, ends here
        var (_, output) = Run(Command(model, limit.ToString(CultureInfo.InvariantCulture)), TimeSpan.FromSeconds(2 * limit + 10));
        return (watch.Elapsed.TotalSeconds, Finished.Any(words => output.Contains(words, StringComparison.Ordinal)));
    }

    private static (int? Code, string Output) Run(string[] command, TimeSpan patience)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(patience)) process.Kill(true);
            process.WaitForExit();
            return (process.ExitCode, output.Result);
        }
        catch (Win32Exception)
        {
            return (null, "");
        }
    }
}
