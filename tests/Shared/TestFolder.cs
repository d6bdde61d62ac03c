using System.Text.RegularExpressions;

namespace Anlauf.Testing;

/// <summary>Folders below the temporary one that belong to this run of the tests.</summary>
internal static partial class TestFolder
{
    /// <summary>An own folder of this process, not created yet. What runs that are over left behind goes away: a run that is killed cannot clean up.</summary>
    /// <param name="purpose">Short name: „tests“, „browser“.</param>
    public static string Of(string purpose)
    {
        foreach (var left in Directory.GetDirectories(Path.GetTempPath(), "anlauf-*"))
        {
            if (Name().Match(Path.GetFileName(left)) is not { Success: true } name || IsAlive(int.Parse(name.Groups["process"].ValueSpan))) continue;
            // another run may be sweeping as well, or the folder belongs to somebody else
            try { Directory.Delete(left, recursive: true); }
            catch (IOException) { }
            catch (UnauthorizedAccessException) { }
        }
        return Path.Combine(Path.GetTempPath(), $"anlauf-{purpose}-{Environment.ProcessId}");
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^anlauf-(?:tests|browser)-(?:shell-)?(?<process>\d{1,9})(?:-|$)")]
    private static partial Regex Name();
}
