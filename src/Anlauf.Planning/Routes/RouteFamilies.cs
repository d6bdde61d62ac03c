using Anlauf.Planning.Instances;
using Anlauf.Planning.Routes.MobileOffice;
using Anlauf.Planning.Routes.Orienteering;

namespace Anlauf.Planning.Routes;

/// <summary>Registers the families of tour problems.</summary>
internal static class RouteFamilies
{
    /// <summary>Families with a name of their own on the command line.</summary>
    public static IReadOnlyList<PlanFamily> All { get; } =
    [
        new("op", "Orientierungslauf: eine Tour mit Längenbudget, größter Wert der besuchten Punkte",
            input => input.Files.Select(file => Orienteering(PlanInputException.Within(file, () => OrienteeringFiles.ReadSingle(file))))),
        new("top", "Orientierungslauf mit mehreren Touren",
            input => input.Files.Select(file => Orienteering(PlanInputException.Within(file, () => OrienteeringFiles.ReadTeam(file))))),
    ];

    /// <summary>Kinds of problem in the problems.json of a state folder.</summary>
    public static IReadOnlyList<StateKind> StateKinds { get; } =
    [
        new("mobile", (folder, entry) => Mobile(StateMobile.Read(folder, entry))),
    ];

    /// <summary>Kinds of problem in our own JSON format.</summary>
    public static IReadOnlyList<JsonKind> JsonKinds { get; } =
    [
        new("mobile", (root, path) => Mobile(JsonMobile.Read(root, path))),
        new("orienteering", (root, path) => Orienteering(JsonOrienteering.Read(root, path))),
    ];

    private static PlanTask Mobile(MobileOfficeProblem problem) => new(problem, limits => MobileOfficeSolver.Solve(problem, limits));

    private static PlanTask Orienteering(OrienteeringProblem problem) => new(problem, limits => OrienteeringSolver.Solve(problem, limits));
}
