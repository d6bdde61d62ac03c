using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Anlauf.Tests.Surface;

/// <summary>The bill of materials names every package that the restore and the lock file chose, once, with version, hash and licence.</summary>
public sealed class SbomTests
{
    [Fact]
    public async Task Every_package_of_the_program_stands_in_the_bill_of_materials()
    {
        var root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(root, "build", "sbom.mjs")]) { RedirectStandardOutput = true })!;
        var written = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        var bom = JsonDocument.Parse(written).RootElement;
        (bom.GetProperty("bomFormat").GetString(), bom.GetProperty("specVersion").GetString()).ShouldBe(("CycloneDX", "1.6"));
        var parts = bom.GetProperty("components").EnumerateArray().ToDictionary(c => c.GetProperty("bom-ref").GetString()!);
        var assets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(root, "src", "Anlauf", "obj", "project.assets.json"))).RootElement;
        var restored = assets.GetProperty("libraries").EnumerateObject().Where(l => l.Value.GetProperty("type").GetString() == "package").Select(l => "pkg:nuget/" + l.Name.Replace('/', '@')).ToList();
        var locked = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(root, "package-lock.json"))).RootElement.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0)
            .Select(p => $"pkg:npm/{p.Name[(p.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + 13)..].Replace("@", "%40", StringComparison.Ordinal)}@{p.Value.GetProperty("version").GetString()}").ToList();
        (restored.Count, locked.Count).ShouldSatisfyAllConditions(c => c.Item1.ShouldBeGreaterThan(10), c => c.Item2.ShouldBeGreaterThan(30));
        restored.Concat(locked).Except(parts.Keys).ShouldBeEmpty();
        parts.Keys.Where(k => k.StartsWith("pkg:", StringComparison.Ordinal)).Except(restored.Concat(locked)).ShouldBeEmpty();
        foreach (var (reference, part) in parts)
        {
            part.GetProperty("licenses").GetArrayLength().ShouldBe(1, reference);
            if (reference.StartsWith("pkg:", StringComparison.Ordinal)) part.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length.ShouldBe(128, reference);
        }
        // what it says each part needs are parts it names
        bom.GetProperty("dependencies").EnumerateArray().SelectMany(d => d.GetProperty("dependsOn").EnumerateArray().Select(n => n.GetString()!)).Except(parts.Keys).ShouldBeEmpty();
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
