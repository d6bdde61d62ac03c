using System.Diagnostics;

namespace Anlauf.Benchmarks;

/// <summary>Processor time of this process: on a machine with other work the fairer measure beside the wall clock.</summary>
internal static class Processor
{
    /// <summary>Seconds of all threads so far.</summary>
    public static double Seconds
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }
}
