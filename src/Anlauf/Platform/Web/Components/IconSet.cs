using System.Collections.Frozen;

namespace Anlauf.Platform.Web.Components;

/// <summary>The inner SVG of each used Lucide icon (ISC licence), embedded by the build.</summary>
public static class IconSet
{
    private static readonly FrozenDictionary<string, string> Icons = Read();

    /// <summary>All icon names.</summary>
    public static IEnumerable<string> Names => Icons.Keys;

    /// <summary>Inner SVG, or null when the name is not listed in Assets/icons.txt.</summary>
    public static string? Find(string name) => Icons.GetValueOrDefault(name);

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(IconSet).Assembly.GetManifestResourceStream("assets/icons.tsv")
            ?? throw new InvalidOperationException("The icons are not embedded; build the project with build/Npm.targets.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')).ToFrozenDictionary(p => p[0], p => p[1]);
    }
}
