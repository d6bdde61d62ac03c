using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Situation;

/// <summary>A figure by area that a room contributes. Goals are set on it; the Lage shows it.</summary>
public interface IIndicator
{
    /// <summary>Stable id, kept in goals: <c>presence.contact-points</c>.</summary>
    string Id { get; }

    /// <summary>German name: „Anlaufstellen“.</summary>
    string Name { get; }

    /// <summary>What one unit is called: singular and plural, nominative.</summary>
    (string One, string Many) Unit { get; }

    /// <summary>Level the values are given for: district or municipality.</summary>
    AreaLevel Level { get; }

    /// <summary>Where the figure comes from and as of when, as it stands beside it.</summary>
    Task<string> SourceAsync(Db db, CancellationToken ct);

    /// <summary>Values of the areas whose key begins with <paramref name="areaKey"/>; an area that is missing has the value <see cref="Absent"/>.</summary>
    Task<IReadOnlyList<AreaValue>> ReadAsync(Db db, string areaKey, CancellationToken ct);

    /// <summary>What a missing area means: 0 for counts, null for „keine Angabe“.</summary>
    decimal? Absent { get; }
}

/// <summary>What one row is.</summary>
public enum AreaLevel { Municipality, District }

/// <summary>The value of one area; null where it is not known or not to be shown.</summary>
public sealed record AreaValue(string AreaKey, decimal? Value);
