namespace Anlauf.Planning.Certificates;

/// <summary>Registers the checkers of assignment problems.</summary>
internal static class AssignmentCheckers
{
    public static IReadOnlyList<FamilyChecker> All { get; } = [new GapChecker(), new SponsorChecker(), new MentorChecker()];
}
