namespace Anlauf.Planning.Certificates;

/// <summary>Registers the checkers of location problems.</summary>
internal static class LocationCheckers
{
    public static IReadOnlyList<FamilyChecker> All { get; } = [new LocationChecker(), new CapacitatedChecker()];
}
