using System.Diagnostics;
using System.Globalization;
using Anlauf.Planning;

namespace Anlauf.Benchmarks;

/// <summary>Runs CBC (Debian coinor-cbc) on the plain integer program of a problem, where both exist.</summary>
internal static class Baseline
{
    /// <summary>Writes a problem in LP format; a family without a writer has no baseline.</summary>
    private static readonly List<Func<PlanProblem, TextWriter, bool>> Writers = [LocationModelWriter.Write, AssignmentModelWriter.Write];

    /// <summary>Wall-clock seconds of CBC with one thread and whether it finished; none when it cannot run.</summary>
    public static (double Seconds, bool Done)? Seconds(PlanProblem problem, double limit)
    {
        var path = Path.Combine(Path.GetTempPath(), $"anlauf-{Environment.ProcessId}.lp");
        try
        {
            using (var writer = new StreamWriter(path))
                if (!Writers.Any(write => write(problem, writer))) return null;
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo("cbc",
                [path, "sec", limit.ToString(CultureInfo.InvariantCulture), "ratio", "0", "allow", "0", "solve", "quit"])
            { RedirectStandardOutput = true });
            var output = process!.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (watch.Elapsed.TotalSeconds, output.Contains("Optimal solution found", StringComparison.Ordinal) || output.Contains("Optimal - objective value", StringComparison.Ordinal));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
