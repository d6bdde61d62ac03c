namespace Anlauf.Planning.Routes;

/// <summary>Registers the families of tour problems.</summary>
internal static class RouteFamilies
{
    /// <summary>Families with a name of their own on the command line.</summary>
    public static IReadOnlyList<PlanFamily> All { get; } = [];

    /// <summary>Kinds of problem in the problems.json of a state folder.</summary>
    public static IReadOnlyList<Instances.StateKind> StateKinds { get; } = [];

    /// <summary>Kinds of problem in our own JSON format.</summary>
    public static IReadOnlyList<Instances.JsonKind> JsonKinds { get; } = [];
}
