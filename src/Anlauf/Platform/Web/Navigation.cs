namespace Anlauf.Platform.Web;

/// <summary>A page of a section in the sub-navigation. <paramref name="Policy"/> hides it from those who may not open it.</summary>
/// <param name="Section">Slug of the section, first segment of the address ("sitzungen").</param>
/// <param name="Title">German title.</param>
/// <param name="Href">Address without query.</param>
/// <param name="Policy">Authorization policy of the page, or null when everyone signed in may open it.</param>
/// <param name="Order">Position within the section.</param>
public sealed record NavigationEntry(string Section, string Title, string Href, string? Policy = null, int Order = 0);

/// <summary>The eleven sections in their fixed order.</summary>
public static class Sections
{
    /// <summary>Slug (first segment of the address) and title.</summary>
    public static IReadOnlyList<(string Slug, string Title)> All { get; } =
    [
        ("lage", "Lage"), ("sitzungen", "Sitzungen"), ("menschen", "Menschen"), ("kandidaturen", "Kandidaturen"),
        ("praesenz", "Präsenz"), ("kampagne", "Kampagne"), ("analyse", "Analyse"), ("projekte", "Projekte"),
        ("termine", "Termine"), ("finanzen", "Finanzen"), ("verwaltung", "Verwaltung"),
    ];

    /// <summary>First segment of a path, "" for the root.</summary>
    public static string SlugOf(string? path) => (path ?? "").TrimStart('/').Split('/', '?')[0];

    /// <summary>The entry whose address is the longest prefix of the path.</summary>
    public static NavigationEntry? Current(IEnumerable<NavigationEntry> entries, string path) => entries
        .Where(e => path == e.Href || path.StartsWith(e.Href + "/", StringComparison.Ordinal))
        .MaxBy(e => e.Href.Length);
}
