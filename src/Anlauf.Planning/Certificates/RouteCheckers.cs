namespace Anlauf.Planning.Certificates;

/// <summary>Registers the checkers of tour problems.</summary>
internal static class RouteCheckers
{
    public static IReadOnlyList<FamilyChecker> All { get; } = [new MobileOfficeChecker(), new OrienteeringChecker()];
}
