using Anlauf.Planning;

namespace Anlauf.Benchmarks;

/// <summary>The instances of a folder that has no best_known.csv: every file, or every state folder, by name.</summary>
internal static class FolderInstances
{
    /// <summary>Names and tasks; a file that cannot be read is named on stderr and left out.</summary>
    public static IEnumerable<(string Instance, PlanTask Task)> Of(string family, string folder)
    {
        foreach (var path in Paths(family, folder))
            foreach (var task in Read(family, path)) yield return (task.Problem.Instance, task);
    }

    private static IEnumerable<string> Paths(string family, string folder)
    {
        if (family != "state") return Directory.EnumerateFiles(folder).Where(path => Path.GetExtension(path) is not (".md" or ".csv" or ".tsv" or ".py")).Order(StringComparer.Ordinal);
        return File.Exists(Path.Combine(folder, "problems.json")) ? [folder]
            : Directory.EnumerateDirectories(folder).Where(sub => File.Exists(Path.Combine(sub, "problems.json"))).Order(StringComparer.Ordinal);
    }

    private static IReadOnlyList<PlanTask> Read(string family, string path)
    {
        try
        {
            return [.. PlanFamilies.Find(family).Read(new PlanInput([path]))];
        }
        catch (PlanInputException refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            return [];
        }
    }
}
