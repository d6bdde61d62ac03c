using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Anlauf.Tests.Surface;

/// <summary>docs/asvs.md is complete and names tests that exist.</summary>
public sealed partial class AsvsTests
{
    /// <summary>Requirements of levels 1 and 2 in each section of ASVS 5.0.0, counted in the standard.</summary>
    private const string Sections = "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 "
        + "9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2";

    [Fact]
    public async Task Every_requirement_of_level_two_is_judged_once_and_its_proof_exists()
    {
        var text = await File.ReadAllTextAsync(Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "asvs.md")));
        var rows = Row().Matches(text).Select(m => (Id: m.Groups[1].Value, State: m.Groups[2].Value, Proof: m.Groups[3].Value)).ToList();
        rows.Select(r => r.Id).ShouldBeUnique();
        rows.Count.ShouldBe(253);
        rows.GroupBy(r => r.Id[..r.Id.LastIndexOf('.')]).Select(g => $"{g.Key}:{g.Count()}").Order(StringComparer.Ordinal).ShouldBe(Sections.Split(' ').Order(StringComparer.Ordinal));
        rows.Where(r => r.State is not ("met" or "not applicable" or "open") || r.Proof.Length < 4).ShouldBeEmpty();
        foreach (var state in new[] { "met", "not applicable", "open" }) text.ShouldContain($"{rows.Count(r => r.State == state)} {state}");
        var tests = Directory.EnumerateFiles(Path.GetFullPath(Path.Combine(Here(), "..", "..")), "*Tests.cs", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f)).ToHashSet();
        Named().Matches(text).Select(m => m.Groups[1].Value).Distinct().Except(tests).ShouldBeEmpty();
        var security = await File.ReadAllTextAsync(Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "security.md")));
        Named().Matches(security).Select(m => m.Groups[1].Value).Distinct().Except(tests).ShouldBeEmpty();
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"^\| (\d+\.\d+\.\d+) \| ([a-z ]+) \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b([A-Z][A-Za-z]+Tests)\b")]
    private static partial Regex Named();
}
