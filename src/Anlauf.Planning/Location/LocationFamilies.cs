using Anlauf.Planning.Capacitated;
using Anlauf.Planning.Instances;

namespace Anlauf.Planning.Location;

/// <summary>Registers the families of location problems.</summary>
internal static class LocationFamilies
{
    /// <summary>Families with a name of their own on the command line.</summary>
    public static IReadOnlyList<PlanFamily> All { get; } =
    [
        new("pmedian", "p-Median, OR-Library: n m p, dann m Kanten i j c", input => input.Files.Select(file => Task(PlanInputException.Within(file, () => PMedianFile.Read(file))))),
        new("cflp", "Standorte mit Kapazität, OR-Library: m n, Standorte, Kunden; --capacity C für capa bis capc",
            input => input.Files.Select(file => Task(PlanInputException.Within(file, () => CflpFile.Read(file, input.Capacity))))),
        new("mclp", "größte Abdeckung: Datei coord, Datei demanda, --radius R --p P", input => [Task(MclpFiles.Read(input))]),
    ];

    /// <summary>Kinds of problem in the problems.json of a state folder.</summary>
    public static IReadOnlyList<StateKind> StateKinds { get; } =
    [
        new("cover", (folder, entry) => Task(StateLocation.Cover(folder, entry))),
        new("median", (folder, entry) => Task(StateLocation.Median(folder, entry))),
    ];

    /// <summary>Kinds of problem in our own JSON format.</summary>
    public static IReadOnlyList<JsonKind> JsonKinds { get; } =
    [
        new("location", (root, path) => Task(JsonLocation.Read(root, path))),
        new("capacitated", (root, path) => Task(JsonCapacitated.Read(root, path))),
    ];

    private static PlanTask Task(PlanProblem problem) => problem is CapacitatedProblem limited ? Task(limited) : Task((LocationProblem)problem);

    private static PlanTask Task(CapacitatedProblem problem) => new(problem, limits => CapacitatedSolver.Solve(problem, limits));

    private static PlanTask Task(LocationProblem problem) => new(problem, limits => LocationSolver.Solve(problem, limits));
}
