using System.ComponentModel;
using System.Diagnostics;

namespace Anlauf.Platform.Documents;

/// <summary>Runs an installed program with a time limit; it is ended with all its children when the limit or the caller says so.</summary>
internal static class ExternalProgram
{
    /// <param name="name">Name of the program, looked up in PATH.</param>
    /// <param name="arguments">Passed one by one, without a shell.</param>
    /// <param name="limit">Longest it may run.</param>
    /// <param name="ct">Ends the program.</param>
    /// <returns>What it wrote to standard output, or null where it is not installed, failed or took too long.</returns>
    public static async Task<string?> RunAsync(string name, IEnumerable<string> arguments, TimeSpan limit, CancellationToken ct)
    {
        var start = new ProcessStartInfo(name)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // several pages may be recognised at once; each shall keep to one core
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        using var process = Start(start);
        if (process is null) return null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        ending.CancelAfter(limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ending.Token);
            var complaints = process.StandardError.ReadToEndAsync(ending.Token);
            await process.WaitForExitAsync(ending.Token);
            await complaints;
            return process.ExitCode == 0 ? await output : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            // not installed
            return null;
        }
    }
}
