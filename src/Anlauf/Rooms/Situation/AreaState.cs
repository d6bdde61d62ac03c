using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Situation;

/// <summary>How an area stands towards a goal. Pure: the same figures give the same state.</summary>
public static class AreaState
{
    /// <summary>erreicht, unterwegs, weißer Fleck or keine Angabe.</summary>
    /// <param name="value">Measured value, null where unknown.</param>
    /// <param name="target">Target of the goal.</param>
    /// <param name="atLeast">True where more is better.</param>
    /// <param name="lookedAfter">Somebody has taken the area over.</param>
    public static Standing Of(decimal? value, decimal target, bool atLeast, bool lookedAfter) =>
        value is { } v && (atLeast ? v >= target : v <= target) ? Standing.Reached
        : lookedAfter ? Standing.UnderWay
        : value is null ? Standing.Unknown : Standing.Missing;

    /// <summary>How much is missing; 0 where the goal is met, null where the value is unknown.</summary>
    public static decimal? Gap(decimal? value, decimal target, bool atLeast) =>
        value is not { } v ? null : Math.Max(0, atLeast ? target - v : v - target);
}
