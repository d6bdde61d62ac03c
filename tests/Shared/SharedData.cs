namespace Anlauf.Testing;

/// <summary>Real public data that lies beside the checkout (<c>../shared/data</c>). Tests that need it are skipped, visibly, where it is absent.</summary>
internal static class SharedData
{
    private static readonly string? Root = Find();

    /// <summary>Full path of a file or folder below <c>shared/data</c>; skips the calling test where it is missing.</summary>
    public static string PathTo(string relative)
    {
        var path = Root is null ? null : Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));
        Skip.If(path is null || (!File.Exists(path) && !Directory.Exists(path)),
            $"needs shared/data/{relative} beside the checkout (or its folder in ANLAUF_SHARED)");
        return path!;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ANLAUF_SHARED") is { Length: > 0 } named)
            return Directory.Exists(Path.Combine(named, "data")) ? Path.Combine(named, "data") : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Anlauf.slnx"))) continue;
            var beside = Path.Combine(folder.Parent?.FullName ?? "", "shared", "data");
            return Directory.Exists(beside) ? beside : null;
        }
        return null;
    }
}
