using Anlauf.Planning.Instances;
using Anlauf.Planning.Routes.MobileOffice;

namespace Anlauf.Planning.Routes;

/// <summary>Registers the families of tour problems.</summary>
internal static class RouteFamilies
{
    /// <summary>Families with a name of their own on the command line.</summary>
    public static IReadOnlyList<PlanFamily> All { get; } = [];

    /// <summary>Kinds of problem in the problems.json of a state folder.</summary>
    public static IReadOnlyList<StateKind> StateKinds { get; } =
    [
        new("mobile", (folder, entry) => Mobile(StateMobile.Read(folder, entry))),
    ];

    /// <summary>Kinds of problem in our own JSON format.</summary>
    public static IReadOnlyList<JsonKind> JsonKinds { get; } = [];

    private static PlanTask Mobile(MobileOfficeProblem problem) => new(problem, limits => MobileOfficeSolver.Solve(problem, limits));
}
