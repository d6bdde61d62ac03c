using System.Security.Cryptography;

namespace Anlauf.Planning.Certificates;

/// <summary>A file and the hash that shows it is unchanged.</summary>
/// <param name="Path">path as given when solving</param>
/// <param name="Sha256">hash of the content, hexadecimal</param>
public sealed record ProblemFile(string Path, string Sha256);

/// <summary>Where a problem came from, so that a certificate can be checked alone.</summary>
/// <param name="Family">family on the command line</param>
/// <param name="Arguments">files or folders on the command line</param>
/// <param name="Files">every file read, with its hash</param>
public sealed record ProblemReference(string Family, IReadOnlyList<string> Arguments, IReadOnlyList<ProblemFile> Files)
{
    /// <summary>Radius option.</summary>
    public decimal? Radius { get; init; }

    /// <summary>Number of sites option.</summary>
    public int? Sites { get; init; }

    /// <summary>Capacity option.</summary>
    public long? Capacity { get; init; }

    /// <summary>Describes the input of a family; folders count with their tables and problems.json.</summary>
    public static ProblemReference Of(string family, PlanInput input)
    {
        var arguments = input.Files.Select(Path.GetFullPath).ToArray();
        var files = arguments.SelectMany(FilesOf);
        return new(family, arguments, [.. files.Select(file => new ProblemFile(file, Hash(file)))])
        {
            Radius = input.Radius,
            Sites = input.Sites,
            Capacity = input.Capacity,
        };
    }

    /// <summary>Reads the problem again and refuses changed files.</summary>
    /// <exception cref="PlanInputException">a file is missing or changed, or the problem is not in it</exception>
    public PlanProblem Open(string instance)
    {
        if (!Arguments.SelectMany(FilesOf).ToHashSet(StringComparer.Ordinal).IsSubsetOf(Files.Select(file => file.Path)))
            throw new PlanInputException("Der Nachweis nennt nicht alle Dateien seiner Aufgabe. Bitte neu rechnen.");
        foreach (var file in Files)
        {
            if (!File.Exists(file.Path))
                throw new PlanInputException(file.Path, null, null, "Die Datei der Aufgabe fehlt. Bitte an denselben Ort legen wie beim Rechnen.");
            if (Hash(file.Path) != file.Sha256)
                throw new PlanInputException(file.Path, null, null, "Die Datei der Aufgabe wurde seit dem Rechnen geändert. Bitte neu rechnen.");
        }
        var input = new PlanInput(Arguments) { Problem = instance, Radius = Radius, Sites = Sites, Capacity = Capacity };
        return PlanFamilies.Find(Family).Read(input).FirstOrDefault(task => task.Problem.Instance == instance)?.Problem
            ?? throw new PlanInputException($"Die Aufgabe „{instance}“ steht nicht in den genannten Dateien.");
    }

    private static IEnumerable<string> FilesOf(string argument) => Directory.Exists(argument)
        ? Directory.EnumerateFiles(argument, "*.csv").Append(Path.Combine(argument, "problems.json")).Where(File.Exists).Order(StringComparer.Ordinal)
        : [argument];

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
