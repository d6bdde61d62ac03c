using Anlauf.Planning.Assignment.Generalised;
using Anlauf.Planning.Assignment.Mentors;
using Anlauf.Planning.Assignment.Sponsors;

namespace Anlauf.Planning.Assignment;

/// <summary>Registers the families of assignment problems.</summary>
internal static class AssignmentFamilies
{
    /// <summary>Families with a name of their own on the command line.</summary>
    public static IReadOnlyList<PlanFamily> All { get; } =
    [
        new("gap", "verallgemeinerte Zuordnung (OR-Library): jede Aufgabe an eine Stelle, Kapazitäten, geringste Kosten", GeneralisedAssignmentReader.ReadFiles),
    ];

    /// <summary>Kinds of problem in the problems.json of a state folder.</summary>
    public static IReadOnlyList<Instances.StateKind> StateKinds { get; } =
    [
        new("sponsor", SponsorReader.ReadState),
        new("sponsor-contiguous", SponsorReader.ReadState),
        new("mentor", MentorReader.ReadState),
    ];

    /// <summary>Kinds of problem in our own JSON format.</summary>
    public static IReadOnlyList<Instances.JsonKind> JsonKinds { get; } =
    [
        new("gap", GeneralisedAssignmentReader.ReadJson),
        new("sponsor", SponsorReader.ReadJson),
        new("mentor", MentorReader.ReadJson),
    ];
}
