using System.Diagnostics;
using System.Runtime.Versioning;

namespace Anlauf.Platform.Database;

/// <summary>
/// PostgreSQL refuses to run as root. Where the program itself runs as root (containers, CI), the database is started as an
/// ordinary system user; .NET drops the privileges itself through <see cref="ProcessStartInfo.UserName"/>.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class ServiceUser
{
    /// <summary>Name of the user to start PostgreSQL as, or null where the program is not root and no change is needed.</summary>
    public static string? Name { get; } = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? Find() : null;

    // a uid without an entry in passwd fails in initdb, so only users that exist
    private static string Find()
    {
        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return new[] { "postgres", "anlauf", "nobody", "daemon", "www-data" }.FirstOrDefault(known.Contains)
            ?? throw new DatabaseUnavailableException(
                "Das Programm läuft als root, und es gibt keinen gewöhnlichen Systembenutzer für die Datenbank. " +
                "Abhilfe: als gewöhnlicher Benutzer starten oder mit ConnectionStrings__Anlauf eine vorhandene Datenbank nennen.");
    }

    /// <summary>True where the service user may enter <paramref name="folder"/> (every folder above it can be traversed by others).</summary>
    public static bool CanEnter(string folder)
    {
        if (Name is null) return true;
        for (var f = new DirectoryInfo(folder).Parent; f is not null; f = f.Parent)
            if (f.Exists && !f.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        return true;
    }

    /// <summary>Gives a folder and all in it to the service user; nothing to do where the program is not root.</summary>
    public static void Own(string folder)
    {
        if (Name is null) return;
        using var chown = Process.Start(new ProcessStartInfo("chown", ["-R", Name, folder]))!;
        chown.WaitForExit();
        if (chown.ExitCode != 0)
            throw new DatabaseUnavailableException($"Der Ordner {folder} lässt sich nicht an den Benutzer {Name} übergeben.");
    }
}
